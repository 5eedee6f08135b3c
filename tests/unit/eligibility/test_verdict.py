"""Each reason alone, several together, and what an undecided link may do."""

from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.eligibility import REASONS, decide
from jangkau.core.law.book import Book
from jangkau.core.tables.results import FAKTA
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12", bulan=12)
GOOD = {
    "id_pekerja": "p1",
    "tanggal_lahir": date(1990, 5, 5),
    "kode_desa": "9901010001",
    "status_tautan": "cocok",
    "status_kerja": "BEKERJA",
    "aparatur": False,
    "aktif": False,
    "lanjutan": False,
    "terdaftar": False,
    "tinjau": False,
}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.load()


def verdict(book: Book, **facts: Any) -> tuple[bool, list[str]]:
    fakta = FAKTA.conform(pl.DataFrame([{**GOOD, **facts}]))
    row = decide(fakta, SETTINGS).row(0)
    return row[1], row[2]


def test_a_worker_without_any_fault_is_eligible(book):
    assert verdict(book) == (True, [])


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"status_tautan": "tidak"}, ["NIK_TIDAK_DITEMUKAN"]),
        ({"status_tautan": "tinjau", "tinjau": True}, ["PERLU_TINJAUAN"]),
        ({"tanggal_meninggal": date(2026, 11, 22)}, ["MENINGGAL"]),
        ({"aktif": True}, ["SUDAH_AKTIF"]),
        ({"aparatur": True}, ["APARATUR"]),
        ({"status_kerja": "BUKAN_PEKERJA"}, ["BUKAN_PEKERJA"]),
        ({"kode_desa": "1701010001"}, ["DI_LUAR_WILAYAH"]),
        ({"kode_desa": None, "status_kerja": None, "tanggal_lahir": None}, []),
        ({"tanggal_meninggal": date(2026, 11, 23)}, []),
        ({"status_tautan": "tidak", "kode_desa": "1701010001"}, ["NIK_TIDAK_DITEMUKAN"]),
        (
            {"aparatur": True, "status_kerja": "BUKAN_PEKERJA", "tanggal_lahir": date(1950, 1, 1), "aktif": True},
            ["USIA_LEBIH", "SUDAH_AKTIF", "APARATUR", "BUKAN_PEKERJA"],
        ),
    ],
)
def test_reasons(book, facts, reasons):
    assert verdict(book, **facts) == (not reasons, reasons)


@pytest.mark.parametrize(
    ("born", "reasons"),
    [
        (date(2008, 12, 1), []),
        (date(2008, 12, 2), ["USIA_KURANG"]),
        (date(1961, 12, 2), []),
        (date(1961, 12, 1), ["USIA_LEBIH"]),
    ],
)
def test_age_is_whole_years_on_the_first_day_planned(book, born, reasons):
    assert verdict(book, tanggal_lahir=born)[1] == reasons


@pytest.mark.parametrize("certain", [{"aktif": True}, {"aparatur": True}, {"status_kerja": "BUKAN_PEKERJA"}])
def test_no_review_for_a_person_refused_whatever_the_link(book, certain):
    assert "PERLU_TINJAUAN" not in verdict(book, status_tautan="tinjau", tinjau=True, **certain)[1]


def test_a_birth_date_from_the_list_does_not_settle_age_while_the_person_is_under_review(book):
    facts = {"tinjau": True, "tanggal_lahir": date(1950, 1, 1)}
    assert verdict(book, status_tautan="tinjau", **facts)[1] == ["PERLU_TINJAUAN", "USIA_LEBIH"]
    assert verdict(book, status_tautan="cocok", **facts)[1] == ["USIA_LEBIH"]


def test_reasons_follow_the_published_order(book):
    everything = verdict(
        book,
        status_tautan="cocok",
        tanggal_meninggal=date(2020, 1, 1),
        tanggal_lahir=date(2020, 1, 1),
        aktif=True,
        aparatur=True,
        status_kerja="BUKAN_PEKERJA",
        kode_desa="1701010001",
    )[1]
    assert everything == [code for code in REASONS if code in everything]
    assert len(everything) == 6


def test_every_reason_has_words_for_an_official():
    from jangkau.core.kernel.problems import kind

    assert all(kind(code).pesan and kind(code).saran for code in REASONS)


def test_an_empty_list_of_people_has_an_empty_verdict(book):
    empty = decide(FAKTA.conform(pl.DataFrame([GOOD]).clear()), SETTINGS)
    assert len(empty) == 0
    assert empty.schema["alasan"] == nw.List(nw.String())
