"""Floors that rounding has missed: people who count take the place of people who are not needed for any floor."""

from typing import Any

import numpy as np

from jangkau.core.planning.instance import Floats, Floors, Instance, Ints, Solution
from jangkau.core.planning.whole import Desk

_SWAPS, _TRIED = 100, 12


def repair(case: Instance, floors: Floors, plan: Solution, worth: Any) -> Solution:
    """The plan after one swap at a time, as long as each brings it nearer to its floors; then as long as each brings
    more points and keeps them. `worth`: points on top by signature; who is worth most comes first, who is worth least
    goes first.
    """
    desk, need = Desk(case, plan), np.rint(floors.need).astype(np.int64)
    for _ in range(_SWAPS):
        short = need - floors.counts.T @ desk.paid
        if not _swapped(desk, floors.counts, short, np.asarray(worth, np.float64)):
            break
    return Solution(desk.paid, desk.used)


def _swapped(desk: Desk, counts: Ints, short: Ints, worth: Floats) -> bool:
    case, missed = desk.case, bool((short > 0).any())
    last, following = case.marginal(desk.paid)
    ours, theirs = (last + worth, following + worth) if missed else (last, following)
    wanted = np.flatnonzero((desk.paid < case.people) & (counts[:, short > 0].any(axis=1) | ~missed))
    spare = (desk.paid > 0) & ~counts[:, short >= 0].any(axis=1)
    for u in wanted[np.lexsort((wanted, -theirs[wanted]))][:_TRIED].tolist():
        mine = np.isin(case.arc_fund, case.arc_fund[case.arc_u == u]) & (desk.used > 0)
        others = np.unique(case.arc_u[mine])
        others = others[spare[others] & (missed | (last[others] < following[u]))]
        cheap = others[np.lexsort((others, ours[others]))][:_TRIED].tolist()
        if desk.insert(u) or any(desk.swap(v, u) for v in cheap):
            return True
    return False
