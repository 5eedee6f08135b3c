from datetime import date

import pytest

from jangkau.core import engine
from jangkau.core.identity import nik as n

TRUE = "1771011505900017"  # 15 May 1990, a man


@pytest.mark.parametrize(
    "cell",
    [
        TRUE,
        f"'{TRUE}",
        f" {TRUE} ",
        "1771 0115 0590 0017",
        "177101.150590.0017",
        "17-71-01-150590-0017",
        f"{TRUE}.0",
        f"{TRUE},00",
        "1.771.011.505.900.017",
        "1,771,011,505,900,017.00",
        "1.771011505900017E+15",
        f"NIK: {TRUE}",
        f"No. KTP {TRUE}",
        f'="{TRUE}"',
        f"{TRUE} (e-KTP)",
        "１７７１０１１５０５９０００１７",
        f"\u200b{TRUE}\u00a0",
    ],
)
def test_a_disguised_nik_is_read(cell: str) -> None:
    assert n.read_nik(cell) == n.NikReading(TRUE)


@pytest.mark.parametrize(
    ("cell", "numeric", "reading"),
    [
        ("", False, (None, None, "NIK_KOSONG")),
        ("-", False, (None, None, "NIK_KOSONG")),
        ("belum rekam", False, (None, None, "NIK_KOSONG")),
        (TRUE[:15], False, (None, TRUE[:15], "NIK_15_ANGKA")),
        (TRUE[:12], False, (None, TRUE[:12], "NIK_KURANG")),
        ("1771", False, (None, None, "NIK_KURANG")),
        (TRUE + "7", False, (None, TRUE, "NIK_LEBIH")),
        (TRUE, True, (TRUE, None, None)),
        ("1771011505900010", True, (None, "1771011505900010", "NIK_DIGIT_HILANG")),
        ("1771011505900010.0", False, (None, "1771011505900010", "NIK_DIGIT_HILANG")),
        ("1.77101150590001e15", True, (None, "1771011505900010", "NIK_DIGIT_HILANG")),
        ("1771011505900010", False, ("1771011505900010", None, None)),
        ("9171011505900018", True, (None, "9171011505900018", "NIK_DIGIT_HILANG")),
        ("9171011505900017", True, ("9171011505900017", None, None)),
        ("1.77E+15", False, (None, None, "NIK_NOTASI_ILMIAH")),
        ("1,771011505900E+15", False, (None, "1771011505900", "NIK_NOTASI_ILMIAH")),
        ("17710I15O5900017", False, (TRUE, None, "NIK_HURUF")),
        ("17710ll5O59OOOl7", False, (TRUE, None, "NIK_HURUF")),
        ("9971OI15O5900017", False, (None, "9971011505900017", "NIK_HURUF_RAGU")),
        ("1771O1320590OO17", False, (None, "1771013205900017", "NIK_HURUF_RAGU")),
        ("17710115059000S7", False, (None, "1771011505900057", "NIK_HURUF_RAGU")),
        ("0000000000000000", False, (None, None, "NIK_CONTOH")),
        ("1111111111111111", True, (None, None, "NIK_CONTOH")),
        ("9999999999999999", False, (None, None, "NIK_CONTOH")),
        ("1234567890123456", False, (None, None, "NIK_CONTOH")),
        ("1212121212121212", False, (None, None, "NIK_CONTOH")),
        ("1771010000000000", False, (None, None, "NIK_CONTOH")),
        ("0", True, (None, None, "NIK_CONTOH")),
        ("1771013202900017", False, (None, "1771013202900017", "NIK_TANGGAL_MUSTAHIL")),
        ("1771012902910017", False, (None, "1771012902910017", "NIK_TANGGAL_MUSTAHIL")),
        ("1771017202900017", False, (None, "1771017202900017", "NIK_TANGGAL_MUSTAHIL")),
        ("1771011505900000", False, (None, "1771011505900000", "NIK_SERI_NOL")),
        ("5401011505900017", False, ("5401011505900017", None, "NIK_WILAYAH_ASING")),
    ],
)
def test_what_each_fault_looks_like(cell: str, numeric: bool, reading: tuple[str | None, str | None, str]) -> None:
    assert n.read_nik(cell, numeric=numeric) == n.NikReading(*reading)


def test_parts_and_disagreements() -> None:
    assert (n.nik_sex(TRUE), n.nik_sex("1771015505900017"), n.nik_sex("1771013505900017")) == ("L", "P", None)
    assert n.nik_region(TRUE) == "177101"
    assert n.disagreements(TRUE, date(1990, 5, 15), "L") == ()
    assert n.disagreements(TRUE, date(1990, 5, 16), "P") == ("NIK_BEDA_TANGGAL", "NIK_BEDA_KELAMIN")
    assert n.disagreements("1771015505900017", date(1990, 5, 15), "P") == ()
    assert n.disagreements(TRUE, None, None) == ()


def test_a_column_without_last_digits_is_noticed() -> None:
    lost = [f"17710115059{serial:04}0" for serial in range(10, 20)]
    assert n.lost_last_digit(lost)
    assert n.lost_last_digit([*lost, TRUE, None, "0" * 16])
    assert not n.lost_last_digit(lost[:4])
    assert not n.lost_last_digit([f"177101150590{serial:04}" for serial in range(1, 40)])


def test_expressions_on_a_column() -> None:
    frame = engine.from_columns({"nik": [TRUE, "1771015505900017", "1212121212121212", "1771013002900017", "17", None]})
    made = frame.with_columns(sah=n.valid_nik_expr("nik"))
    assert made["sah"].to_list() == [True, True, False, False, False, False]
