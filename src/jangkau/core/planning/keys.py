"""How persons stand before funds: distinct combinations of area, occupation, conditions that hold and income class."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl

from jangkau.core.law.book import Book
from jangkau.core.planning.funds import Fund, condition
from jangkau.core.planning.instance import Ints
from jangkau.core.planning.prices import income_classes
from jangkau.core.tables.settings import Settings

_ROOMY = 1 << 22
_AT_ONCE = 14


@dataclass(frozen=True)
class Keys:
    """Distinct keys of persons, and `person` -> its key.

    `areas`, `jobs`, `held` and `incomes` give the words of the codes in `area`, `job`, `holds` and `income`: the fund
    area that a village lies in, the occupation tag, the conditions that hold, one income of the class. `village` is
    each person's place in `villages`.
    """

    person: Ints
    village: Ints
    villages: list[str | None]
    area: Ints
    job: Ints
    holds: Ints
    income: Ints
    areas: list[str]
    jobs: list[str | None]
    held: list[set[str]]
    incomes: list[int | None]


def person_keys(people: pl.DataFrame, funds: list[Fund], settings: Settings, book: Book) -> Keys:
    """Keys numbered by area, occupation, conditions and income, whatever the order of persons."""
    villages, village = coded(people["kode_desa"])
    areas, area = _areas(villages, village, funds)
    jobs, job = coded(people["pekerjaan"])
    held, holds = _outcomes(people, sorted({test for fund in funds for test in fund.conditions}))
    holds = _asked(areas, held, funds)[area, holds]
    income, incomes = income_classes(people, settings, book)
    parts = (area, job, holds, income)
    sizes = tuple(int(part.max(initial=0)) + 1 for part in parts)
    values, person = distinct(np.ravel_multi_index(parts, sizes), int(np.prod(sizes)))
    area, job, holds, income = (code.astype(np.int64) for code in np.unravel_index(values, sizes))
    return Keys(person, village, villages, area, job, holds, income, areas, jobs, held, incomes)


def coded(texts: pl.Series) -> tuple[list[str | None], Ints]:
    """The distinct values of a text column in order, null first, and the place of each row's among them."""
    known = pl.Categories.random()
    words = texts.cast(pl.Categorical(known))
    names = known.to_series().to_list()
    values: list[str | None] = [None] if words.null_count() else []
    values.extend(sorted(names))
    at = {name: number for number, name in enumerate(values)}
    table = np.array([*(at[name] for name in names), 0], np.int64)
    return values, table[words.to_physical().fill_null(len(names)).to_numpy()]


def distinct(codes: Ints, size: int) -> tuple[Ints, Ints]:
    """Sorted distinct values of codes below `size`, and the place of each among them; by table where one fits."""
    if size > max(_ROOMY, 4 * len(codes)):
        values, place = np.unique(codes, return_inverse=True)
        return values.astype(np.int64), place.reshape(-1).astype(np.int64)
    there = np.zeros(size, bool)
    there[codes] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]


def _areas(names: list[str | None], village: Ints, funds: list[Fund]) -> tuple[list[str], Ints]:
    """The longest fund area that holds each village (it settles every shorter one), and each person's place in them."""
    known = {fund.area for fund in funds}
    sizes = sorted({len(area) for area in known}, reverse=True)
    found = [next((name[:size] for size in sizes if (name or "")[:size] in known and name), "") for name in names]
    areas = sorted(set(found))
    place = {area: at for at, area in enumerate(areas)}
    return areas, np.array([place[area] for area in found], np.int64)[village]


def _asked(areas: list[str], held: list[set[str]], funds: list[Fund]) -> Ints:
    """By area and outcome, the first outcome that is the same to the funds of the area: others split nobody there."""
    tests: dict[str, set[str]] = {}
    for fund in funds:
        tests.setdefault(fund.area, set()).update(fund.conditions)
    asked = [frozenset().union(*(tests.get(area[:size], ()) for size in range(len(area) + 1))) for area in areas]
    tables = {}
    for some in set(asked):
        first: dict[frozenset[str], int] = {}
        tables[some] = [first.setdefault(some & outcome, at) for at, outcome in enumerate(held)]
    return np.array([tables[some] for some in asked], np.int64).reshape(len(areas), len(held))


def _outcomes(people: pl.DataFrame, tests: Sequence[str]) -> tuple[list[set[str]], Ints]:
    """Distinct outcomes of all conditions, and each person's."""
    outcomes: list[tuple[str, ...]] = [()]
    code = np.zeros(people.height, np.int64)
    for first in range(0, len(tests), _AT_ONCE):
        some = tests[first : first + _AT_ONCE]
        last = len(some) - 1
        bits = [condition(test).cast(pl.Int16) * pl.lit(1 << at, pl.Int16) for at, test in enumerate(reversed(some))]
        holds = people.select(ok=reduce(operator.or_, bits))["ok"].to_numpy()
        values, code = distinct((code << len(some)) | holds, len(outcomes) << len(some))
        outcomes = [
            (*outcomes[value >> len(some)], *(test for at, test in enumerate(some) if value >> (last - at) & 1))
            for value in values.tolist()
        ]
    return [set(outcome) for outcome in outcomes], code
