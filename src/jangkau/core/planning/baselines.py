"""What offices do today, on the same people and money: the plan is measured against these."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Instance, Ints

_ROUNDS = 5


@dataclass(frozen=True)
class _Offer:
    """What one fund can pay, for the signatures `u` that it can pay: bits of their nodes, and rupiah for each node."""

    u: Ints
    nodes: Ints
    cost: Ints

    def bill(self, u: Ints, nodes: Ints) -> Ints:
        """Rupiah for these nodes (bits) of people of these signatures."""
        bits = (nodes[:, None] >> np.arange(self.cost.shape[1])) & 1
        return np.asarray((self.cost[np.searchsorted(self.u, u)] * bits).sum(axis=1), np.int64)


@dataclass(frozen=True)
class _List:
    """People in the order of a list, by place; `u` their signatures, `by_u` their places by signature."""

    who: Ints
    u: Ints
    by_u: Ints
    start: Ints

    def able(self, offer: _Offer) -> Ints:
        """Places of the people that a fund may pay, in order."""
        return np.sort(
            np.concatenate([self.by_u[self.start[u] : self.start[u + 1]] for u in offer.u] or [self.by_u[:0]])
        )


@dataclass(frozen=True)
class _Outcome:
    """Who got all months, and by person: rupiah paid, rupiah paid twice."""

    whole: npt.NDArray[np.bool_]
    paid: Ints
    twice: Ints


def baselines(built: Built, order: Ints) -> dict[str, dict[str, int | str]]:
    """Four habits: lists cut from the top by points, flexible money first or restricted money first; first come first
    served; funds that do not know of each other.

    `order`: persons by signature, points descending, lottery. Arrival is the order of `id_pekerja`. Only people who
    get all months count; money spent on others and on months paid twice is `terbuang`. Where funds know of each
    other, whoever cannot get all months is struck off and his money goes down the list again.
    """
    offers = [_offer(built.case, fund) for fund in range(built.case.funds)]
    reach = np.array([int(built.case.people[offer.u].sum()) for offer in offers], np.int64)
    wide, narrow = np.argsort(-reach, kind="stable"), np.argsort(reach, kind="stable")
    points = built.people["poin"].to_numpy()
    ranked, arrival = _list(built, order[np.argsort(-points[order], kind="stable")]), _list(built, np.sort(order))
    habits = {
        "urut_poin_dana_luwes_dulu": ("urut poin, dana paling luwes dahulu", ranked, wide),
        "urut_poin_dana_terbatas_dulu": ("urut poin, dana paling terbatas dahulu", ranked, narrow),
        "urut_daftar": ("urut daftar (id_pekerja), dana paling luwes dahulu", arrival, wide),
    }
    result = {
        name: _words(built, who, _rounds(built, offers, turns, who), how) for name, (how, who, turns) in habits.items()
    }
    blind = _blind(built, offers, ranked)
    result["dana_saling_tidak_tahu"] = _words(built, ranked, blind, "tiap dana memilih sendiri, urut poin")
    return result


def _offer(case: Instance, fund: int) -> _Offer:
    mine = np.flatnonzero(case.arc_fund == fund)
    node = case.arc_node[mine]
    u, row = np.unique(case.node_u[node], return_inverse=True)
    width = int(np.diff(case.first_node).max(initial=0))
    cost = np.zeros((len(u), width), np.int64)
    cost[row.reshape(-1), node - case.first_node[case.node_u[node]]] = case.arc_price[mine] * case.node_months[node]
    return _Offer(u, np.asarray((cost > 0) @ (1 << np.arange(width)), np.int64), cost)


def _list(built: Built, who: Ints) -> _List:
    u = built.signature[who]
    by_u = np.argsort(u, kind="stable")
    return _List(who, u, by_u, np.searchsorted(u[by_u], np.arange(built.case.signatures + 1)))


def _rounds(built: Built, offers: list[_Offer], turns: Ints, people: _List) -> _Outcome:
    listed = np.ones(len(people.who), bool)
    for _ in range(_ROUNDS):
        outcome = _in_turn(built, offers, turns, people, listed)
        cut_off = listed & ~outcome.whole & (outcome.paid > 0)
        if not cut_off.any():
            break
        listed &= ~cut_off
    return outcome


def _in_turn(built: Built, offers: list[_Offer], turns: Ints, people: _List, listed: npt.NDArray[np.bool_]) -> _Outcome:
    """Fund after fund goes down the list and pays the months that are still open."""
    waiting = _all_nodes(built.case)[people.u] * listed
    paid = np.zeros(len(people.who), np.int64)
    for fund in turns:
        offer = offers[fund]
        able = people.able(offer)
        able = able[waiting[able] > 0]
        takes = offer.nodes[np.searchsorted(offer.u, people.u[able])] & waiting[able]
        bill = offer.bill(people.u[able], takes)
        count = int(np.searchsorted(np.cumsum(bill), built.funds[fund].budget, side="right"))
        paid[able[:count]] += bill[:count]
        waiting[able[:count]] &= ~takes[:count]
    return _Outcome((waiting == 0) & listed, paid, np.zeros_like(paid))


def _blind(built: Built, offers: list[_Offer], people: _List) -> _Outcome:
    """Every fund goes down the list as if it were alone."""
    waiting = _all_nodes(built.case)[people.u]
    paid, twice = np.zeros((2, len(people.who)), np.int64)
    for fund, offer in enumerate(offers):
        able = people.able(offer)
        nodes = offer.nodes[np.searchsorted(offer.u, people.u[able])]
        bill = offer.bill(people.u[able], nodes)
        count = int(np.searchsorted(np.cumsum(bill), built.funds[fund].budget, side="right"))
        served, nodes = able[:count], nodes[:count]
        paid[served] += bill[:count]
        twice[served] += offer.bill(people.u[served], nodes & ~waiting[served])
        waiting[served] &= ~nodes
    return _Outcome(waiting == 0, paid, twice)


def _all_nodes(case: Instance) -> Ints:
    return (np.int64(1) << np.diff(case.first_node)) - 1


def _words(built: Built, people: _List, outcome: _Outcome, how: str) -> dict[str, int | str]:
    whole = outcome.whole
    return {
        "cara": how,
        "poin": int(built.people["poin"].to_numpy()[people.who][whole].sum()),
        "orang": int(whole.sum()),
        "ganda": int((outcome.twice > 0).sum()),
        "rupiah": int(outcome.paid.sum()),
        "terbuang": int(outcome.paid[~whole].sum() + outcome.twice[whole].sum()),
    }
