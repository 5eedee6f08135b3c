"""One thing changed, the plan solved again: would this person then be paid? Only what a new plan confirms is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jangkau.core.planning.build import Built, build
from jangkau.core.planning.explain.lottery import ahead
from jangkau.core.planning.explain.record import Record
from jangkau.core.planning.instance import Instance, Ints
from jangkau.core.planning.relaxation import SCALE, Priced, relax
from jangkau.core.planning.solve import solve
from jangkau.core.planning.targets.aim import asked_of, met
from jangkau.core.planning.targets.demand import Demands

_EARLY, _AFTER = (0, 1, 3, 12), (0, 1, 3, 12)
_NEAR = 1e-6
# What a plan costs to make anew, in columns of its programme: measured against the relaxed plan.
_WHOLE, _AIMED, _FLOW = 6, 12, 0.1
_SEARCH, _SEARCHED = 150_000, 0.4


class EnoughTried(Exception):
    """The work allowed for one answer is done."""


@dataclass(frozen=True)
class Changed:
    """A plan's instance with one thing changed, and what targets ask of it; the person's place in `built.people`,
    points and seed. `likely_need`: people of each target that the relaxed plan is held to. `search`: what a search
    for the plan costs.
    """

    built: Built
    at: int
    points: int
    seed: int | str
    asked: Demands | None
    likely_need: Ints
    search: int = 0

    @property
    def quick_is_whole(self) -> bool:
        """Whether asking what is likely is asking for the plan itself."""
        return self.asked is None and self.built.case.one_price

    def work(self, *, whole: bool) -> float:
        """What asking costs."""
        case = self.built.case
        kind = _FLOW if self.quick_is_whole else (_AIMED if self.asked else _WHOLE) if whole else 1
        return kind * (len(case.cell_u) + len(case.arc_node)) + (self.search if whole else 0)

    def likely(self, near: Priced | None) -> tuple[bool, Priced | None]:
        """Whether the relaxed plan pays him; with one price and one period the plan itself, which is as quick. Also the
        prices and points on top from which the next may start, as this one does from `near`.
        """
        if self.quick_is_whole:
            return self.certain(near), near
        case, u = self.built.case, int(self.built.signature[self.at])
        found = relax(case, self.asked.floors(case, self.likely_need) if self.asked else None, near)
        return u >= 0 and float(found.paid[u]) > self._place() + 1 - _NEAR, found.priced

    def certain(self, near: Priced | None) -> bool:
        """Whether the plan, made anew, pays him; with targets, a plan that meets those too."""
        answer = met(self.built, self.asked, near).met.answer if self.asked else solve(self.built.case)
        u = int(self.built.signature[self.at])
        return u >= 0 and int(answer.solution.paid[u]) > self._place()

    def _place(self) -> int:
        return ahead(self.built, self.at, self.points, self.seed)


class Replan:
    """What would have changed it for one person (place `at` in `built.people`) who is not paid.

    An amount is looked for in the relaxed plan, which is quick, and then put into the plan itself: what comes back
    pays the person in a new plan. With one price, one period, no ties and no targets it is the least such amount, else
    one near it. `most`: the work allowed, in columns of programmes solved; EnoughTried is raised when it is done.
    """

    def __init__(self, record: Record, at: int, most: float) -> None:
        self.record, self.at, self.left = record, at, most
        self.targets = record.run["sertifikat"].get("target") or []
        self.built, self.asked = record.asked
        self.case = self.built.case
        self.u = int(self.built.signature[at])
        self.points = int(self.built.people["poin"][at])
        self.near = self.begun = self._begun()

    def _begun(self) -> Priced | None:
        proof = self.record.run["sertifikat"]
        if SCALE % proof["skala"]:
            return None
        prices = np.array([proof["harga"][fund.code] for fund in self.built.funds], np.int64)
        return prices * (SCALE // proof["skala"]), np.array([row["poin"] for row in self.targets], np.int64)

    def points_needed(self, cutoff: int) -> int | None:
        """Points more with which the person is paid; None where no points would do."""
        levels = np.unique(self.case.cell_points)
        goals = np.unique(np.concatenate([[cutoff, cutoff + 1], levels, levels + 1]))
        found = self._least(goals[(goals > self.points) & (goals >= cutoff)].tolist(), self.with_points)
        return None if found is None else found - self.points

    def money_needed(self, fund: int, less_than: int | None = None) -> int | None:
        """Rupiah more in one fund with which the person is paid; None where that fund's money alone would not do, or
        not with `less_than`. Told to two digits where prices differ, for then it is near the least amount only.
        """
        case, mine, self.near = self.case, self.case.arc_fund == fund, self.begun
        bill = np.zeros(case.signatures, np.int64)
        np.add.at(bill, case.arc_u[mine], case.arc_price[mine] * case.node_months[case.arc_node[mine]])
        own, everyone, budget = int(bill[self.u]), int((case.people * bill).sum()), int(case.budgets[fund])
        if not own:
            return None
        step, limit = int(case.arc_price[mine].min()), everyone - budget if less_than is None else less_than - 1
        exact = range(step - budget % step, limit + step, step)
        goals: Sequence[int] = exact if case.one_price else _rounded(step, limit)
        if less_than is not None:
            goals = [goal for goal in goals if goal < less_than]
            if not goals or not self._asked(self.with_money(fund, budget + goals[-1])):
                return None
        return self._least(goals, lambda more: self.with_money(fund, budget + more), early=())

    def months_needed(self, fewest: int) -> int | None:
        """The most months, fewer than the plan's, for which the person is paid; None if not even for `fewest`."""
        return self._least(range(self.record.settings.bulan - 1, fewest - 1, -1), self.with_months)

    def with_points(self, points: int) -> Changed:
        """The plan's instance with another number of points for this person."""
        return self._changed(replace(self.built, case=moved(self.case, self.u, self.points, points)), points)

    def with_money(self, fund: int, budget: int) -> Changed:
        """The plan's instance with another budget of one fund."""
        budgets = self.case.budgets.copy()
        budgets[fund] = budget
        return self._changed(replace(self.built, case=replace(self.case, budgets=budgets)), self.points)

    def with_months(self, months: int) -> Changed:
        """The instance of a plan of so many months each, from the same month and money."""
        shorter = self.record.settings.model_copy(update={"bulan": months})
        built = build(self.record.people, self.record.funds, shorter, self.record.book)
        built, asked = asked_of(built, self.targets) if self.targets else (built, None)
        return replace(self._changed(built, self.points), asked=asked)

    def _changed(self, built: Built, points: int) -> Changed:
        need, run = np.array([row["perlu"] for row in self.targets], np.int64), self.record.run
        hard = self.asked and (run["sertifikat"]["cara"] == "pencarian" or run["selisih_persen"] > _SEARCHED)
        return Changed(built, self.at, points, run["benih"], self.asked, need, _SEARCH if hard else 0)

    def _asked(self, changed: Changed, *, whole: bool = False) -> bool:
        self.left -= changed.work(whole=whole)
        if self.left < 0:
            raise EnoughTried
        if whole:
            return changed.certain(self.near)
        paid, self.near = changed.likely(self.near)
        return paid

    def _holds(self, known: dict[int, bool], goal: int, changed: Changed) -> bool:
        """Whether the plan itself pays him; not asked again where what is likely was already the plan's answer."""
        if changed.quick_is_whole and goal in known:
            return known[goal]
        return self._asked(changed, whole=True)

    def _least(
        self, goals: Sequence[int], changed: Callable[[int], Changed], early: Sequence[int] = _EARLY
    ) -> int | None:
        """The first goal that seems to hold, found by halving, or one of a few after it; what comes back surely holds.

        Points and months are most often near the start, so a few early goals are asked first.
        """
        known: dict[int, bool] = {}

        def asked(goal: int) -> bool:
            known[goal] = self._asked(changed(goal))
            return known[goal]

        low, high = 0, len(goals) - 1
        for first in (step for step in early if step < high):
            if asked(goals[first]):
                high = first
                break
            low = first + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if asked(goals[middle]) else (middle + 1, high)
        if low == len(goals) - 1 and goals[low] not in known and not asked(goals[low]):
            return None  # not even the most of it seems to do
        tried = [*dict.fromkeys(min(low + step, len(goals) - 1) for step in _AFTER), len(goals) - 1]
        whole = (goals[at] for at in dict.fromkeys(tried) if at >= 0)
        return next((goal for goal in whole if self._holds(known, goal, changed(goal))), None)


def _rounded(least: int, most: int) -> list[int]:
    """Amounts of two digits and noughts from one to the other, and the last itself."""
    sizes = (10**power for power in range(len(str(max(most, 0)))))
    amounts = {digits * size for size in sizes for digits in range(10, 100)}
    return [*sorted(amount for amount in amounts if least <= amount < most), *([most] if most >= least else [])]


def moved(case: Instance, u: int, old: int, new: int) -> Instance:
    """The instance with one person of a signature at other points."""
    cells = {(int(s), -int(p)): int(n) for s, p, n in zip(case.cell_u, case.cell_points, case.cell_size, strict=True)}
    cells[u, -old] -= 1
    cells[u, -new] = cells.get((u, -new), 0) + 1
    kept = np.array(sorted((s, p, n) for (s, p), n in cells.items() if n), np.int64)
    return replace(case, cell_u=kept[:, 0].copy(), cell_points=-kept[:, 1], cell_size=kept[:, 2].copy())
