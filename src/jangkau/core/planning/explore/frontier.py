"""The line of budgets: from nothing to twice the money, whom it pays and what it reaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jangkau.core.planning.build import Built
from jangkau.core.planning.duals import guess
from jangkau.core.planning.explore.quick import MANY_FUNDS, Quick, again, quick, rough
from jangkau.core.planning.explore.turns import Turns, parts
from jangkau.core.planning.instance import Floats, Instance, Ints, Solution

STEP, STEP_OF_MANY, MOST = 5, 10, 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Reached:
    """The plan itself, which stands at 100 percent: points, bound, rupiah, and whether each person is paid."""

    points: int
    bound: int
    spent: int
    paid: Any


@dataclass(frozen=True)
class _Place:
    """A place on the line: people of each cell, their points, the bound, and rupiah; None where it is an estimate."""

    taken: Ints
    points: int
    bound: int
    spent: int | None


def frontier(built: Built, seed: int | str, own: Reached | None, new: Any) -> list[Row]:
    """One row for each share of the money of every fund, 0 to 200 percent in steps of 5 (10 above 200 funds).

    Each row is a whole plan beside the bound on the best one; with very many people, funds and prices it is an estimate
    (`perkiraan`) below a proven bound. More money never gives fewer points. `new`: whether each person, if paid, is
    newly covered. Targets are not part of it; `own` is None for a plan that has some.
    """
    case = built.case
    shares = range(0, MOST + 1, STEP if case.funds <= MANY_FUNDS else STEP_OF_MANY)
    places = list(_places(case, shares, _own(built, own)))
    drawn = np.unique(np.concatenate([parts(case.cell_size, each.taken) for each in places]))
    turns, every = Turns(built, drawn, seed), np.arange(len(case.cell_size))
    sums = turns.sums(np.asarray(new, np.int64))
    rows = [
        _row(share, case, each, round(turns.first(sums, every, each.taken)))
        for share, each in zip(shares, places, strict=True)
    ]
    if own is not None:
        rows[shares.index(100)]["baru"] = int((own.paid & new).sum())
    return rows


def _own(built: Built, own: Reached | None) -> _Place | None:
    if own is None:
        return None
    taken = np.bincount(built.cell[own.paid], minlength=len(built.case.cell_size))
    return _Place(taken.astype(np.int64), own.points, own.bound, own.spent)


def _places(case: Instance, shares: Iterable[int], own: _Place | None) -> Iterator[_Place]:
    """A place for each share; the one before, where it is better: its money is there too."""
    many = _ManyFunds(case) if case.funds > MANY_FUNDS and not case.one_price else None
    before = _Place(np.zeros_like(case.cell_size), 0, 0, 0)
    for share in shares:
        here = replace(case, budgets=money(case.budgets, share))
        if share == 100 and own is not None:
            place = own
        elif not here.budgets.any():
            place = before
        else:
            place = many.place(here) if many else _place(here, quick(here))
        if before.points > place.points and place is not own:
            place = replace(before, bound=max(place.bound, before.points))
        before = place
        yield place


def _place(case: Instance, found: Quick) -> _Place:
    spent = int(found.plan.spent(case).sum()) if case.signatures else 0
    return _Place(case.cells_taken(found.plan.paid), found.points, found.bound, spent)


class _ManyFunds:
    """Places for growing money where a plan made from nothing is slow: each starts from the prices and the plan of the
    one before. A whole plan where small funds are little work, else an estimate.
    """

    def __init__(self, case: Instance) -> None:
        self._prices: Floats | None = None
        self._plan = Solution(np.zeros(case.signatures, np.int64), np.zeros(len(case.arc_node), np.int64))

    def place(self, case: Instance) -> _Place:
        """The next place; `case` has at least the money of the one before."""
        self._prices, _ = guess(case, self._prices)
        found = again(case, self._plan, self._prices)
        if found is None:
            near = rough(case, self._prices)
            return _Place(near.taken, near.points, near.bound, None)
        self._plan = found.plan
        return _place(case, found)


def money(budgets: Ints, share: int) -> Ints:
    """Budgets at so many percent, whole rupiah."""
    return budgets * share // 100


def _row(share: int, case: Instance, place: _Place, new: int) -> Row:
    return {
        "persen_anggaran": share,
        "anggaran": int(money(case.budgets, share).sum()),
        "orang": int(place.taken.sum()),
        "baru": new,
        "poin": place.points,
        "batas": place.bound,
        "iuran": place.spent,
        "perkiraan": place.spent is None,
    }
