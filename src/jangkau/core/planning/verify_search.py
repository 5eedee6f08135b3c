"""A claim that a search proved a small plan best is searched again, from the tables alone."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.kernel.quiet import quiet
from jangkau.core.planning.verify_facts import Facts, Flags, Ints

_NODES = 2_000
_COLUMNS = 20_000


@dataclass(frozen=True)
class Claim:
    """What a search is said to have proven: that no plan which reaches the targets has more points than `goal`.

    `counts` (trait x target) and `owed`: people who count, and how many at least. `cost`: of all months of each trait
    at the prices of the certificate, less points on top; `room`: by how much points, at most, what they leave of a
    better plan may fall short of what they prove. Both times `scale`.
    """

    goal: int
    counts: Ints
    owed: Ints
    cost: Ints
    room: int
    scale: int


def better_plan(facts: Facts, claim: Claim) -> bool:
    """Whether a plan of whole people and months has more points than claimed; true also where the plan is far too large
    for the claim. Months in which nothing changes count as one.

    People who are further above or below their price than the room allows are in all better plans or in none.
    """
    trait, points, size = facts.cells.trait, facts.cells.points, facts.cells.heads
    over = points.astype(object) * claim.scale - claim.cost.astype(object)[trait]
    open_, sure = np.abs(over) <= claim.room, np.where(over > claim.room, size, 0)
    settled = np.bincount(trait, sure, len(facts.kind)).astype(np.int64)
    have, trait, points, size = int(sure @ points), trait[open_], points[open_], size[open_]
    classes, times = _month_classes(facts)
    if len(trait) + len(facts.pair_fund) * len(classes) > _COLUMNS:
        return True
    if not len(facts.points):
        return claim.goal < 0
    rules = _rules(facts, trait, settled, (classes, times))
    columns = rules[0].A.shape[1]
    pad = columns - len(trait)
    reached = sparse.csr_array(np.hstack([claim.counts[trait].T, np.zeros((len(claim.owed), pad))]))
    rules.append(LinearConstraint(reached, claim.owed - claim.counts.T @ settled, np.inf))
    gain, most = np.append(points, np.zeros(pad)), np.append(size, np.full(pad, np.inf))
    with quiet():
        found = milp(
            -gain, integrality=np.ones(columns), bounds=Bounds(0, most), constraints=rules,
            options={"node_limit": _NODES, "mip_rel_gap": 0.0},
        )  # fmt: skip
    if found.x is None:
        return False
    whole = np.rint(found.x)
    holds = all(((rule.A @ whole <= rule.ub + 1e-9) & (rule.A @ whole >= rule.lb - 1e-9)).all() for rule in rules)
    return bool(holds) and have + round(float(gain @ whole)) > claim.goal


def _month_classes(facts: Facts) -> tuple[Ints, Ints]:
    """One month of each class of months alike, and how many are in it."""
    marks = np.concatenate([facts.rupiah.reshape(-1, facts.valid.shape[1]), facts.valid], axis=0)
    _, first, times = np.unique(marks, axis=1, return_index=True, return_counts=True)
    return first.astype(np.int64), times.astype(np.int64)


def _rules(facts: Facts, trait: Ints, settled: Ints, months: tuple[Ints, Ints]) -> list[LinearConstraint]:
    """Every paid person, those settled too, has all months of every class; no fund pays more than it has."""
    classes, times = months
    pairs, kinds = len(facts.pair_fund), len(classes)
    pair, at = np.divmod(np.arange(pairs * kinds), kinds)
    fund, of = facts.pair_fund[pair], facts.pair_trait[pair]
    price = facts.rupiah[facts.payer[fund], facts.kind[of], classes[at]]
    open_: Flags = facts.valid[fund, classes[at]]
    fund, of, at, price = fund[open_], of[open_], at[open_], price[open_]
    columns = len(trait) + len(fund)
    person = np.repeat(np.arange(len(trait)), kinds)
    each = np.tile(np.arange(kinds), len(trait))
    place = len(trait) + np.arange(len(fund))
    rows = np.concatenate([trait[person] * kinds + each, of * kinds + at])
    values = np.concatenate([-times[each], np.ones(len(fund))])
    due = np.outer(settled, times).reshape(-1)
    paid = sparse.csr_array((values, (rows, np.concatenate([person, place]))), shape=(len(facts.kind) * kinds, columns))
    unit = max(int(np.gcd.reduce(price)), 1) if len(price) else 1
    money = sparse.csr_array((price / unit, (fund, place)), shape=(len(facts.codes), columns))
    return [LinearConstraint(paid, due, due), LinearConstraint(money, -np.inf, facts.budgets // unit)]
