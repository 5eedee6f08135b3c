"""From persons and funds to the numbers of `Instance`."""

import itertools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.planning.funds import Fund
from jangkau.core.planning.instance import Flags, Instance, Ints, spread
from jangkau.core.planning.keys import Keys, distinct, in_cells, person_keys
from jangkau.core.planning.prices import Prices, price_table
from jangkau.core.tables.settings import Settings

NO_FUND, NOT_ALL_MONTHS = -1, -2
_Row = TypeVar("_Row")
_Asked = TypeVar("_Asked", bound=Hashable)


@dataclass(frozen=True)
class Built:
    """The instance, and where each person stands in it: a signature, NO_FUND or NOT_ALL_MONTHS; a cell, or -1;
    a place among `villages`. `order`: persons that have a cell, by cell.
    """

    case: Instance
    people: pl.DataFrame
    funds: list[Fund]
    signature: Ints
    cell: Ints
    order: Ints
    village: Ints
    villages: list[str | None]


@dataclass(frozen=True)
class _Offers:
    """Fund can pay key `key` by month vector `vector` (rupiah a month, 0 where it may not), by (key, fund).

    Key k has offers `start[k]` to `start[k + 1]`.
    """

    start: Ints
    fund: Ints
    vector: Ints
    vectors: Ints


def build(people: pl.DataFrame, funds: list[Fund], settings: Settings, book: Book, *, gaps: bool = False) -> Built:
    """Persons (any order) and funds (by code) as an instance; the same for every order of rows. Raises POIN_SALAH.

    With `gaps`, a signature that no fund can pay in some month is kept all the same: its node then has no arc.
    """
    negative = int((people["poin"] < 0).sum())
    if negative:
        raise Problem("POIN_SALAH", banyak=negative)
    if not people["id_pekerja"].is_sorted():
        people = people.sort("id_pekerja")
    known = person_keys(people, funds, settings, book)
    payers = sorted({(f.kind, f.rate) for f in funds})
    prices = price_table(payers, known.jobs, known.incomes, settings, book)
    offers = _offers(known, _candidates(known, funds), funds, prices, settings)
    return _assemble(people, funds, known, offers, gaps=gaps)


def _candidates(known: Keys, funds: list[Fund]) -> tuple[Ints, Ints]:
    """Pairs (key, fund) that area, occupation and conditions allow, by key and fund."""
    by_area: dict[str, list[int]] = {}
    for at, fund in enumerate(funds):
        by_area.setdefault(fund.area, []).append(at)
    sizes = sorted({len(area) for area in by_area})
    near = [sorted(s for size in sizes if size <= len(a) for s in by_area.get(a[:size], [])) for a in known.areas]
    start = np.cumsum([0, *map(len, near)])
    key, place = spread(start[known.area], np.diff(start)[known.area])
    fund_at = np.array([s for found in near for s in found], np.int64)[place]
    jobs = _allowed(known.jobs, [fund.jobs for fund in funds], lambda job, asked: not asked or job in asked)
    tests = _allowed(known.held, [fund.conditions for fund in funds], lambda held, asked: held.issuperset(asked))
    kept = jobs[known.job[key], fund_at] & tests[known.holds[key], fund_at]
    return key[kept], fund_at[kept]


def _allowed(rows: list[_Row], asked: list[_Asked], allows: Callable[[_Row, _Asked], bool]) -> Flags:
    """Whether each row allows what each fund asks, tried once for each distinct thing asked."""
    place = {words: at for at, words in enumerate(dict.fromkeys(asked))}
    table = np.array([[allows(row, words) for words in place] for row in rows], bool).reshape(len(rows), len(place))
    return table[:, np.array([place[words] for words in asked], np.int64)]


def _offers(known: Keys, pairs: tuple[Ints, Ints], funds: list[Fund], prices: Prices, settings: Settings) -> _Offers:
    key, fund = pairs
    months = range(settings.start, settings.start + settings.bulan)
    valid = np.array([[f.valid(month) for month in months] for f in funds], bool).reshape(-1, len(months))
    windows, window = np.unique(valid, axis=0, return_inverse=True)
    payer = np.array([prices.payers.index((f.kind, f.rate)) for f in funds], np.int64)
    sizes = (len(windows), *prices.rupiah.shape[:3])
    parts = (window.reshape(-1)[fund], payer[fund], known.job[key], known.income[key])
    kinds, at = distinct(np.ravel_multi_index(parts, sizes), int(np.prod(sizes)))
    in_window, *priced = np.unravel_index(kinds, sizes)
    by_month = prices.rupiah[tuple(priced)] * np.asarray(windows)[in_window]
    vectors, vector = np.unique(by_month, axis=0, return_inverse=True)
    vector = vector.reshape(-1).astype(np.int64)[at]
    some = np.asarray(vectors.any(axis=1))[vector]
    start = np.append(0, np.cumsum(np.bincount(key[some], minlength=len(known.area))))
    return _Offers(start, fund[some], vector[some], vectors)


def _assemble(people: pl.DataFrame, funds: list[Fund], known: Keys, offers: _Offers, *, gaps: bool) -> Built:
    label, first = _signatures(offers, gaps=gaps)
    signature = label[known.person]
    cells, cell, order = in_cells(signature, people["poin"].to_numpy())
    budgets = np.array([fund.budget for fund in funds], np.int64)
    nodes, arcs = _network(offers, first)
    case = Instance(budgets, *nodes, *arcs, *cells)
    return Built(case, people, funds, signature, cell, order, known.village, known.villages)


def _signatures(offers: _Offers, *, gaps: bool) -> tuple[Ints, Ints]:
    """Signature of each key (or why it has none), and the first key of each signature."""
    count = np.diff(offers.start)
    same, group = _alike(offers, count)
    covered = np.ones(len(same), bool) if gaps else _covered(offers, same)
    label = np.where(count[same] == 0, NO_FUND, np.where(covered, 0, NOT_ALL_MONTHS))
    kept = np.flatnonzero(label == 0)
    label[kept] = np.arange(len(kept))
    return label[group], same[kept]


def _alike(offers: _Offers, count: Ints) -> tuple[Ints, Ints]:
    """First key of each set of equal offers, in order, and the set of each key.

    Sets are told apart by a sum of scrambled offers, then compared offer by offer; another scramble where two
    different sets happen to sum alike.
    """
    pair = offers.fund * len(offers.vectors) + offers.vector
    row, place = spread(offers.start[:-1], count)
    for turn in itertools.count():
        sums = np.append(np.uint64(0), np.cumsum(_scramble(pair, turn)))
        mark = sums[offers.start[1:]] - sums[offers.start[:-1]]
        _, first, group = np.unique(mark, return_index=True, return_inverse=True)
        order = np.argsort(first)
        first, group = first[order].astype(np.int64), np.argsort(order)[group.reshape(-1)].astype(np.int64)
        twin = first[group]
        if (count == count[twin]).all() and (pair == pair[offers.start[twin][row] + place - offers.start[row]]).all():
            break
    return first, group


def _scramble(values: Ints, turn: int) -> npt.NDArray[np.uint64]:
    """A well-mixed 64-bit number for each value (the finaliser of SplitMix64)."""
    mixed = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15 * (turn + 1) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _covered(offers: _Offers, keys: Ints) -> Flags:
    """Whether each of these keys has, for every month, a fund that may pay it."""
    row, place = spread(offers.start[keys], offers.start[keys + 1] - offers.start[keys])
    result = np.zeros((len(keys), offers.vectors.shape[1]), bool)
    for month in range(offers.vectors.shape[1]):
        open_ = offers.vectors[offers.vector[place], month] > 0
        result[row[open_], month] = True
    return np.asarray(result.all(axis=1))


def _network(offers: _Offers, keys: Ints) -> tuple[tuple[Ints, Ints, Ints], tuple[Ints, Ints, Ints]]:
    """Nodes (u, first month, months) and arcs (node, fund, price): months alike for a signature are one node."""
    months = offers.vectors.shape[1]
    count = offers.start[keys + 1] - offers.start[keys]
    u, offer = spread(offers.start[keys], count)
    changes = np.diff(offers.vectors, axis=1, prepend=-1) != 0
    cut = np.zeros((len(keys), months), bool)
    for month in range(months):
        cut[u[changes[offers.vector[offer], month]], month] = True
    node_u, node_first = np.nonzero(cut)
    ends = np.append(np.where(np.diff(node_u) > 0, months, node_first[1:]), months)[: len(node_u)]
    before = np.cumsum(count) - count
    node, at = spread(before[node_u], count[node_u])
    price = offers.vectors[offers.vector[offer[at]], node_first[node]]
    can = price > 0
    return (node_u, node_first, ends - node_first), (node[can], offers.fund[offer[at[can]]], price[can])
