"""Signs that a supervisor looks at first."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.field.quality import Visit, inside, kilometres, marks

NOW = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
SQUARE = [[(102.0, -5.0), (103.0, -5.0), (103.0, -4.0), (102.0, -4.0)]]


def visit(key: int, **told) -> Visit:
    start = NOW - dt.timedelta(hours=10) + dt.timedelta(minutes=30 * key)
    plain = {"who": "a", "nik": str(key), "received": NOW, "started": start, "ended": start + dt.timedelta(minutes=12),
             "lat": -4.5 + key / 10_000, "lon": 102.5, "accuracy": 5.0}  # fmt: skip
    return Visit(key, **plain | told)


def of(*changed: Visit) -> dict:
    """Marks of the last among six ordinary ones."""
    return marks([*(visit(key) for key in range(6)), *changed])[changed[-1].key]


def test_ordinary_ones_have_none():
    assert of(visit(9)) == ()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"nik": "3"}, "GANDA"), ({"lat": -4.4}, "JAUH"), ({"lat": None, "lon": None}, "TANPA"),
        ({"accuracy": 150.0}, "LEMAH"), ({"ended": NOW + dt.timedelta(days=2)}, "JAM"),
        ({"started": NOW, "ended": NOW - dt.timedelta(minutes=1)}, "JAM"),
        ({"started": NOW, "ended": NOW + dt.timedelta(minutes=3)}, "CEPAT"),
        ({"started": NOW - dt.timedelta(hours=9, minutes=25)}, "TUMPANG"),
    ],
)  # fmt: skip
def test_each_sign(told, code):
    assert code in of(visit(9, **told))


def test_a_border_that_is_known_is_held_to():
    rows = [visit(1), visit(2, lat=-3.5)]
    assert marks(rows, SQUARE)[2] == ("LUAR",)
    assert marks(rows)[2] == ()


def test_few_are_not_enough_to_call_one_far_or_fast():
    assert marks([visit(1), visit(2, lat=-2.0)])[2] == ()


def test_a_degree_of_latitude_is_111_kilometres():
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)


@given(st.floats(-6, -3), st.floats(101, 104))
def test_inside_a_square_is_as_its_sides_say(lat, lon):
    assert inside((lat, lon), SQUARE) == (-5 < lat <= -4 and 102 <= lon < 103) or lat in (-5, -4) or lon in (102, 103)


@given(st.permutations(range(8)))
def test_marks_do_not_hang_on_the_order(order):
    rows = [visit(key, nik=str(key % 3)) for key in range(8)]
    assert marks([rows[at] for at in order]) == marks(rows)
