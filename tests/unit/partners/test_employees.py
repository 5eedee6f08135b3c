"""Employees whom no company has registered: who counts as one, and who is spared a suspicion."""

from datetime import date

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.law.book import Book
from jangkau.core.partners.employees import BY_EMPLOYER, NOWHERE, OTHERWISE, counted, employees, unlisted
from jangkau.core.partners.workers import active
from jangkau.core.tables.registers import PENDUDUK, PESERTA

ON, BORN, DESA = date(2026, 11, 1), date(1990, 5, 17), "1705012002"
BOOK = Book.load()
NAMES = ["", "AHMAD", "BUDI", "CITRA", "DEWI SARI", "EKO", "FITRI", "GUNAWAN", "HASAN"]


def table(of, rows):
    return of.conform(nw.from_dict({n: [r.get(n) for r in rows] for n in of.names}, of.schema, backend="polars"))


def resident(nik, **more):
    return {
        "nik": nik,
        "nama": NAMES[int(nik)],
        "tanggal_lahir": BORN,
        "kode_desa": DESA,
        "pekerjaan": "KARYAWAN SWASTA",
    } | more


def member(kpj, **more):
    usual = {"kpj": kpj, "segmen": "PU", "dibayar_sampai": "2026-10", "kode_wilayah": "1705"}
    return usual | more


def states(people, members):
    found = employees(table(PENDUDUK, people), table(PESERTA, members), ON, (18, 64), BOOK)
    return dict(found.select("nik", "keadaan").iter_rows())


@pytest.mark.parametrize(
    ("work", "group"),
    [
        ("KARYAWAN SWASTA", "SWASTA"), ("Karyawan BUMN", "BUMN"), ("karyawan honorer", "HONORER"),
        ("Buruh Pabrik", "INDUSTRI"), ("PEGAWAI SWASTA", "SWASTA"), ("Karyawan kebun sawit", "KEBUN"),
        ("PEGAWAI NEGERI SIPIL", None), ("PETANI/PEKEBUN", None), ("BURUH HARIAN LEPAS", None), ("", None),
        (None, None), ("KARYAWANISASI", None),
    ],
)  # fmt: skip
def test_the_words_of_an_identity_card_tell_who_has_an_employer(work, group):
    found = employees(table(PENDUDUK, [resident("1", pekerjaan=work)]), table(PESERTA, []), ON, (18, 64), BOOK)
    assert found["kelompok"].to_list() == ([group] if group else [])


def test_a_member_is_met_by_number_else_by_name_and_birth_date_and_an_employer_comes_first():
    people = [resident(str(n)) for n in range(1, 6)]
    members = [
        member("a", nik="1"), member("b", nik="2", segmen="BPU"), member("c", nik="2"),
        member("d", nik="3", segmen="BPU"), member("e", nama="dewi  sari", tanggal_lahir=BORN),
        member("f", nik="5", dibayar_sampai="2020-01"),
    ]  # fmt: skip
    assert states(people, members) == {"1": BY_EMPLOYER, "2": BY_EMPLOYER, "3": OTHERWISE, "4": BY_EMPLOYER,
                                       "5": NOWHERE}  # fmt: skip


def test_the_dead_the_young_and_the_old_are_not_employees():
    people = [
        resident("1", tanggal_meninggal=date(2026, 1, 1)), resident("2", tanggal_lahir=date(2010, 1, 1)),
        resident("3", tanggal_lahir=date(1950, 1, 1)), resident("4", kode_desa=None), resident("5", tanggal_lahir=None),
        resident("6", tanggal_meninggal=date(2026, 12, 1)),
    ]  # fmt: skip
    assert states(people, []) == {"6": NOWHERE}


@given(
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from(["PU", "BPU", "JAKON", "PMI"]), st.booleans()), max_size=12)
)
def test_it_is_what_one_by_one_comes_to(rows):
    people = [resident(str(n)) for n in range(1, 9)]
    members = [member(f"k{at}", nik=str(nik), segmen=segment, dibayar_sampai="2026-10" if paid else "2019-01")
               for at, (nik, segment, paid) in enumerate(rows)]  # fmt: skip

    def naive(nik):
        held = {segment for one, segment, paid in rows if paid and one == nik}
        return BY_EMPLOYER if held & {"PU", "JAKON"} else OTHERWISE if held else NOWHERE

    assert states(people, members) == {str(n): naive(n) for n in range(1, 9)}


def test_counts_by_kecamatan_add_up():
    people = [resident("1"), resident("2"), resident("3", kode_desa="1705022001", pekerjaan="KARYAWAN BUMN")]
    found = employees(table(PENDUDUK, people), table(PESERTA, [member("a", nik="1")]), ON, (18, 64), BOOK)
    assert counted(found).rows() == [("170501", "SWASTA", 1, 0, 1), ("170502", "BUMN", 0, 0, 1)]


def test_company_numbers_without_a_company_are_told_with_where_most_of_their_people_are():
    told = [("AB-1", "1705"), ("AB1", "1705"), ("AB1", "1704"), ("CD2", None), ("EF3", "1701"), (None, "1705")]
    members = [member(f"k{n}", npp=npp, kode_wilayah=place) for n, (npp, place) in enumerate(told)]
    live = active(table(PESERTA, members), ON, BOOK)
    assert unlisted(live, {"EF3"}).rows() == [("AB1", 3, "1705"), ("CD2", 1, None)]
