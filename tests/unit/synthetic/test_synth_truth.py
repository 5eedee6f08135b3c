"""The verdict of truth/, case by case from the contract."""

from datetime import date

import polars as pl
import pytest

from jangkau.core.synthetic.truth import verdicts
from jangkau.core.tables.settings import Settings

SETTINGS = Settings.model_validate({"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
PERSON = {
    "nik": "1701010101900001",
    "_orang": 0,
    "tanggal_lahir": date(1990, 1, 1),
    "tanggal_meninggal": None,
    "kode_desa": "1701012001",
    "pekerjaan": "PETANI/PEKEBUN",
}


def reasons(listed=("BEKERJA",), memberships=(), **changes):
    person = {**PERSON, **changes}
    lines = pl.DataFrame({"nik": [person["nik"]] * len(listed), "status_kerja": pl.Series(listed, dtype=pl.String)})
    people = pl.DataFrame([person], schema_overrides={"tanggal_meninggal": pl.Date, "_orang": pl.UInt32})
    members = pl.DataFrame(
        [(0, payer, until) for payer, until in memberships],
        schema={"_orang": pl.UInt32, "pembayar": pl.String, "dibayar_sampai": pl.String},
        orient="row",
    )
    found = verdicts(lines, people, members, SETTINGS).row(0, named=True)
    assert found["layak"] == (not found["alasan"])
    return found["alasan"]


def test_a_living_worker_of_the_province_is_eligible():
    assert reasons() == []


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2009, 1, 1), []),
        (date(2009, 1, 2), ["USIA_KURANG"]),
        (date(1962, 1, 2), []),
        (date(1962, 1, 1), ["USIA_LEBIH"]),
    ],
)
def test_age_counts_at_the_first_month_planned(born, expected):
    assert reasons(tanggal_lahir=born) == expected


@pytest.mark.parametrize(
    ("payer", "until", "expected"),
    [
        ("SENDIRI", "2026-08", ["SUDAH_AKTIF"]),
        ("SENDIRI", "2026-07", []),
        ("PEMBERI_KERJA", "2026-12", ["SUDAH_AKTIF"]),
        ("APBD_PROV", "2026-12", []),
        ("APBD_PROV", "2027-01", ["SUDAH_AKTIF"]),
        ("CSR", "2026-08", []),
        ("CSR", "2025-12", []),
    ],
)
def test_active_membership(payer, until, expected):
    assert reasons(memberships=[(payer, until)]) == expected


def test_one_blocking_membership_is_enough():
    assert reasons(memberships=[("APBD_PROV", "2026-12"), ("SENDIRI", "2026-10")]) == ["SUDAH_AKTIF"]


@pytest.mark.parametrize(
    ("listed", "card", "expected"),
    [
        ((None,), "PELAJAR/MAHASISWA", ["BUKAN_PEKERJA"]),
        (("BEKERJA",), "PELAJAR/MAHASISWA", []),
        ((None, "BEKERJA"), "MENGURUS RUMAH TANGGA", []),
        (("BUKAN_PEKERJA",), "PETANI/PEKEBUN", ["BUKAN_PEKERJA"]),
        (("BEKERJA",), "PEGAWAI NEGERI SIPIL", ["APARATUR"]),
        (("APARATUR",), "PETANI/PEKEBUN", ["APARATUR"]),
    ],
)
def test_work_by_the_list_then_the_register(listed, card, expected):
    assert reasons(listed=listed, pekerjaan=card) == expected


def test_reasons_add_up():
    gone = reasons(tanggal_meninggal=date(2026, 1, 1), kode_desa="1801012001", tanggal_lahir=date(1950, 1, 1))
    assert gone == ["MENINGGAL", "USIA_LEBIH", "DI_LUAR_WILAYAH"]
