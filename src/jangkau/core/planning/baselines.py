"""What offices do today, on the same people and money: the plan is measured against these."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Instance, Ints

_ROUNDS = 5


@dataclass(frozen=True)
class _Offer:
    """What one fund can pay: bits of a signature's nodes, and rupiah for each node, by signature."""

    nodes: Ints
    cost: Ints

    def bill(self, u: Ints, nodes: Ints) -> Ints:
        """Rupiah for these nodes (bits) of people of these signatures."""
        bits = (nodes[:, None] >> np.arange(self.cost.shape[1])) & 1
        return np.asarray((self.cost[u] * bits).sum(axis=1), np.int64)


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
    reach = np.array([int(built.case.people[offer.nodes > 0].sum()) for offer in offers], np.int64)
    wide, narrow = np.argsort(-reach, kind="stable"), np.argsort(reach, kind="stable")
    points = built.people["poin"].to_numpy()
    ranked, arrival = order[np.argsort(-points[order], kind="stable")], np.sort(order)
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
    width = int(np.diff(case.first_node).max(initial=0))
    cost = np.zeros((case.signatures, width), np.int64)
    node = case.arc_node[mine]
    cost[case.node_u[node], node - case.first_node[case.node_u[node]]] = case.arc_price[mine] * case.node_months[node]
    return _Offer(np.asarray((cost > 0) @ (1 << np.arange(width)), np.int64), cost)


def _rounds(built: Built, offers: list[_Offer], turns: Ints, who: Ints) -> _Outcome:
    listed = np.ones(len(who), bool)
    for _ in range(_ROUNDS):
        outcome = _in_turn(built, offers, turns, who, listed)
        cut_off = listed & ~outcome.whole & (outcome.paid > 0)
        if not cut_off.any():
            break
        listed &= ~cut_off
    return outcome


def _in_turn(built: Built, offers: list[_Offer], turns: Ints, who: Ints, listed: npt.NDArray[np.bool_]) -> _Outcome:
    """Fund after fund goes down the list and pays the months that are still open."""
    u = built.signature[who]
    waiting = _all_nodes(built.case)[u] * listed
    paid = np.zeros(len(who), np.int64)
    for fund in turns:
        takes = offers[fund].nodes[u] & waiting
        able = np.flatnonzero(takes)
        bill = offers[fund].bill(u[able], takes[able])
        count = int(np.searchsorted(np.cumsum(bill), built.funds[fund].budget, side="right"))
        paid[able[:count]] += bill[:count]
        waiting[able[:count]] &= ~takes[able[:count]]
    return _Outcome((waiting == 0) & listed, paid, np.zeros_like(paid))


def _blind(built: Built, offers: list[_Offer], who: Ints) -> _Outcome:
    """Every fund goes down the list as if it were alone."""
    u = built.signature[who]
    waiting = _all_nodes(built.case)[u]
    paid, twice = np.zeros((2, len(who)), np.int64)
    for fund, offer in enumerate(offers):
        able = np.flatnonzero(offer.nodes[u])
        bill = offer.bill(u[able], offer.nodes[u[able]])
        served = able[: int(np.searchsorted(np.cumsum(bill), built.funds[fund].budget, side="right"))]
        nodes = offer.nodes[u[served]]
        paid[served] += bill[: len(served)]
        twice[served] += offer.bill(u[served], nodes & ~waiting[served])
        waiting[served] &= ~nodes
    return _Outcome(waiting == 0, paid, twice)


def _all_nodes(case: Instance) -> Ints:
    return (np.int64(1) << np.diff(case.first_node)) - 1


def _words(built: Built, who: Ints, outcome: _Outcome, how: str) -> dict[str, int | str]:
    whole = outcome.whole
    return {
        "cara": how,
        "poin": int(built.people["poin"].to_numpy()[who][whole].sum()),
        "orang": int(whole.sum()),
        "ganda": int((outcome.twice > 0).sum()),
        "rupiah": int(outcome.paid.sum()),
        "terbuang": int(outcome.paid[~whole].sum() + outcome.twice[whole].sum()),
    }
