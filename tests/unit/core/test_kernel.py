from datetime import date

import polars as pl
import pytest

from jangkau.core.engine import frame
from jangkau.core.kernel import formats, month
from jangkau.core.kernel.problems import Problem, catalogue


@pytest.mark.parametrize("text", ["2026-11", "2027-01", "1999-12"])
def test_month_round_trip(text):
    assert month.month_text(month.month_index(text)) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-01", "2026/01", ""])
def test_no_month_is_a_problem(text):
    with pytest.raises(Problem) as caught:
        month.month_index(text)
    assert caught.value.kind.kode == "BULAN_SALAH"


def test_months_are_consecutive():
    assert month.month_index("2027-01") - month.month_index("2026-12") == 1
    assert month.month_of(date(2026, 12, 31)) == month.month_index("2026-12")
    assert month.first_day(month.month_index("2027-01")) == date(2027, 1, 1)


def test_month_column():
    data = frame(pl.DataFrame({"m": ["2026-11", "x", None, "2026-13"]}))
    assert data.select(month.month_index_expr("m"))["m"].to_list() == [month.month_index("2026-11"), None, None, None]


def test_indonesian_formats():
    assert formats.rupiah(16800) == "Rp16.800"
    assert formats.rupiah(-5) == "−Rp5"
    assert formats.number(1234.5, 1) == "1.234,5"
    assert formats.number(-0.04, 1) == "0,0"
    assert formats.percent(42.0) == "42,0%"
    assert formats.percent(None) == "–"
    assert formats.long_date(date(2026, 11, 22)) == "22 November 2026"
    assert formats.long_month(month.month_index("2026-03")) == "Maret 2026"


def test_every_problem_says_what_to_do():
    for kind in catalogue().values():
        assert kind.pesan, kind.kode
        assert kind.saran, kind.kode
        assert kind.keluar in (1, 2), kind.kode
