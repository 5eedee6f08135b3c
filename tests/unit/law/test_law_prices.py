"""Prices of frames: mixed segments, defaults, and what is refused."""

import polars as pl
import pytest

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.contributions import contributions, schedule

NOV = month_index("2026-11")


def total(**columns: object) -> list[int]:
    return contributions(pl.DataFrame(columns))["total"].to_list()


def test_only_a_month_is_needed() -> None:
    assert total(bulan=[month_index("2025-11")]) == [16_800]


def test_rows_keep_their_order_and_their_other_columns() -> None:
    frame = pl.DataFrame(
        {
            "nama": ["a", "b", "c", "d"],
            "segmen": ["PMI", "BPU", "PU", "JAKON"],
            "bulan": [NOV] * 4,
            "upah": [None, None, 3_000_000, 100_000_000],
            "kelas_risiko": [None, None, 2, None],
            "pembayar": [None, "APBD_PROV", None, None],
        }
    )
    priced = contributions(frame)
    assert priced["nama"].to_list() == ["a", "b", "c", "d"]
    assert priced["total"].to_list() == [37_500, 16_800, 286_200, 2_040_000]


def test_no_rows_is_no_problem() -> None:
    empty = pl.DataFrame(schema={"bulan": pl.Int64, "segmen": pl.String})
    assert contributions(empty)["total"].to_list() == []
    assert schedule(empty, [NOV]).shape == (1, 0)


def test_an_unknown_income_is_the_lowest_base_and_so_is_a_negative_one() -> None:
    assert total(bulan=[NOV] * 3, pembayar=["APBD_KAB"] * 3, penghasilan=[None, 0, -5]) == [16_800] * 3


def test_an_occupation_that_the_list_left_open_has_the_rule_of_other_sectors() -> None:
    assert total(bulan=[month_index("2026-02"), NOV], pembayar=["CSR"] * 2, sektor=[None, None]) == [16_800, 8_400]


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"bulan": [NOV], "segmen": ["SWASTA"]}, "segmen"),
        ({"bulan": [NOV], "pembayar": ["PAJAK"]}, "pembayar"),
        ({"bulan": [NOV], "tarif": ["GRATIS"]}, "tarif"),
        ({"bulan": [NOV], "segmen": ["PU"], "upah": [1000], "kelas_risiko": [6]}, "kelas_risiko"),
        ({"bulan": [NOV], "segmen": ["PU"]}, "upah"),
        ({"bulan": [NOV], "segmen": ["JAKON"]}, "nilai_kontrak"),
        ({"bulan": [None]}, "bulan"),
        ({"segmen": ["BPU"]}, "bulan"),
    ],
)
def test_what_cannot_be_priced_is_said(columns: dict[str, list[object]], column: str) -> None:
    with pytest.raises(Problem, match="HUKUM_MASUKAN_SALAH") as caught:
        contributions(pl.DataFrame(columns))
    assert f"Kolom {column} " in caught.value.pesan


def test_one_row_outside_the_law_stops_with_the_month() -> None:
    with pytest.raises(LawUndefinedOn, match="2015-06"):
        total(bulan=[NOV, month_index("2015-06"), NOV])
    with pytest.raises(LawUndefinedOn, match="1999-12"):
        total(bulan=[month_index("1999-12")])


def test_a_cap_that_is_unknown_hurts_only_those_it_concerns() -> None:
    columns = {"segmen": ["PU"] * 2, "bulan": [month_index("2027-03")] * 2, "upah": [3_000_000] * 2}
    assert total(**columns, skala=["MIKRO", "KECIL"]) == [16_200, 187_200]
    with pytest.raises(LawUndefinedOn, match="jp_batas_upah"):
        total(**columns, skala=["MIKRO", "BESAR"])


def test_a_choice_changes_the_price_of_its_fund_alone() -> None:
    book = Book.load({"bpu.keringanan_dana_desa": "DISKON"})
    frame = pl.DataFrame({"bulan": [NOV] * 2, "pembayar": ["DANA_DESA", "APBD_KAB"]})
    assert contributions(frame, book)["total"].to_list() == [8_400, 16_800]
    assert contributions(frame)["total"].to_list() == [16_800, 16_800]


def test_a_year_of_a_driver_follows_the_months_of_the_relief() -> None:
    driver = pl.DataFrame({"sektor": ["ANGKUTAN", "TANI"], "pembayar": ["CSR", "CSR"]})
    course = schedule(driver, range(month_index("2025-12"), month_index("2027-05")))
    assert course[:, 0].tolist() == [16_800] + [8_400] * 15 + [16_800]
    assert course[:, 1].tolist() == [16_800] * 4 + [8_400] * 9 + [16_800] * 4
