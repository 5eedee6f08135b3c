"""How persons stand before funds: distinct combinations of area, occupation, conditions that hold and income class."""

import operator
from collections.abc import Iterator
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
    tests = sorted({test for fund in funds for test in fund.conditions})
    texts = {name: pl.Categories.random() for name in ("kode_desa", "pekerjaan")}
    coding = [pl.col(name).cast(pl.Categorical(words)) for name, words in texts.items()]
    seen = people.select(*coding, *_bits(tests))  # one call, so that all cores code side by side
    (villages, village), (jobs, job) = (coded(seen[name], words) for name, words in texts.items())
    held, holds = _outcomes(seen, tests)
    income, incomes = income_classes(people, settings, book)
    areas, area_of = _areas(villages, funds)
    sizes = (len(areas), max(len(jobs), 1), len(held), len(incomes))
    code = area_of[village]
    holds = _asked(areas, held, funds).reshape(-1)[code * len(held) + holds]
    for part, size in ((job, sizes[1]), (holds, sizes[2]), (income, sizes[3])):
        code *= size
        code += part
    values, person = distinct(code, int(np.prod(sizes)))
    area, job, holds, income = (code.astype(np.int64) for code in np.unravel_index(values, sizes))
    return Keys(person, village, villages, area, job, holds, income, areas, jobs, held, incomes)


def coded(column: pl.Series, words: pl.Categories) -> tuple[list[str | None], Ints]:
    """The distinct values of a column of categories in order, null first, and the place of each row's among them."""
    names = words.to_series().to_list()
    values: list[str | None] = [None] if column.null_count() else []
    values.extend(sorted(names))
    at = {name: number for number, name in enumerate(values)}
    table = pl.Series([*(at[name] for name in names), 0], dtype=pl.Int64)
    return values, table[column.to_physical().fill_null(len(names))].to_numpy()


def distinct(codes: Ints, size: int) -> tuple[Ints, Ints]:
    """Sorted distinct values of codes below `size`, and the place of each among them; by table where one fits."""
    if size > max(_ROOMY, 4 * len(codes)):
        values, place = np.unique(codes, return_inverse=True)
        return values.astype(np.int64), place.reshape(-1).astype(np.int64)
    there = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]


def in_cells(signature: Ints, points: Ints) -> tuple[tuple[Ints, Ints, Ints], Ints, Ints]:
    """People of one signature and equal points: signature, points and size of each cell, by (signature, points
    descending); the cell of each person, -1 where the signature is below 0; persons that have a cell, by cell.
    """
    top, bits = int(points.max(initial=0)) + 1, len(points).bit_length()
    code = signature * top
    code += top - 1
    code -= points
    known = np.unique(code) if (int(code.max(initial=0)) << bits) >> 62 else None
    packed = code if known is None else np.searchsorted(known, code) - np.searchsorted(known, 0)
    packed <<= bits
    packed |= np.arange(len(points))
    packed.sort()
    packed = packed[np.searchsorted(packed, 0) :]
    order = packed & ((1 << bits) - 1)
    packed >>= bits
    first = np.flatnonzero(np.append(len(packed) > 0, packed[1:] != packed[:-1])[: len(packed)])
    size = np.diff(first, append=len(packed))
    cell = np.full(len(points), -1, np.int64)
    cell[order] = np.repeat(np.arange(len(first)), size)
    code = packed[first] if known is None else known[known >= 0]
    return (code // top, top - 1 - code % top, size), cell, order


def _areas(names: list[str | None], funds: list[Fund]) -> tuple[list[str], Ints]:
    """The longest fund area that holds each village (it settles every shorter one), and its place among them."""
    known = {fund.area for fund in funds}
    sizes = sorted({len(area) for area in known}, reverse=True)
    found = [next((name[:size] for size in sizes if name[:size] in known), "") if name else "" for name in names]
    areas = sorted(set(found)) or [""]
    place = {area: at for at, area in enumerate(areas)}
    return areas, np.array([place[area] for area in found], np.int64)


def _asked(areas: list[str], held: list[set[str]], funds: list[Fund]) -> Ints:
    """By area and outcome, the first outcome that is the same to the funds of the area: others split nobody there."""
    tests: dict[str, set[str]] = {}
    for fund in funds:
        if fund.conditions:
            tests.setdefault(fund.area, set()).update(fund.conditions)
    sizes = {len(area) for area in tests}
    asked = [frozenset().union(*(tests.get(area[:size], ()) for size in sizes)) for area in areas]
    tables = {}
    for some in set(asked):
        first: dict[frozenset[str], int] = {}
        tables[some] = [first.setdefault(some & outcome, at) for at, outcome in enumerate(held)]
    return np.array([tables[some] for some in asked], np.int64).reshape(len(areas), len(held))


def _bits(tests: list[str]) -> Iterator[pl.Expr]:
    """Which conditions hold, as the bits of a few numbers: the first condition is the highest."""
    for first in range(0, len(tests), _AT_ONCE):
        marks = [
            pl.when(condition(test)).then(pl.lit(1 << at, pl.Int16)).otherwise(pl.lit(0, pl.Int16))
            for at, test in enumerate(reversed(tests[first : first + _AT_ONCE]))
        ]
        yield reduce(operator.or_, marks).alias(str(first))


def _outcomes(seen: pl.DataFrame, tests: list[str]) -> tuple[list[set[str]], Ints]:
    """Distinct outcomes of all conditions, and each person's."""
    outcomes: list[tuple[str, ...]] = [()]
    code = np.zeros(seen.height, np.int64)
    for first in range(0, len(tests), _AT_ONCE):
        some = tests[first : first + _AT_ONCE]
        last = len(some) - 1
        code <<= len(some)
        code |= seen[str(first)].to_numpy()
        values, code = distinct(code, len(outcomes) << len(some))
        outcomes = [
            (*outcomes[value >> len(some)], *(test for at, test in enumerate(some) if value >> (last - at) & 1))
            for value in values.tolist()
        ]
    return [set(outcome) for outcome in outcomes], code
