"""From persons and funds to the numbers of `Instance`."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.planning.funds import Fund, condition
from jangkau.core.planning.instance import Instance, Ints
from jangkau.core.planning.prices import Prices, income_classes, price_table
from jangkau.core.tables.settings import Settings

NO_FUND, NOT_ALL_MONTHS = -1, -2


@dataclass(frozen=True)
class Built:
    """The instance, and where each person stands in it: a signature, NO_FUND or NOT_ALL_MONTHS."""

    case: Instance
    people: pl.DataFrame
    funds: list[Fund]
    signature: Ints


@dataclass(frozen=True)
class _Keys:
    """Distinct standings of persons: area, occupation, conditions that hold, income class; `person` -> its key."""

    person: Ints
    area: Ints
    job: Ints
    holds: Ints
    income: Ints


@dataclass(frozen=True)
class _Offers:
    """Fund can pay standing `key` by month vector `vector` (rupiah a month, 0 where it may not), by (key, fund)."""

    key: Ints
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
    people = people.sort("id_pekerja")
    jobs: list[str | None] = people["pekerjaan"].unique().sort().to_list()
    tests = sorted({test for fund in funds for test in fund.conditions})
    areas, area = _areas(people, funds)
    outcomes, holds = _outcomes(people, tests)
    income, incomes = income_classes(people, settings, book)
    job = people["pekerjaan"].rank("dense").fill_null(0).to_numpy().astype(np.int64) - (None not in jobs)
    keys = _keys(area, job, holds, income)
    held = [{test for test, ok in zip(tests, row, strict=True) if ok} for row in outcomes]
    pairs = _candidates(keys, funds, areas, jobs, held)
    payers = sorted({(f.kind, f.rate) for f in funds})
    prices = price_table(payers, jobs, incomes, settings, book)
    offers = _offers(keys, pairs, funds, prices, settings)
    return _assemble(people, funds, keys, offers, gaps=gaps)


def _areas(people: pl.DataFrame, funds: list[Fund]) -> tuple[list[str], Ints]:
    """The longest fund area that holds each village (it settles every shorter one), and each person's place in them."""
    found = pl.lit("")
    for size in sorted({len(fund.area) for fund in funds} - {0}):
        head = pl.col("kode_desa").str.slice(0, size)
        found = pl.when(head.is_in(sorted({f.area for f in funds if len(f.area) == size}))).then(head).otherwise(found)
    area = people.select(area=found.fill_null(""))["area"]
    return area.unique().sort().to_list(), area.rank("dense").to_numpy().astype(np.int64) - 1


def _outcomes(people: pl.DataFrame, tests: list[str]) -> tuple[Ints, Ints]:
    """Distinct outcomes of all conditions (rows of 0/1), and each person's."""
    if not tests:
        return np.zeros((1, 0), np.int64), np.zeros(people.height, np.int64)
    held = people.select(condition(test).alias(test) for test in tests).to_numpy().astype(np.int64)
    rows, label = np.unique(held, axis=0, return_inverse=True)
    return rows, label.reshape(-1).astype(np.int64)


def _keys(*parts: Ints) -> _Keys:
    sizes = tuple(int(part.max(initial=0)) + 1 for part in parts)
    distinct, person = np.unique(np.ravel_multi_index(parts, sizes), return_inverse=True)
    area, job, holds, income = (part.astype(np.int64) for part in np.unravel_index(distinct, sizes))
    return _Keys(person.reshape(-1).astype(np.int64), area, job, holds, income)


def _candidates(
    keys: _Keys, funds: list[Fund], areas: list[str], jobs: list[str | None], outcomes: list[set[str]]
) -> tuple[Ints, Ints]:
    """Pairs (key, fund) that area, occupation and conditions allow, by key and fund."""
    by_area: dict[str, list[int]] = {}
    for at, fund in enumerate(funds):
        by_area.setdefault(fund.area, []).append(at)
    near = [sorted(s for size in range(len(area) + 1) for s in by_area.get(area[:size], [])) for area in areas]
    allows_job = np.array([[not f.jobs or job in f.jobs for job in jobs] for f in funds], bool).reshape(
        len(funds), len(jobs)
    )
    allows = np.array([[set(f.conditions) <= held for held in outcomes] for f in funds], bool).reshape(
        len(funds), len(outcomes)
    )
    count = np.array([len(found) for found in near], np.int64)[keys.area]
    key = np.repeat(np.arange(len(keys.area)), count)
    flat = np.array([s for found in near for s in found], np.int64)
    start = np.cumsum([0, *map(len, near)])[:-1]
    fund_at = np.arange(len(key)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start[keys.area], count)
    near_fund = flat[fund_at] if len(flat) else np.zeros(0, np.int64)
    kept = allows_job[near_fund, keys.job[key]] & allows[near_fund, keys.holds[key]]
    return key[kept].astype(np.int64), near_fund[kept]


def _offers(keys: _Keys, pairs: tuple[Ints, Ints], funds: list[Fund], prices: Prices, settings: Settings) -> _Offers:
    key, fund = pairs
    months = range(settings.start, settings.start + settings.bulan)
    valid = np.array([[f.valid(month) for month in months] for f in funds], bool).reshape(-1, len(months))
    windows, window = np.unique(valid, axis=0, return_inverse=True)
    payer = np.array([prices.payers.index((f.kind, f.rate)) for f in funds], np.int64)
    sizes = (len(windows), *prices.rupiah.shape[:3])
    kind = np.ravel_multi_index((window.reshape(-1)[fund], payer[fund], keys.job[key], keys.income[key]), sizes)
    kinds, at = np.unique(kind, return_inverse=True)
    in_window, *priced = np.unravel_index(kinds, sizes)
    by_month = prices.rupiah[tuple(priced)] * np.asarray(windows)[in_window]
    vectors, vector = np.unique(by_month, axis=0, return_inverse=True)
    vector = vector.reshape(-1)[at.reshape(-1)]
    some = np.asarray(vectors.any(axis=1))[vector]
    return _Offers(key[some], fund[some], vector[some].astype(np.int64), vectors)


def _assemble(people: pl.DataFrame, funds: list[Fund], keys: _Keys, offers: _Offers, *, gaps: bool) -> Built:
    signature_of_key, firsts = _signatures(len(keys.area), offers, gaps=gaps)
    signature = signature_of_key[keys.person]
    known = signature >= 0
    points = people["poin"].to_numpy().astype(np.int64)
    top = int(points.max(initial=0))
    cells, size = np.unique(signature[known] * (top + 1) + (top - points[known]), return_counts=True)
    budgets = np.array([fund.budget for fund in funds], np.int64)
    nodes, arcs = _network(offers, firsts)
    case = Instance(budgets, *nodes, *arcs, cells // (top + 1), top - cells % (top + 1), size.astype(np.int64))
    return Built(case, people, funds, signature)


def _signatures(keys: int, offers: _Offers, *, gaps: bool) -> tuple[Ints, list[slice]]:
    """Signature of each key (or why it has none), and where the offers of each signature's first key stand."""
    ends = np.searchsorted(offers.key, np.arange(keys + 1)).tolist()
    pairs = np.stack([offers.fund, offers.vector], axis=1)
    known: dict[bytes, int] = {}
    firsts: list[slice] = []
    result = np.full(keys, NO_FUND, np.int64)
    for key in range(keys):
        place = slice(ends[key], ends[key + 1])
        if place.start == place.stop:
            continue
        mark = pairs[place].tobytes()
        if mark not in known:
            covered = gaps or bool(offers.vectors[offers.vector[place]].any(axis=0).all())
            known[mark] = len(firsts) if covered else NOT_ALL_MONTHS
            firsts.extend([place] if covered else [])
        result[key] = known[mark]
    return result, firsts


def _network(offers: _Offers, firsts: list[slice]) -> tuple[tuple[Ints, Ints, Ints], tuple[Ints, Ints, Ints]]:
    """Nodes (u, first month, months) and arcs (node, fund, price): months alike for a signature are one node."""
    months = offers.vectors.shape[1]
    count = np.array([place.stop - place.start for place in firsts], np.int64)
    offer = np.concatenate([np.arange(p.start, p.stop) for p in firsts] or [np.zeros(0, np.int64)])
    u = np.repeat(np.arange(len(firsts)), count)
    changes = np.diff(offers.vectors, axis=1, prepend=-1) != 0
    cut = np.zeros((len(firsts), months), bool)
    np.logical_or.at(cut, u, changes[offers.vector[offer]])
    node_u, node_first = np.nonzero(cut)
    ends = np.append(np.where(np.diff(node_u) > 0, months, node_first[1:]), months)[: len(node_u)]
    return (node_u, node_first, ends - node_first), _arcs(offers, offer, count, node_u, node_first)


def _arcs(offers: _Offers, offer: Ints, count: Ints, node_u: Ints, node_first: Ints) -> tuple[Ints, Ints, Ints]:
    start = np.cumsum(count) - count
    each = count[node_u]
    node = np.repeat(np.arange(len(node_u)), each)
    at = np.arange(len(node)) - np.repeat(np.cumsum(each) - each, each) + np.repeat(start[node_u], each)
    chosen = offer[at]
    price = offers.vectors[offers.vector[chosen], node_first[node]]
    can = price > 0
    return node[can], offers.fund[chosen[can]], price[can]
