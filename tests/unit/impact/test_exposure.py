"""Months, waits, chances and households, from the tables of OUT."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from paid_plans import BOOK, crowd, exposed, paid, person

from jangkau.core.engine import frame
from jangkau.core.impact.cover import death_benefit, wage_paid
from jangkau.core.impact.exposure import household_sizes
from jangkau.core.kernel.problems import Problem


def test_the_wait_gives_the_small_benefit_first():
    e = exposed([person("a")], [paid("a", months=12)])
    assert e.due.tolist() == [10_000_000, 42_000_000]
    assert e.months[0].sum(axis=1).tolist() == [3, 9]
    assert e.deaths == pytest.approx(12 * e.chance)


def test_months_by_calendar_year():
    e = exposed([person("a")], [paid("a", first="2026-11", months=12)])
    assert e.years == [2026, 2027]
    assert e.months[0].sum(axis=0).tolist() == [2, 10]


def test_a_handover_between_funds_is_one_stretch():
    apart = exposed([person("a")], [paid("a", "A", "2026-12", 6, 100), paid("a", "B", "2027-06", 6, 50)])
    whole = exposed([person("a")], [paid("a", months=12, total=150)])
    np.testing.assert_array_equal(apart.months, whole.months)
    assert apart.people["iuran"].to_list() == [150]


def test_who_is_not_paid_is_not_counted():
    row = paid("b") | {"dana": None, "bulan_mulai": None, "jumlah_bulan": 0, "iuran_total": 0}
    assert exposed([person("a"), person("b")], [paid("a"), row]).people["id_pekerja"].to_list() == ["a"]


def test_older_and_male_die_more_often():
    people = [
        person("a", born=date(1966, 1, 1)),
        person("b", born=date(1996, 1, 1)),
        person("c", sex="P", born=date(1966, 1, 1)),
    ]
    old, young, woman = exposed(people, [paid(p["id_pekerja"]) for p in people]).deaths
    assert old > woman > young > 0


def test_an_unknown_birth_dies_like_the_rest():
    people = [person("a"), person("b", born=None)]
    known, unknown = exposed(people, [paid("a"), paid("b")]).deaths
    assert known == unknown


def test_an_unknown_decile_is_a_tenth_of_each():
    e = exposed([person("a", decile=None)], [paid("a")])
    assert e.cells.decile.tolist() == list(range(1, 11))
    assert e.spread.tolist() == [[0.1] * 10]


def test_households_of_the_register():
    register = pl.DataFrame(
        {
            "nik": ["a", "b", "c", "d"],
            "no_kk": ["1", "1", "1", None],
            "tanggal_meninggal": [None, None, date(2020, 1, 1), None],
        },
        schema_overrides={"tanggal_meninggal": pl.Date},
    )
    sizes = household_sizes(frame(register))
    assert dict(sizes.sort("nik").iter_rows()) == {"a": 2, "b": 2}
    e = exposed([person("a"), person("z")], [paid("a"), paid("z")], sizes)
    assert np.isnan(e.cells.size).sum() == 1
    assert 2.0 in e.cells.size


def test_the_order_of_rows_changes_nothing():
    people, rows = crowd()
    one, other = exposed(people, rows), exposed(people[::-1], rows[::-1])
    np.testing.assert_array_equal(one.deaths, other.deaths)
    assert one.people.equals(other.people)


def test_an_empty_plan():
    e = exposed([], [])
    assert (e.people.height, e.deaths.size, e.start) == (0, 0, 0)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (paid("nobody"), "TABEL_SALAH"),
        (paid("a") | {"bulan_mulai": None}, "TABEL_SALAH"),
        (paid("a") | {"bulan_mulai": "Desember"}, "BULAN_SALAH"),
        (paid("a", months=1_000_000), "TABEL_SALAH"),
        (paid("a", first="1990-01"), "HUKUM_TIDAK_BERLAKU"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(row, code):
    with pytest.raises(Problem) as caught:
        exposed([person("a")], [row])
    assert caught.value.kind.kode == code


def test_what_the_law_pays_one_member():
    december = 2026 * 12 + 11
    assert [death_benefit(december, months, BOOK) for months in (0, 1, 3, 4, 40)] == [
        0,
        10_000_000,
        10_000_000,
        42_000_000,
        42_000_000,
    ]
    assert wage_paid(december, BOOK) == 1_000_000
