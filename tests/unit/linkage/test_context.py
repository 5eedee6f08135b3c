"""What the rest of a list says of namesakes: it moves chance between candidates and never makes a person known."""

from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.engine import frame
from jangkau.core.linkage import link
from jangkau.core.linkage.context import MOST, factors, redistributed
from jangkau.core.linkage.model import Thresholds
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
LIMITS = Thresholds(0.85, 0.3)
COUPLES = 60


def lines(count, cards=None):
    made = {"berkas": ["a"] * count, "lembar": ["S"] * count, "no_kk": cards or [None] * count}
    return frame(pl.DataFrame(made, schema=dict.fromkeys(made, pl.String)))


def rated(asked, settled, listed, homes):
    pairs = pl.DataFrame(asked, schema={"l": pl.Int32, "r": pl.Int32, "peluang": pl.Float64}, orient="row")
    known = pl.DataFrame(settled, schema={"l": pl.Int32, "r": pl.Int32, "cara": pl.String}, orient="row")
    made = factors(frame(pairs), frame(known), listed, pl.Series(homes, dtype=pl.String))
    return {(left, right): factor for left, right, factor in made.rows()}


def couples(skip):
    """Residents 2k and 2k + 1 share household k and stand as rows 2k and 2k + 1; row `skip` is not settled."""
    settled = [(at, at, "nik") for at in range(2 * COUPLES) if at != skip]
    return settled, [f"kk{at // 2}" for at in range(2 * COUPLES)]


def test_where_families_stand_together_the_neighbours_home_is_likelier():
    settled, homes = couples(skip=10)
    made = rated([(10, 10, 0.45), (10, 100, 0.45)], settled, lines(len(homes)), homes)
    assert made[10, 10] > 4 * made[10, 100]


def test_where_lists_are_in_no_order_neighbours_say_nothing():
    """Resident 101 stands beside the row by chance; that says nothing for 100, of the same household."""
    settled, homes = couples(skip=10)
    order = np.random.default_rng(1).permutation(2 * COUPLES)
    beside = int(np.flatnonzero(order == order[10] + 1)[0])
    order[[101, beside]] = order[[beside, 101]]
    mixed = [(int(order[left]), right, way) for left, right, way in settled if right != 100]
    row = int(order[10])
    made = rated([(row, 10, 0.45), (row, 100, 0.45)], mixed, lines(len(homes)), homes)
    assert made[row, 100] == pytest.approx(made[row, 10], rel=0.1)


def test_one_written_family_card_is_as_good_as_standing_together():
    settled, homes = couples(skip=10)
    order = np.random.default_rng(2).permutation(2 * COUPLES)
    mixed = [(int(order[left]), right, way) for left, right, way in settled]
    cards = [None] * len(homes)
    for left, right, _ in [*mixed, (int(order[10]), 10, "")]:
        cards[left] = f"ditulis {right // 2}"
    made = rated([(int(order[10]), 10, 0.45), (int(order[10]), 100, 0.45)], mixed, lines(len(homes), cards), homes)
    assert made[int(order[10]), 10] > 4 * made[int(order[10]), 100]


def test_who_is_on_the_list_already_is_rarely_on_it_again():
    settled = [(at, at, "nik") for at in range(200)]
    homes = [f"kk{at}" for at in range(600)]
    asked = [(200 + at, right, 0.45) for at in range(50) for right in (at, 300 + at)]
    made = rated(asked, settled, lines(400), homes)
    assert made[200, 300] > 3 * made[200, 0]


def test_nothing_settled_says_nothing():
    made = rated([(0, 0, 0.5), (0, 1, 0.4)], [], lines(3), ["a", None])
    assert set(made.values()) == {1.0}
    assert rated([], [], lines(0), []) == {}


shares = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1), st.floats(1 / MOST, MOST)), min_size=1, max_size=9)


@settings(deadline=None)
@given(shares)
def test_chance_is_moved_never_made(rows):
    whole = [max(1.0, sum(c for left, c, _ in rows if left == at)) for at in range(3)]
    pairs = pl.DataFrame([(left, at, c / whole[left]) for at, (left, c, _) in enumerate(rows)],
                         schema=["l", "r", "peluang"], orient="row").with_columns(cara=pl.lit("model"))  # fmt: skip
    factor = pl.DataFrame([(left, at, f) for at, (left, _, f) in enumerate(rows)],
                          schema=["l", "r", "faktor"], orient="row")  # fmt: skip
    made = redistributed(nw.from_native(pairs), nw.from_native(factor), LIMITS).to_native().sort("r")
    before, after = (each.group_by("l").agg(pl.col("peluang").sum()).sort("l") for each in (pairs, made))
    assert (after["peluang"] <= before["peluang"] + 1e-9).all()
    assert made["peluang"].is_between(0, 1 + 1e-9).all()


def test_a_name_alike_in_nothing_is_not_lifted():
    pairs = pl.DataFrame({"l": [0, 0], "r": [0, 1], "peluang": [LIMITS.open, 0.4], "cara": "model"})
    factor = pl.DataFrame({"l": [0, 0], "r": [0, 1], "faktor": [30.0, 0.1]})
    made = redistributed(nw.from_native(pairs), nw.from_native(factor), LIMITS)
    assert made["peluang"][0] == pytest.approx(LIMITS.open)


def person(at, nama, sex):
    born = date(1950 + at % 40, 1 + at % 12, 1 + at % 28)
    day = born.day + (40 if sex == "P" else 0)
    nik = f"330201{day:02}{born:%m%y}{at + 1:04}"
    return {
        "nik": nik,
        "nama": nama,
        "tanggal_lahir": born,
        "jenis_kelamin": sex,
        "no_kk": f"33020101011{at // 2:05}",
    }


def test_of_two_namesakes_the_husband_of_the_woman_beside_is_meant(small):
    names = [f"WARGA{chr(65 + at % 26)}{chr(65 + at // 26)} SUKA" for at in range(2 * COUPLES)]
    people = [person(at, name, "LP"[at % 2]) for at, name in enumerate(names)]
    people[20] |= {"nama": "SUPARNO"}
    people[90] |= {"nama": "SUPARNO"}
    listed = [row | {"no_kk": None} for row in people]
    listed[20] = {"nik": None, "nama": "SUPARNO", "tanggal_lahir": None, "jenis_kelamin": "L"}
    del listed[90:92]
    made = link(small.usulan(*listed), small.penduduk(*people), small.peserta(), None, SETTINGS)
    rows = made.tautan.to_native().filter(id_usulan="a.xlsx#S#22", keputusan="cocok")
    assert rows["id_register"].to_list() == [people[20]["nik"]]
