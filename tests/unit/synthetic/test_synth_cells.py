"""Styles say what they should, and the truth admits only numbers that leave no doubt."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.synthetic import cells

NIK = "1706024708860012"


@pytest.mark.parametrize("style", sorted(set(cells.NIK_STYLES) - cells.LOSSY - {"koma_nol"}))
def test_lossless_styles_keep_sixteen_digits(style):
    written = str(cells.nik_cell(NIK, style))
    assert "".join(filter(str.isdigit, written)) == NIK
    assert cells.certain_nik(NIK, style) == NIK


def test_lossy_styles_lose_the_end():
    assert cells.nik_cell(NIK, "angka_15") == 1706024708860010.0
    assert cells.nik_cell(NIK, "eksponen") == "1.71E+15"
    assert cells.certain_nik(NIK, "angka_15") is None
    assert cells.certain_nik(NIK, "eksponen") is None


@pytest.mark.parametrize(
    "nik",
    [None, "170602470886001", "17060247O8860012", "1" * 16, "1706023013860001", "1706023002860001", "1706024708860000"],
)
def test_doubtful_numbers_are_not_certain(nik):
    assert cells.certain_nik(nik, "teks") is None


def test_a_spreadsheet_number_is_certain_only_where_a_float_holds_it():
    assert cells.certain_nik("1706024708860010", "angka") is None
    assert cells.certain_nik("9205024708860013", "angka") is None
    assert cells.certain_nik("9205024708860013", "teks") == "9205024708860013"


def test_faulty_numbers_stay_text_in_every_style():
    assert {cells.nik_cell("17060247088600", style) for style in cells.NIK_STYLES} == {"17060247088600"}


FORMATS = {
    "garis": "%d/%m/%Y", "garis_pendek": "%d/%m/%Y", "strip": "%d-%m-%Y", "strip_pendek": "%d-%m-%y", "iso": "%Y-%m-%d",
    "titik": "%d.%m.%Y",
}  # fmt: skip


@given(st.dates(date(1970, 1, 1), date(2012, 12, 31)))
def test_dates_read_back(day):
    for style, pattern in FORMATS.items():
        assert datetime.strptime(cells.date_cell(day, style), pattern).date() == day
    assert date(1899, 12, 30) + timedelta(days=cells.date_cell(day, "serial")) == day
    assert cells.date_cell(day, "sel_tanggal") == day


def test_months_are_written_in_indonesian():
    assert cells.date_cell(date(1990, 5, 5), "bulan") == "5 Mei 1990"
    assert cells.date_cell(date(1990, 8, 5), "bulan_singkat") == "05-Agu-1990"


def test_birth_text_without_a_date_is_the_place():
    assert cells.birth_text("Curup", None, "garis", 0.1) == "Curup"
    assert cells.birth_text("Curup", date(1990, 5, 5), "serial", 0.1) == "Curup, 05-05-1990"


@pytest.mark.parametrize(
    ("style", "u", "expected"),
    [
        ("angka", 0.1, 1_500_000),
        ("titik", 0.1, "1.500.000"),
        ("rp", 0.1, "Rp 1.500.000,-"),
        ("kata", 0.1, "1,5 jt"),
        ("rapat", 0.9, "Rp1.500.000"),
    ],
)
def test_incomes(style, u, expected):
    assert cells.income_cell(1_500_000, u, style) == expected


def test_small_incomes_in_words_keep_their_value():
    assert cells.income_cell(850_000, 0.1, "kata") == "850 ribu"
    assert cells.income_cell(3_050_000, 0.9, "kata") == "3,05 juta"


@given(st.floats(0, 1, exclude_max=True))
def test_phones_keep_their_digits(u):
    digits = "".join(filter(str.isdigit, str(cells.phone_cell("081234567890", u))))
    assert digits.removeprefix("62").removeprefix("0") == "81234567890"


def test_every_style_can_be_drawn():
    drawn = {cells.draw_key(cells.DATE_STYLES, i / 500) for i in range(500)}
    assert drawn == set(cells.DATE_STYLES)
