"""The cheapest mix as a linear programme: how many people of each group to register in each year."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from jangkau.core.planning.instance import Floats

_FAR_LESS = 1e-6
_LAST = 1000.0


@dataclass(frozen=True)
class Group:
    """One group: people not yet registered, the share that a year can register, the share that stays, and costs.

    `reach` is the government's rupiah for registering one person; `bills` rupiah a month by (year, payer), the
    government first.
    """

    code: str
    people: float
    ramp: float
    stay: float
    reach: float
    bills: Floats


@dataclass(frozen=True)
class Mix:
    """New and active people by (group, year), people short of the goal, and rupiah by (group, year, payer)."""

    new: Floats
    active: Floats
    short: float
    cost: Floats


def cheapest(groups: list[Group], goals: Floats, first_months: float) -> Mix:
    """The mix that brings the last of `goals` (active people at the end of each year) for the least government money,
    then the least money of anyone; the goals of earlier years as far as they can be reached.

    Where the last goal cannot be reached, the most people. Active people of a group are those of the year before who
    stay, and the new ones; new ones pay `first_months` of their first year, the others all twelve. A year registers
    at most the ramp, and never more than the group has.
    """
    years, count = len(goals), len(groups) * len(goals)
    keep = [_kept(group.stay, years) for group in groups]
    within, reached = np.zeros((count, count + years)), np.hstack([*(-stock for stock in keep), -np.eye(years)])
    for at, stock in enumerate(keep):
        mine = slice(at * years, (at + 1) * years)
        within[mine, mine] = stock
    rules = np.vstack([within, reached])
    limits = np.concatenate([np.repeat([group.people for group in groups], years), -np.maximum(goals, 0.0)])
    most = [group.ramp * group.people for group in groups for _ in range(years)]
    missing = np.concatenate([np.zeros(count), np.ones(years)])
    missing[-1] = _LAST
    least = _solve(missing, rules, limits, [*most, *[np.inf] * years])[count:]
    money = np.concatenate(
        [*(_unit_cost(g, k, first_months) for g, k in zip(groups, keep, strict=True)), np.zeros(years)]
    )
    found = _solve(money, rules, limits, [*most, *(least * (1 + _FAR_LESS) + _FAR_LESS)])
    new = found[:count].reshape(len(groups), years)
    active = np.array([stock @ row for stock, row in zip(keep, new, strict=True)]).reshape(len(groups), years)
    return Mix(new, active, float(least[-1]), _bills(groups, new, active, first_months))


def _solve(cost: Floats, rules: Floats, limits: Floats, most: list[float]) -> Floats:
    """The least cost within the rules; doing nothing and being short of every goal is always within them."""
    found = linprog(
        cost / max(1.0, float(cost.max(initial=0.0))), A_ub=rules, b_ub=limits,
        bounds=[(0.0, top) for top in most], method="highs",
    )  # fmt: skip
    if found.x is None:
        raise RuntimeError("the path has no optimum")
    return np.maximum(np.asarray(found.x, np.float64), 0.0)


def _kept(stay: float, years: int) -> Floats:
    """Active people in each year (row) of one person registered in each year (column)."""
    gap = np.arange(years)[:, None] - np.arange(years)
    return np.where(gap >= 0, stay ** np.maximum(gap, 0), 0.0)


def _unit_cost(group: Group, kept: Floats, first_months: float) -> Floats:
    """What one person registered in each year costs until the end: the government, and a little of everyone's."""
    months = 12 * np.tril(kept, -1) + first_months * np.eye(len(kept))
    government, everyone = months.T @ group.bills[:, 0], months.T @ group.bills.sum(axis=1)
    return np.asarray(group.reach + government + _FAR_LESS * everyone, np.float64)


def _bills(groups: list[Group], new: Floats, active: Floats, first_months: float) -> Floats:
    """Rupiah by (group, year, payer)."""
    months = 12 * (active - new) + first_months * new
    shape = (len(groups), new.shape[1], groups[0].bills.shape[1] if groups else 1)
    cost = np.array([rows[:, None] * group.bills for rows, group in zip(months, groups, strict=True)]).reshape(shape)
    for at, group in enumerate(groups):
        cost[at, :, 0] += group.reach * new[at]
    return cost
