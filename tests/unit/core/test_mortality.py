"""The table of deaths is the source's, its range is ordered, and unknown facts stay unknown."""

from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from jangkau.core.mortality import mortality


def chances(*people):
    rows = pl.DataFrame(people, schema={"jenis_kelamin": pl.String, "tanggal_lahir": pl.Date}, orient="row")
    return mortality().monthly(nw.from_native(rows, eager_only=True), 2027) * 12


@pytest.mark.parametrize(
    ("sex", "born", "yearly"),
    [
        ("L", date(1990, 6, 1), 0.00269503),  # 37 years old: the group from 35
        ("P", date(1990, 6, 1), 0.00226111),
        ("L", date(1963, 1, 1), 0.02791262),
        ("P", date(2027, 1, 1), 0.01607661),
        ("L", date(1900, 1, 1), 0.60900982),
    ],
)
def test_the_table_is_the_sources(sex, born, yearly):
    assert chances((sex, born))[0] == pytest.approx(yearly)


def test_an_unknown_sex_is_the_mean_and_an_unknown_birth_stays_unknown():
    both = chances(("L", date(1990, 6, 1)), ("P", date(1990, 6, 1)), (None, date(1990, 6, 1)), ("L", None))
    assert both[2] == pytest.approx(both[:2].mean())
    assert np.isnan(both[3])


def test_the_range_holds_the_table_and_names_its_source():
    table = mortality()
    assert table.low < table.middle == 1 < table.high
    assert "World Population Prospects 2022" in table.source
    assert "asumsi" in table.source
    assert (np.diff(table.yearly[:, 15:], axis=1) >= 0).all()
