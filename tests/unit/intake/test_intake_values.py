"""Single cells: dates, money, sex, marks for nothing."""

from datetime import date

import pytest

from jangkau.core.intake.sheets import Cell
from jangkau.core.intake.values import is_blank, read_date, read_money, read_sex, read_ticks, split_birth

AS_OF = date(2026, 11, 22)
FIFTH_OF_MAY = (
    "5/5/1990",
    "05-05-90",
    "05.05.1990",
    "5 Mei 1990",
    "05 Mei 90",
    "5-Mei-90",
    "5Mei1990",
    "1990-05-05",
    "1990-05-05 00:00:00",
    "05051990",
    "050590",
    "32998",
    "32998.0",
    32998.0,
    32998,
    date(1990, 5, 5),
    "May 5, 1990",
    "Sabtu, 5 Mei 1990",
    "O5/O5/199O",
    "'5/5/1990",
    "5 / 5 / 1990",
    "05/05/1990 0:00",
    5051990.0,
    "tgl 5 mei 1990",
)


@pytest.mark.parametrize("cell", FIFTH_OF_MAY)
def test_date_styles(cell: Cell) -> None:
    assert read_date(cell, AS_OF) == (date(1990, 5, 5), None)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("12 Agt 1985", 8),
        ("12 Agust 85", 8),
        ("12 Nop 1985", 11),
        ("12 Nopember 1985", 11),
        ("12 Peb 1985", 2),
        ("12 Pebruari 1985", 2),
        ("12 Des 1985", 12),
        ("12 Oct 1985", 10),
        ("12 August 1985", 8),
        ("12 Jan 85", 1),
    ],
)
def test_month_names_old_short_and_english(cell: str, month: int) -> None:
    assert read_date(cell, AS_OF).value == date(1985, month, 12)


@pytest.mark.parametrize(
    ("cell", "value", "kode"),
    [
        ("03/04/1990", date(1990, 4, 3), None),
        ("04/13/1990", date(1990, 4, 13), "TANGGAL_BULAN_DULU"),
        ("31/02/1990", None, "TANGGAL_SALAH"),
        ("30/13/1990", None, "TANGGAL_SALAH"),
        ("1990", None, "TANGGAL_SALAH"),
        ("tidak tahu pasti", None, "TANGGAL_SALAH"),
        ("5/5/2030", None, "TANGGAL_DEPAN"),
        ("5/5/1890", None, "TANGGAL_DEPAN"),
        ("-", None, None),
        (None, None, None),
        (True, None, None),
    ],
)
def test_doubtful_dates(cell: Cell, value: date | None, kode: str | None) -> None:
    assert read_date(cell, AS_OF) == (value, kode)


@pytest.mark.parametrize(
    ("year", "full"), [("08", 2008), ("16", 2016), ("17", 2017), ("24", 1924), ("27", 1927), ("61", 1961), ("99", 1999)]
)
def test_two_digit_years_are_of_people_of_working_age(year: str, full: int) -> None:
    found = read_date(f"1/1/{year}", AS_OF)
    assert found.value == date(full, 1, 1)


def test_days_counted_from_1904() -> None:
    assert read_date(31536.0, AS_OF, from_1904=True).value == date(1990, 5, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "Bengkulu, 5 Mei 1990",
        "BENGKULU/05-05-1990",
        "Bengkulu 05 05 1990",
        "Muko-muko,05051990",
        "Ipuh, May 5, 1990",
        "Ipuh; 5-5-90",
    ],
)
def test_place_and_date_of_birth(cell: str) -> None:
    assert read_date(split_birth(cell), AS_OF).value == date(1990, 5, 5)


def test_a_place_alone_holds_no_date() -> None:
    assert split_birth("Bengkulu") is None


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("Rp 1.500.000", 1_500_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("Rp1.500.000,00", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("2jt", 2_000_000),
        ("1,25 juta", 1_250_000),
        ("500rb", 500_000),
        ("500 ribu", 500_000),
        ("750k", 750_000),
        ("1500000.0", 1_500_000),
        (1500000.0, 1_500_000),
        (1500000, 1_500_000),
        ("1 500 000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1.000.000-1.500.000", 1_000_000),
        ("1-2 juta", 1_000_000),
        ("500-700 ribu", 500_000),
        ("1.500.000 s/d 2.000.000", 1_500_000),
        ("< 1 juta", 1_000_000),
        ("±1.500.000", 1_500_000),
        ("1 juta 500 ribu", 1_500_000),
        ("1.500.000/bulan", 1_500_000),
        ("kurang dari 1 juta", 1_000_000),
        (0.0, 0),
        (1.5, None),
        ("1.500", None),
        ("100rb/hari", None),
        ("12 juta per tahun", None),
        ("banyak", None),
        (True, None),
    ],
)
def test_money(cell: Cell, rupiah: int | None) -> None:
    assert read_money(cell) == rupiah


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("L", "L"),
        ("lk", "L"),
        ("Laki-laki", "L"),
        ("LAKI LAKI", "L"),
        ("Pria", "L"),
        (1.0, "L"),
        ("P", "P"),
        ("Pr", "P"),
        ("PEREMPUAN", "P"),
        ("wanita", "P"),
        ("2", "P"),
        ("Prempuan", "P"),
        ("L/P", None),
        ("X", None),
        ("", None),
    ],
)
def test_sex(cell: Cell, sex: str | None) -> None:
    assert read_sex(cell) == sex


def test_ticked_columns() -> None:
    assert [
        read_ticks("v", None),
        read_ticks(None, "√"),
        read_ticks("-", 1.0),
        read_ticks("v", "v"),
        read_ticks(None, None),
    ] == [
        "L",
        "P",
        "P",
        None,
        None,
    ]


@pytest.mark.parametrize("cell", [None, "-", "--", "n/a", "NIHIL", "tidak ada", "'", "......", "#N/A", "#REF!"])
def test_marks_for_nothing(cell: Cell) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["Ali", 0.0, "1706054105850001", "Nihilah", False])
def test_not_nothing(cell: Cell) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize("mark", ["v", "√", "x", "X", "1", "*", 1.0])
def test_a_mark_of_any_kind_ticks(mark: Cell) -> None:
    assert (read_ticks(mark, None), read_ticks(None, mark), read_ticks("-", mark)) == ("L", "P", "P")


def test_x_beside_another_mark_is_no_tick() -> None:
    assert (read_ticks("v", "x"), read_ticks("x", "v"), read_ticks("x", "x")) == ("L", "P", None)


def test_month_first_where_the_column_is_so() -> None:
    assert read_date("7/6/1985", AS_OF, month_first=True) == (date(1985, 7, 6), None)
    assert read_date("12/15/2000", AS_OF, month_first=True) == (date(2000, 12, 15), "TANGGAL_BULAN_DULU")
    assert read_date("15/12/2000", AS_OF, month_first=True) == (date(2000, 12, 15), None)
    assert read_date("6 Juli 1985", AS_OF, month_first=True) == (date(1985, 7, 6), None)


@pytest.mark.parametrize("cell", ["Ds. 3 Lubuk, 15.12.1999", "Sungai 2 15-12-1999", "Blok 4, 15 Des 1999"])
def test_a_digit_in_the_place_of_birth(cell: str) -> None:
    assert read_date(split_birth(cell), AS_OF).value == date(1999, 12, 15)


@pytest.mark.parametrize("cell", ["Manna, 5-5-1990", "Manna, 1990-05-05", "Manna 5 Mei 1990", "Manna, 05 05 90"])
def test_the_date_after_a_plain_place(cell: str) -> None:
    assert read_date(split_birth(cell), AS_OF).value == date(1990, 5, 5)
