"""Each kind of error is told from the proposal and the register row of its true person."""

from datetime import date

import polars as pl
import pytest

from jangkau.core.engine import frame
from jangkau.core.linkage.kinds import KINDS, birth_kind, kinds
from jangkau.core.tables.results import MASALAH

BUDI = {
    "nik": "1701010705800001", "no_kk": "K1", "nama": "BUDI SANTOSO WIJAYA", "tanggal_lahir": date(1980, 5, 7),
    "jenis_kelamin": "L", "kode_desa": "1701012001",
}  # fmt: skip
WIFE = BUDI | {"nik": "1701014708820002", "nama": "SITI", "jenis_kelamin": "P"}
OTHER = BUDI | {"nik": "1701021111700003", "no_kk": "K2", "nama": "UMAR"}


def told(change, *, code=None, true=BUDI["nik"]):
    row = {"id_usulan": "f#S#1", "berkas": "f", "lembar": "S", "baris": 1} | {
        name: BUDI[name] for name in ("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa")
    }
    usulan = pl.DataFrame([row | change], schema_overrides={"nik": pl.String, "tanggal_lahir": pl.Date})
    said = [{"berkas": "f", "lembar": "S", "baris": 1, "kolom": "A", "kode": code, "tingkat": "GALAT", "pesan": "x", "saran": "y"}]  # fmt: skip # noqa: E501
    masalah = MASALAH.conform(pl.DataFrame(said)) if code else MASALAH.empty()
    persons = pl.DataFrame({"id_usulan": ["f#S#1"], "nik": [true]}, schema_overrides={"nik": pl.String})
    found = kinds(frame(usulan), masalah, persons, frame(pl.DataFrame([BUDI, WIFE, OTHER])))
    return found["jenis"][0].to_list()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "TANPA_KESALAHAN"),
        ({"nik": None}, "NIK_KOSONG"),
        ({"nik": "1701010705800002"}, "NIK_SATU_ANGKA"),
        ({"nik": "1701017005800001"}, "NIK_SATU_ANGKA"),
        ({"nik": WIFE["nik"]}, "NIK_KELUARGA"),
        ({"nik": OTHER["nik"]}, "NIK_ORANG_LAIN"),
        ({"nik": "3201234567890123"}, "NIK_LAIN"),
        ({"nama": "Boedi Santoso Wijaya"}, "NAMA_EJAAN_LAMA"),
        ({"nama": "BUDI SANTOSO WIDJAJA"}, "NAMA_EJAAN_LAMA"),
        ({"nama": "BUDDI SANTOSO WIJAYA"}, "NAMA_EJAAN"),
        ({"nama": "SANTOSO WIJAYA BUDI"}, "NAMA_URUTAN"),
        ({"nama": "BUDI SANTO SO WIJAYA"}, "NAMA_SAMBUNG"),
        ({"nama": "BUDI S. WIJAYA"}, "NAMA_DISINGKAT"),
        ({"nama": "BUDI S"}, "NAMA_DISINGKAT"),
        ({"nama": "BUDI WIJAYA"}, "NAMA_KURANG"),
        ({"nama": "BUDI AGUNG SANTOSO WIJAYA"}, "NAMA_LEBIH"),
        ({"nama": "BUDI SANTOSO WIJANA"}, "NAMA_KETIK"),
        ({"nama": "HERMAN"}, "NAMA_LAIN"),
        ({"nama": "H. BUDI SANTOSO WIJAYA, S.Pd"}, "TANPA_KESALAHAN"),
        ({"tanggal_lahir": None}, "LAHIR_KOSONG"),
        ({"tanggal_lahir": date(1980, 7, 5)}, "LAHIR_TERTUKAR"),
        ({"tanggal_lahir": date(1980, 1, 1)}, "LAHIR_HARI_BAWAAN"),
        ({"tanggal_lahir": date(1981, 5, 7)}, "LAHIR_SATU_BAGIAN"),
        ({"tanggal_lahir": date(1971, 2, 3)}, "LAHIR_LAIN"),
        ({"jenis_kelamin": "P"}, "KELAMIN_SALAH"),
        ({"jenis_kelamin": None}, "KELAMIN_KOSONG"),
        ({"kode_desa": None}, "DESA_KOSONG"),
        ({"kode_desa": "1701012002"}, "DESA_LAIN"),
    ],
)
def test_one_error_is_told(change, kind):
    assert told(change) == [kind]
    assert kind in KINDS


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("NIK_15_ANGKA", "NIK_TERPOTONG"),
        ("NIK_DIGIT_HILANG", "NIK_TERPOTONG"),
        ("NIK_HURUF_RAGU", "NIK_TAK_TERBACA"),
        ("NIK_KOSONG", "NIK_KOSONG"),
    ],
)
def test_a_number_that_is_not_certain_is_told_by_its_problem(code, kind):
    assert told({"nik": None}, code=code) == [kind]


def test_several_errors_are_all_told():
    assert told({"nik": None, "nama": "BUDI", "jenis_kelamin": "P"}) == ["NIK_KOSONG", "NAMA_KURANG", "KELAMIN_SALAH"]


@pytest.mark.parametrize("true", [None, "9999999999999999"])
def test_who_is_in_no_register_is_that_alone(true):
    assert told({"nama": "HERMAN"}, true=true) == ["TIDAK_DI_REGISTER"]


def test_the_second_row_of_a_person_is_a_duplicate():
    rows = [{"id_usulan": f"f#S#{n}", "berkas": "f", "lembar": "S", "baris": n, **BUDI} for n in (1, 2)]
    persons = pl.DataFrame({"id_usulan": ["f#S#1", "f#S#2"], "nik": [BUDI["nik"]] * 2})
    found = kinds(frame(pl.DataFrame(rows)), MASALAH.empty(), persons, frame(pl.DataFrame([BUDI])))
    assert found["jenis"].to_list() == [["TANPA_KESALAHAN"], ["GANDA"]]


def test_end_of_year_is_a_default_day_too():
    assert birth_kind(date(1980, 12, 31), date(1980, 5, 7)) == "LAHIR_HARI_BAWAAN"
