"""Who is paid by which fund for which months: months of a signature dealt out to its people, in unbroken runs."""

import hashlib
import itertools
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Flags, Instance, Ints, Solution, spread
from jangkau.core.planning.smooth import smooth
from jangkau.core.planning.ways import ways_of


@dataclass(frozen=True)
class Schedule:
    """`order`: persons that have a signature, by (signature, points descending, lottery); `taken`: those paid.

    A run is one row: `run_person` paid by `run_fund` from month `run_first` (of the plan) for `run_months`,
    `run_price` rupiah in the first and `run_total` in all of them.
    """

    order: Ints
    taken: Ints
    run_person: Ints
    run_fund: Ints
    run_first: Ints
    run_months: Ints
    run_price: Ints
    run_total: Ints


def deal(built: Built, plan: Solution, seed: int | str) -> Schedule:
    """The plan's months dealt out in the fewer rows of two ways: as the plan stands, and smoothed."""
    smoothed = smooth(built.case, plan)
    ways = [plan] if smoothed is plan else [smoothed, plan]
    return min((schedule(built, each, seed) for each in ways), key=lambda dealt: len(dealt.run_person))


def schedule(built: Built, plan: Solution, seed: int | str) -> Schedule:
    """Deal the plan's months out. People of one signature and equal points are ordered by the published lottery."""
    cells = built.case.cells_taken(plan.paid)
    order = turns(built, (cells > 0) & (cells < built.case.cell_size), seed)
    people = built.case.people
    taken = order[spread(plan.paid * 0, people)[1] < np.repeat(plan.paid, people)]
    ways = _all_ways(built.case, plan)
    way = np.repeat(np.arange(len(ways.people)), ways.people)
    person, at = spread(ways.start[way], np.diff(ways.start)[way])
    return Schedule(order, taken, taken[person], *ways.runs[at].T)


def ticket(seed: int | str, person: str) -> str:
    """The lottery ticket of a person: sha256 of `seed|id_pekerja`, smallest first. Anyone can repeat it."""
    return hashlib.sha256(f"{seed}|{person}".encode()).hexdigest()


def turns(built: Built, drawn: Flags, seed: int | str) -> Ints:
    """Persons that have a cell, by cell. Those of the cells `drawn` stand in the order of their lottery tickets.

    The others stand by id, which decides nothing.
    """
    order = built.order.copy()
    lots = np.flatnonzero(np.repeat(drawn, built.case.cell_size))
    names = built.people["id_pekerja"].gather(order[lots]).to_list()
    tickets = np.array([ticket(seed, name) for name in names], "S64")
    order[lots] = order[lots][np.lexsort((tickets, built.cell[order[lots]]))]
    return order


@dataclass(frozen=True)
class _Ways:
    """Ways to be paid, by signature: way w is for `people[w]` people and has runs `start[w]` to `start[w + 1]`.

    A run is (fund, first month, months, first price, total).
    """

    people: Ints
    start: Ints
    runs: Ints


def _all_ways(case: Instance, plan: Solution) -> _Ways:
    """The ways of all signatures: at once where one chain of funds pays everybody, else one by one."""
    u, runs, plain = _plain(case, plan)
    simple, length = np.unique(u, return_counts=True)
    known = np.stack([simple, plan.paid[simple], length], axis=1)
    single, own, rest = _single(case, plan, plain)
    # numbers alone, so that the collector of garbage has nothing to look through
    told: list[int] = []
    more: list[int] = []
    for of_u, way in ways_of(case, rest, np.flatnonzero((rest.paid > 0) & ~plain).tolist()):
        told += (of_u, way.count, len(way.runs))
        more += itertools.chain.from_iterable(way.runs)
    of, people, many = np.concatenate([known, single, np.array(told, np.int64).reshape(-1, 3)]).T
    flat = np.concatenate([runs, own, np.array(more, np.int64).reshape(-1, 5)])
    by_u = np.argsort(of, kind="stable")
    at = spread((np.cumsum(many) - many)[by_u], many[by_u])[1]
    return _Ways(people[by_u], np.append(0, np.cumsum(many[by_u])), flat[at])


def _single(case: Instance, plan: Solution, plain: Flags) -> tuple[Ints, Ints, Solution]:
    """Signatures of one node that several funds pay: ways and runs of those whom one fund pays, the fund with most
    months first; and what is left of the plan.
    """
    alone = (np.diff(case.first_node) == 1) & ~plain
    arcs = np.flatnonzero(alone[case.arc_u] & (plan.used >= case.node_months[case.arc_node]))
    arcs = arcs[np.lexsort((case.arc_fund[arcs], -plan.used[arcs], case.arc_u[arcs]))]
    u, node, price = case.arc_u[arcs], case.arc_node[arcs], case.arc_price[arcs]
    months = case.node_months[node]
    people = plan.used[arcs] // months
    rest = Solution(plan.paid.copy(), plan.used.copy())
    rest.used[arcs] -= people * months
    np.subtract.at(rest.paid, u, people)
    runs = np.stack([case.arc_fund[arcs], case.node_first[node], months, price, months * price], axis=1)
    return np.stack([u, people, np.ones_like(u)], axis=1), runs, rest


def _plain(case: Instance, plan: Solution) -> tuple[Ints, Ints, Flags]:
    """Runs (and their signatures) of the signatures in which one fund pays each node, none of them twice apart."""
    arcs = np.flatnonzero(plan.used)
    single = np.bincount(case.arc_node[arcs], minlength=len(case.node_u)) <= 1
    plain = np.logical_and.reduceat(single, case.first_node[:-1]) if case.signatures else np.zeros(0, bool)
    arcs = arcs[plain[case.arc_u[arcs]]]
    u, fund, node = case.arc_u[arcs], case.arc_fund[arcs], case.arc_node[arcs]
    begins = np.flatnonzero(np.diff(u * case.funds + fund, prepend=-1))
    months, bill = case.node_months[node], case.node_months[node] * case.arc_price[arcs]
    parts = [fund[begins], case.node_first[node[begins]], months, case.arc_price[arcs[begins]], bill]
    if len(begins):
        parts[2], parts[4] = np.add.reduceat(months, begins), np.add.reduceat(bill, begins)
    pairs, times = np.unique(u[begins] * case.funds + fund[begins], return_counts=True)
    plain[pairs[times > 1] // max(case.funds, 1)] = False
    kept = plain[u[begins]]
    return u[begins][kept], np.stack(parts, axis=1)[kept], plain
