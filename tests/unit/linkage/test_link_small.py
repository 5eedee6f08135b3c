"""Linkage on a few people: what each rule promises."""

from datetime import date

import pytest

from jangkau.core.linkage import link
from jangkau.core.tables.results import PEKERJA, TAUTAN, USULAN
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
BORN = date(1980, 5, 17)
NIK = "3302011705800001"


def person(nik, nama, lahir=BORN, jk="L", **more):
    return {"nik": nik, "nama": nama, "tanggal_lahir": lahir, "jenis_kelamin": jk} | more


BUDI = person(NIK, "BUDI SANTOSO", no_kk="3302010101100001", hubungan="KEPALA", pekerjaan="PETANI/PEKEBUN")
WIFE = person("3302015202830002", "SITI AMINAH", date(1983, 2, 12), "P", no_kk="3302010101100001", hubungan="PASANGAN")
OTHER = person("3302010101700003", "SLAMET RIYADI", date(1970, 1, 1))


def run(small, usulan, penduduk=(BUDI, WIFE, OTHER), peserta=(), kesejahteraan=()):
    welfare = None if kesejahteraan is None else small.kesejahteraan(*kesejahteraan)
    return link(small.usulan(*usulan), small.penduduk(*penduduk), small.peserta(*peserta), welfare, SETTINGS)


def links(linked, register="penduduk", decision="cocok"):
    rows = linked.tautan.to_native().rows(named=True)
    return {(r["id_usulan"], r["id_register"]) for r in rows if (r["register"], r["keputusan"]) == (register, decision)}


def test_equal_nik_and_name_is_settled_by_nik(small):
    linked = run(small, [person(NIK, "Budi Santoso")])
    row = linked.tautan.to_native().row(0, named=True)
    assert (row["id_register"], row["keputusan"], row["cara"]) == (NIK, "cocok", "nik")
    assert linked.pekerja["status_tautan"].to_list() == ["cocok"]


def test_nik_of_the_wife_leads_to_the_man_himself(small):
    linked = run(small, [person(WIFE["nik"], "Budi Santoso")])
    assert links(linked) == {("a.xlsx#S#2", NIK)}
    assert linked.pekerja["nik"].to_list() == [NIK]


@pytest.mark.parametrize(
    ("name", "decision"),
    [("Gondrong alias Budi", "cocok"), ("Gondrong (Budi)", "cocok"), ("Gondrong", "tinjau"),
     ("Gondrong (anak Budi)", "tinjau")],
)  # fmt: skip
def test_the_real_name_may_stand_behind_the_nickname(small, name, decision):
    listed = person(None, name, nik_dugaan=NIK[:15])
    assert links(run(small, [listed]), decision=decision) == {("a.xlsx#S#2", NIK)}


@pytest.mark.parametrize(
    "change",
    [
        {"nik": None, "nik_dugaan": NIK[:15]},
        {"nik": None, "nik_dugaan": NIK[:15] + "0"},
        {"nik": None, "nik_dugaan": NIK[:8] + NIK[9:]},
        {"nik": NIK[:13] + "9" + NIK[14:]},
        {"nik": None},
        {"nik": None, "tanggal_lahir": date(1980, 5, 16)},
        {"nik": NIK, "tanggal_lahir": None},
        {"nik": NIK, "nama": "H. BOEDI SANTOSA, S.Pd"},
        {"nik": None, "nama": "BUDI S."},
        {"nik": None, "nama": "SANTOSO BUDI"},
    ],
)
def test_one_damaged_field_still_finds_the_person(small, change):
    assert links(run(small, [person(NIK, "BUDI SANTOSO") | change])) == {("a.xlsx#S#2", NIK)}


def test_twins_are_told_apart_by_name(small):
    hasan, husein = person(NIK, "HASAN BASRI"), person(NIK[:15] + "2", "HUSEIN BASRI")
    listed = [person(None, "HASAN BASRI"), person(None, "HUSEIN BASRI"), person(hasan["nik"], "HUSEIN BASRI")]
    linked = run(small, listed, penduduk=(hasan, husein))
    wrong = {("a.xlsx#S#2", husein["nik"]), ("a.xlsx#S#3", NIK), ("a.xlsx#S#4", NIK)}
    assert {("a.xlsx#S#2", NIK), ("a.xlsx#S#3", husein["nik"])} <= links(linked)
    assert not wrong & links(linked)


def test_two_equal_residents_are_left_to_review(small):
    twin = BUDI | {"nik": NIK[:15] + "2"}
    linked = run(small, [person(None, "BUDI SANTOSO")], penduduk=(BUDI, twin))
    assert links(linked) == set()
    assert len(links(linked, decision="tinjau")) == 2
    assert linked.pekerja["status_tautan"].to_list() == ["tinjau"]


def test_a_name_alone_is_no_person(small):
    linked = run(small, [{"nama": "SITI", "kode_desa": None, "kode_wilayah": "33"}])
    assert links(linked) == set()


def test_a_stranger_is_in_no_register(small):
    linked = run(small, [person("3302014408910007", "KARTINI WULANDARI", date(1991, 8, 4), "P")])
    assert links(linked) == set()
    assert linked.pekerja["status_tautan"].to_list() == ["tidak"]
    assert linked.pekerja["nik"].to_list() == ["3302014408910007"]


def test_every_membership_of_a_person_is_linked(small):
    members = [
        {"kpj": "11111111111"} | BUDI,
        {"kpj": "22222222222"} | person(None, "BUDI SANTOSO"),
        {"kpj": "33333333333"} | person(NIK, "SITI AMINAH", date(1983, 2, 12), "P"),
        {"kpj": "44444444444"} | OTHER,
    ]
    linked = run(
        small,
        [person(None, "BUDI SANTOSO"), person(WIFE["nik"], "SITI AMINAH", WIFE["tanggal_lahir"], "P")],
        peserta=members,
    )
    found = links(linked, "peserta")
    assert found == {("a.xlsx#S#2", "11111111111"), ("a.xlsx#S#2", "22222222222"), ("a.xlsx#S#3", "33333333333")}


def test_a_member_who_is_no_resident_is_found_directly(small):
    stranger = person("1771014408910007", "KARTINI WULANDARI", date(1991, 8, 4), "P")
    linked = run(small, [stranger], peserta=[{"kpj": "55555555555"} | stranger])
    assert links(linked, "peserta") == {("a.xlsx#S#2", "55555555555")}


def test_welfare_brings_decile_and_disability(small):
    welfare = [{"id_individu": "K1", "desil": 2, "disabilitas": 1} | BUDI, {"id_individu": "K2", "desil": 9} | OTHER]
    pekerja = run(small, [person(NIK, "BUDI SANTOSO")], kesejahteraan=welfare).pekerja.to_native()
    assert pekerja.select("desil", "disabilitas", "hubungan", "pekerjaan").row(0) == (2, 1, "KEPALA", "TANI")


def test_rows_of_one_person_share_one_id(small):
    rows = [person(NIK, "BUDI SANTOSO"), OTHER, person(None, "BUDI SANTOSO", nik_dugaan=NIK[:15])]
    linked = run(small, rows)
    ids = linked.usulan["id_pekerja"].to_list()
    assert ids[0] == ids[2] != ids[1]
    assert linked.ganda.to_native().rows() == [("a.xlsx#S#4", "a.xlsx#S#2")]
    assert NIK not in "".join(ids)


def test_strangers_are_gathered_among_themselves(small):
    stranger = person("3302014408910007", "KARTINI WULANDARI", date(1991, 8, 4), "P")
    linked = run(
        small,
        [
            stranger,
            stranger | {"nik": None, "nama": "Kartini Wulandary"},
            stranger | {"nik": None, "tanggal_lahir": date(1961, 3, 1)},
        ],
    )
    ids = linked.usulan["id_pekerja"].to_list()
    assert ids[0] == ids[1] != ids[2]


def test_empty_frames_give_empty_tables(small):
    linked = run(small, [], penduduk=(), kesejahteraan=None)
    for table, made in ((TAUTAN, linked.tautan), (USULAN, linked.usulan), (PEKERJA, linked.pekerja)):
        assert len(table.check(made)) == 0
    assert len(linked.ganda) == 0


def test_without_any_register_everybody_is_still_a_person(small):
    linked = run(small, [person(None, None, None, None), person(NIK, "BUDI SANTOSO")], penduduk=(), kesejahteraan=None)
    assert linked.pekerja["status_tautan"].to_list() == ["tidak", "tidak"]


def test_steps_are_told(small):
    steps = []
    link(
        small.usulan(person(NIK, "BUDI SANTOSO")),
        small.penduduk(BUDI),
        small.peserta(),
        None,
        SETTINGS,
        on_step=steps.append,
    )
    assert steps == ["menyiapkan", "penduduk", "orang", "peserta"]
