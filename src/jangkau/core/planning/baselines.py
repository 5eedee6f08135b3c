"""What offices do today, on the same people and money: the plan is measured against these.

Definitions. `orang`: people who get all months of the plan; only their points count. `ganda`: people of whom some
month is paid by more than one fund. `terbuang`: every rupiah paid for somebody who does not get all months, and, of a
month paid more than once, everything but the dearest payment (so that waste is never overstated).

A list is kept as runs of people alike. Funds that share nobody are played at once, so a province takes a dozen
steps, however many funds it has; the outcome is that of every fund going down the list person by person.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Instance, Ints

_ROUNDS = 5
_STRETCH = 1 << 15


@dataclass(frozen=True)
class _Offers:
    """Fund may pay signature: one row a pair. `bits` are the nodes that it may pay, `cost` rupiah by node."""

    fund: Ints
    u: Ints
    bits: Ints
    cost: Ints
    total: Ints
    turns: list[Ints]

    def bill(self, pair: Ints, bits: Ints) -> Ints:
        """Rupiah for these nodes of a person."""
        due = self.total[pair]
        part = np.flatnonzero(bits != self.bits[pair])
        if len(part):
            chosen = (bits[part, None] >> np.arange(self.cost.shape[1])) & 1
            due[part] = (self.cost[pair[part]] * chosen).sum(axis=1)
        return due


@dataclass(frozen=True)
class _List:
    """People in the order of a list, in runs alike: signature, points, how many, nodes still open, rupiah each, and
    the dearest payment of each node (kept only where funds do not know of each other).
    """

    u: Ints
    points: Ints
    count: Ints
    open: Ints
    paid: Ints
    best: Ints

    def split(self, at: Ints, first: Ints) -> "_List":
        """The list with some runs cut in two, the first part `first` people long."""
        times = np.ones(len(self.u), np.int64)
        times[at] = 2
        longer = replace(
            self, **{field.name: np.repeat(getattr(self, field.name), times, axis=0) for field in fields(self)}
        )
        place = at + np.arange(len(at))
        longer.count[place] = first
        longer.count[place + 1] -= first
        return longer

    def only(self, kept: npt.NDArray[np.bool_]) -> "_List":
        """Some of the runs."""
        return replace(self, **{field.name: getattr(self, field.name)[kept] for field in fields(self)})


def baselines(built: Built) -> dict[str, dict[str, int | str]]:
    """Four habits: lists cut from the top by points, flexible money first or restricted money first; a list in no
    order of need; funds that do not know of each other.

    A fund goes down its list and stops at the first person whom it cannot pay. Where funds know of each other,
    whoever cannot get all months is struck off and his money goes down the list again, up to five times.
    """
    case = built.case
    reach = np.zeros(case.funds, np.int64)
    pairs = np.unique(np.stack([case.arc_fund, case.arc_u]), axis=1)
    np.add.at(reach, pairs[0], case.people[pairs[1]])
    wide, narrow = np.argsort(-reach, kind="stable"), np.argsort(reach, kind="stable")
    ranked, arrival = _ranked(case), _arrival(built)
    habits = {
        "urut_poin_dana_luwes_dulu": ("urut poin, dana paling luwes dahulu", ranked, wide),
        "urut_poin_dana_terbatas_dulu": ("urut poin, dana paling terbatas dahulu", ranked, narrow),
        "urut_daftar": ("urut daftar tanpa poin, dana paling luwes dahulu", arrival, wide),
    }
    result = {name: _known(case, _offers(case, turns), who, how) for name, (how, who, turns) in habits.items()}
    return result | {"dana_saling_tidak_tahu": _blind(case, _offers(case, wide), ranked)}


def _offers(case: Instance, turns: Ints) -> _Offers:
    """Pairs of fund and signature, and the funds in steps: a step holds funds that share nobody."""
    order = np.lexsort((case.arc_node, case.arc_u, case.arc_fund))
    fund, u = case.arc_fund[order], case.arc_u[order]
    fresh = np.flatnonzero((np.diff(fund, prepend=-1) != 0) | (np.diff(u, prepend=-1) != 0))
    pair = np.cumsum(np.isin(np.arange(len(order)), fresh)) - 1
    node = case.arc_node[order]
    place = node - case.first_node[u]
    cost = np.zeros((len(fresh), int(np.diff(case.first_node).max(initial=1))), np.int64)
    cost[pair, place] = case.arc_price[order] * case.node_months[node]
    bits = np.zeros(len(fresh), np.int64)
    np.bitwise_or.at(bits, pair, np.int64(1) << place)
    step = _steps(case, fund[fresh], u[fresh], turns)
    return _Offers(
        fund[fresh], u[fresh], bits, cost, cost.sum(axis=1),
        [np.flatnonzero(step == at) for at in range(int(step.max(initial=-1)) + 1)],
    )  # fmt: skip


def _steps(case: Instance, fund: Ints, u: Ints, turns: Ints) -> Ints:
    """For each pair the step in which its fund pays: after every fund before it that shares somebody with it."""
    start = np.searchsorted(fund, np.arange(case.funds + 1))
    taken = np.zeros(case.signatures, np.int64)
    step = np.zeros(len(fund), np.int64)
    for s in turns:
        mine = slice(start[s], start[s + 1])
        step[mine] = taken[u[mine]].max(initial=0)
        taken[u[mine]] = step[mine] + 1
    return step


def _ranked(case: Instance) -> _List:
    order = np.lexsort((case.cell_u, -case.cell_points))
    return _list(case.cell_u[order], case.cell_points[order], case.cell_size[order])


def _arrival(built: Built) -> _List:
    """People by `id_pekerja`, which knows nothing of need."""
    known = np.flatnonzero(built.signature >= 0)
    points = built.people["poin"].to_numpy().astype(np.int64)[known]
    return _list(built.signature[known], points, np.ones(len(known), np.int64))


def _list(u: Ints, points: Ints, count: Ints) -> _List:
    return _List(u, points, count, np.zeros_like(u), np.zeros_like(u), np.zeros((len(u), 0), np.int64))


def _fresh(case: Instance, people: _List) -> _List:
    """The list before anybody is paid, in arrays of its own."""
    nodes = (np.int64(1) << np.diff(case.first_node)) - 1
    return replace(people, count=people.count.copy(), open=nodes[people.u], paid=np.zeros_like(people.u))


def _known(case: Instance, offers: _Offers, people: _List, how: str) -> dict[str, int | str]:
    """Fund after fund pays the months that are still open."""
    for turn in range(_ROUNDS):
        after = _fresh(case, people)
        for step in offers.turns:
            after = _step(case, offers, step, after, blind=False)
        cut_off = (after.open != 0) & (after.paid > 0)
        if not cut_off.any() or turn == _ROUNDS - 1:
            break
        people = after.only(~cut_off)
    return _words(after, after.open == 0, np.zeros_like(after.paid), how)


def _blind(case: Instance, offers: _Offers, people: _List) -> dict[str, int | str]:
    """Every fund goes down the list as if it were alone."""
    people = replace(_fresh(case, people), best=np.zeros((len(people.u), offers.cost.shape[1]), np.int64))
    for step in offers.turns:
        people = _step(case, offers, step, people, blind=True)
    twice = people.paid - people.best.sum(axis=1)
    return _words(people, people.open == 0, twice, "tiap dana memilih sendiri, urut poin")


def _step(case: Instance, offers: _Offers, step: Ints, people: _List, *, blind: bool) -> _List:
    """Funds that share nobody each go down the list and pay until their money ends. The list is the caller's no more.

    Stretch by stretch, so that what lies below the last person paid is not looked at.
    """
    bits, of_u = np.zeros((2, case.signatures), np.int64)
    bits[offers.u[step]], of_u[offers.u[step]] = offers.bits[step], step
    left, paid = case.budgets.copy(), [np.zeros((3, 0), np.int64)]
    for first in range(0, len(people.u), _STRETCH):
        row, pair = _next(offers, people, bits, of_u, slice(first, first + _STRETCH), blind=blind)
        fund, count = offers.fund.take(pair), people.count.take(row)
        bill = _bill(offers, people, row, pair, blind=blind)
        many = _served(left, fund, bill, count)
        np.subtract.at(left, fund, bill * many)
        paid.append(np.stack([row, pair, many])[:, many > 0])
        stopped = np.isin(offers.fund[step], fund[many < count])
        bits[offers.u[step[stopped]]] = 0
        if not bits.any():
            break
    row, pair, many = np.concatenate(paid, axis=1)
    order = np.argsort(row)
    return _pay(offers, people, row[order], pair[order], many[order], blind=blind)


def _next(offers: _Offers, people: _List, bits: Ints, of_u: Ints, stretch: slice, *, blind: bool) -> tuple[Ints, Ints]:
    """Runs of a stretch whom a fund may pay months that are open (`bits`, by signature), by fund, and their offers.

    Small integers sort fast, which is why funds are narrowed.
    """
    wanted = bits.take(people.u[stretch])
    row = np.flatnonzero(wanted if blind else wanted & people.open[stretch]) + stretch.start
    pair = of_u.take(people.u.take(row))
    turn = np.argsort(offers.fund.take(pair).astype(np.min_scalar_type(int(offers.fund.max(initial=0)))), kind="stable")
    return row.take(turn), pair.take(turn)


def _bill(offers: _Offers, people: _List, row: Ints, pair: Ints, *, blind: bool) -> Ints:
    """Rupiah for the months of these runs that the fund may pay and that are open; blind funds take all for open."""
    bits = offers.bits.take(pair)
    return offers.bill(pair, bits if blind else bits & people.open.take(row))


def _pay(offers: _Offers, people: _List, row: Ints, pair: Ints, many: Ints, *, blind: bool) -> _List:
    """The list after the first `many` people of each of these runs were paid."""
    part = many < people.count[row]
    people = people.split(row[part], many[part]) if part.any() else people
    row = row + np.cumsum(part) - part
    bits = offers.bits[pair]
    people.paid[row] += _bill(offers, people, row, pair, blind=blind)
    people.open[row] &= ~bits
    if blind:
        people.best[row] = np.maximum(people.best[row], offers.cost[pair])
    return people


def _served(budgets: Ints, fund: Ints, bill: Ints, count: Ints) -> Ints:
    """People of each run that a fund pays, runs by fund and in order of the list: as far as the money goes."""
    if not len(fund):
        return fund
    due = bill * count
    total = np.cumsum(due)
    first = np.flatnonzero(np.diff(fund, prepend=-1) != 0)
    before = total - due - np.repeat((total - due)[first], np.diff(np.append(first, len(fund))))
    return np.asarray(np.clip((budgets[fund] - before) // bill, 0, count), np.int64)


def _words(people: _List, whole: npt.NDArray[np.bool_], twice: Ints, how: str) -> dict[str, int | str]:
    count = people.count
    return {
        "cara": how,
        "poin": int((people.points * count)[whole].sum()),
        "orang": int(count[whole].sum()),
        "ganda": int(count[twice > 0].sum()),
        "rupiah": int((people.paid * count).sum()),
        "terbuang": int((people.paid * count)[~whole].sum() + (twice * count)[whole].sum()),
    }
