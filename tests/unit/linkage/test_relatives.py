"""Twins, fathers and sons of one name, siblings with a borrowed number: each is somebody of their own."""

from datetime import date

import pytest

from jangkau.core.linkage import link
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
HOME = "3302010101100001"


def person(nik, nama, lahir, jk="L"):
    return {"nik": nik, "nama": nama, "tanggal_lahir": lahir, "jenis_kelamin": jk, "no_kk": HOME}


def listed(who, **changes):
    return {**who, "no_kk": None, **changes}


FATHER = person("3302010503550001", "SUPARMAN", date(1955, 3, 5))
SON = person("3302011911810002", "SUPARMAN", date(1981, 11, 19))
HASAN = person("3302010207900001", "HASAN BASRI", date(1990, 7, 2))
HUSIN = person("3302010207900002", "HUSIN BASRI", date(1990, 7, 2))
ANI = person("3302014504880001", "ANI LESTARI", date(1988, 4, 5), "P")
BUDI = person("3302011208910001", "BUDI LESTARI", date(1991, 8, 12))


def run(small, rows, residents):
    """Residents settled by row, and the person of each row."""
    linked = link(small.usulan(*rows), small.penduduk(*residents), small.peserta(), None, SETTINGS)
    sure = linked.tautan.to_native().filter(register="penduduk", keputusan="cocok")
    found = dict(sure.select("id_usulan", "id_register").rows())
    people = linked.usulan.to_native().sort("baris")
    return [found.get(key) for key in people["id_usulan"]], people["id_pekerja"].to_list()


@pytest.mark.parametrize("nik", [True, False])
def test_father_and_son_of_one_name(small, nik):
    rows = [listed(FATHER), listed(SON)] if nik else [listed(FATHER, nik=None), listed(SON, nik=None)]
    settled, people = run(small, rows, [FATHER, SON])
    assert settled == [FATHER["nik"], SON["nik"]]
    assert people[0] != people[1]


def test_a_son_who_is_in_no_register_is_not_his_father(small):
    settled, people = run(small, [listed(FATHER), listed(SON, nik=None)], [FATHER])
    assert settled == [FATHER["nik"], None]
    assert people[0] != people[1]


def test_a_row_that_fits_both_ties_them_together_for_nobody(small):
    """Father, son and a row with the name alone: two persons are settled, and the row is no bridge between them."""
    settled, people = run(
        small, [listed(FATHER), listed(FATHER, nik=None, tanggal_lahir=None), listed(SON)], [FATHER, SON]
    )
    assert (settled[0], settled[2]) == (FATHER["nik"], SON["nik"])
    assert people[0] != people[2]


@pytest.mark.parametrize("changes", [{}, {"nik": None}, {"nik": None, "nik_dugaan": "330201020790000"}])
def test_twins(small, changes):
    settled, people = run(small, [listed(HASAN), listed(HUSIN, **changes)], [HASAN, HUSIN])
    assert settled == [HASAN["nik"], HUSIN["nik"]]
    assert people[0] != people[1]


def test_a_brother_with_the_number_of_his_sister(small):
    settled, people = run(small, [listed(ANI), listed(BUDI, nik=ANI["nik"])], [ANI, BUDI])
    assert settled == [ANI["nik"], BUDI["nik"]]
    assert people[0] != people[1]


def test_a_brother_in_no_register_with_the_number_of_his_sister_is_not_she(small):
    settled, people = run(small, [listed(ANI), listed(BUDI, nik=ANI["nik"])], [ANI])
    assert settled == [ANI["nik"], None]
    assert people[0] != people[1]
