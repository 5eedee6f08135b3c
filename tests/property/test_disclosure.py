"""Open data: whatever the tables, no small count can be worked out from what is published."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import opened
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tries import tries

from jangkau.core.disclosure import Rules, make
from jangkau.core.disclosure.attack import attack, small_in_truth
from jangkau.core.disclosure.cells import Cells
from jangkau.core.disclosure.exact import least_closed
from jangkau.core.disclosure.protect import _Search, protect
from jangkau.core.disclosure.rules import goals
from jangkau.core.kernel.progress import Silent

RULES = Rules()
TABLES = st.tuples(st.integers(0, 10_000), st.integers(1, 3), st.sampled_from([4, 12, 40]))


def made(drawn: tuple[int, int, int]) -> pl.DataFrame:
    seed, classes, most = drawn
    return opened.figures(*opened.random_people(seed, classes, most))


Key = tuple[str, str, str, str]  # what (n, d, rest), region, class, date
Sum = tuple[Key, list[Key]]


def sums(table: pl.DataFrame) -> Iterator[Sum]:
    """Every subtraction that somebody with a spreadsheet would think of."""
    dates, regions, classes = (table[name].cast(pl.String).unique().to_list() for name in ("per", "wilayah", "kelas"))
    for per in dates:
        for what in "ndr":
            for region in regions:
                below = [one for one in regions if one != region and one.startswith(region)]
                children = [one for one in below if not any(one != o and one.startswith(o) for o in below)]
                for kelas in classes:
                    if children:
                        yield (what, region, kelas, per), [(what, child, kelas, per) for child in children]
                if len(classes) > 1:
                    yield (what, region, "", per), [(what, region, kelas, per) for kelas in classes if kelas]
        for region in regions:
            for kelas in classes:
                yield ("d", region, kelas, per), [("n", region, kelas, per), ("r", region, kelas, per)]


def intervals(public: pl.DataFrame) -> dict[Key, tuple[float, float]]:
    """What subtraction over all sums, repeated until nothing changes, leaves of every number (shuttle bounds)."""
    known: dict[Key, tuple[float, float]] = {}
    for row in public.with_columns(pl.col("per").cast(pl.String)).rows(named=True):
        for what, value in (("n", row["pembilang"]), ("d", row["penyebut"])):
            spot = (what, row["wilayah"], row["kelas"], row["per"])
            known[spot] = (0.0, np.inf) if value is None else (value, value)
        known["r", row["wilayah"], row["kelas"], row["per"]] = (0.0, np.inf)
    relations, moved = list(sums(public)), True
    while moved:
        moved = sum(_narrow(known, head, parts) for head, parts in relations) > 0
    return known


def _narrow(known: dict[Key, tuple[float, float]], head: Key, parts: list[Key]) -> bool:
    before = [known[key] for key in (head, *parts)]
    low, high = (sum(known[part][end] for part in parts) for end in (0, 1))
    known[head] = (max(known[head][0], low), min(known[head][1], high))
    for part in parts:
        others = [known[other] for other in parts if other != part]
        low, high = known[head][0] - sum(o[1] for o in others), known[head][1] - sum(o[0] for o in others)
        known[part] = (max(known[part][0], low), min(known[part][1], high))
    return before != [known[key] for key in (head, *parts)]


def truth(table: pl.DataFrame) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for row in table.with_columns(pl.col("per").cast(pl.String)).rows(named=True):
        n, d, spot = row["pembilang"], row["penyebut"], (row["wilayah"], row["kelas"], row["per"])
        found |= {("n", *spot): n, ("d", *spot): d, ("r", *spot): d - n}
    return found


@settings(max_examples=tries(6), deadline=None)
@given(TABLES)
def test_subtraction_over_every_margin_finds_no_small_count(drawn: tuple[int, int, int]) -> None:
    table = made(drawn)
    edition = make(table, [], RULES)
    true = truth(table)
    for key, (low, high) in intervals(edition.public).items():
        assert low - 1e-9 <= true[key] <= high + 1e-9
        within_nobody = true["d", *key[1:]] == 0
        if true[key] < RULES.ambang and not within_nobody:
            assert high >= RULES.ambang
            assert high - low >= RULES.lebar


@settings(max_examples=tries(3), deadline=None)
@given(TABLES)
def test_no_table_of_whole_people_pins_a_small_count(drawn: tuple[int, int, int]) -> None:
    cells = opened.cells(made((drawn[0], min(drawn[1], 2), drawn[2])))
    closed = protect(cells, RULES).closed
    targets = small_in_truth(cells, RULES)
    for plus, minus in list(zip(targets.plus, targets.minus, strict=True))[:12]:
        low, high = whole_people(cells, closed, plus, minus)
        assert high >= RULES.ambang
        assert high - low >= RULES.lebar


def whole_people(cells: Cells, closed: np.ndarray, plus: int, minus: int) -> tuple[float, float]:
    """The range of one expression over all whole tables that fit, by dense integer programmes over every cell."""
    aim = np.zeros(len(cells))
    aim[plus] += 1
    if minus >= 0:
        aim[minus] -= 1
    bounds = Bounds(np.where(closed, 0, cells.value), np.where(closed, 10_000, cells.value))
    margins = LinearConstraint(cells.sums.toarray(), cells.sums @ cells.value, cells.sums @ cells.value)
    parts = np.zeros((len(cells.within), len(cells)))
    for row, (part, whole) in enumerate(cells.within):
        parts[row, part], parts[row, whole] = 1, -1
    asked = {"bounds": bounds, "integrality": np.ones(len(cells)),
             "constraints": [margins, LinearConstraint(parts, -np.inf, 0)]}  # fmt: skip
    return milp(aim, **asked).fun, -milp(-aim, **asked).fun


@settings(max_examples=tries(4), deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_a_later_edition_gives_away_nothing_of_an_earlier_one(seed: int, joined: int) -> None:
    covered, people = opened.random_people(seed, 2, 40)
    first = make(opened.figures(covered, people), [], RULES)
    rng = np.random.default_rng(seed)
    grown = {key: min(people[key], count + int(rng.integers(0, joined))) for key, count in covered.items()}
    later = opened.figures(grown, people, per=date(2027, 6, 30))
    second = make(later, [first.kept], RULES)
    both = pl.concat([first.public, second.public])
    known = intervals(both)
    for region, kelas in {(row["wilayah"], row["kelas"]) for row in both.rows(named=True)}:
        early, late = (known["n", region, kelas, per] for per in ("2026-12-31", "2027-06-30"))
        true = truth(later)["n", region, kelas, "2027-06-30"] - truth(opened.figures(covered, people))[
            "n", region, kelas, "2026-12-31"
        ]  # fmt: skip
        low, high = late[0] - early[1], late[1] - early[0]
        assert true == 0 or abs(true) >= RULES.ambang or max(high, -low) >= RULES.ambang


THREE = ("17", "1701", "1702", "1703")


@pytest.mark.parametrize("seed", [3, 8])
def test_what_the_heuristic_closes_is_near_the_proven_least(seed: int) -> None:
    cells = opened.cells(opened.figures(*opened.random_people(seed, 2, 60, THREE), THREE))
    wanted = goals(cells, RULES)
    pattern = protect(cells, RULES)
    least = least_closed(cells, wanted, pattern.small > 0)
    search = _Search(cells, wanted, pattern.small > 0)
    search.run(Silent())
    assert least is not None
    assert cells.loss[least].sum() <= cells.loss[pattern.closed].sum() <= cells.loss[search.closed].sum()
    assert cells.loss[search.closed].sum() <= 1.6 * cells.loss[least].sum()
    assert attack(cells, search.closed, RULES).held


@settings(max_examples=tries(2), deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(drawn: tuple[int, int, int], shuffle: object) -> None:
    table = made(drawn)
    rows = list(range(len(table)))
    shuffle.shuffle(rows)  # type: ignore[attr-defined]
    assert make(table, [], RULES).public.equals(make(table[rows], [], RULES).public)
