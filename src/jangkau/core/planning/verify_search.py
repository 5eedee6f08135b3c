"""A claim that a search proved a small plan best is searched again, from the tables alone."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.kernel.quiet import quiet
from jangkau.core.planning.verify_facts import Facts, Flags, Ints

_NODES = 2_000
_COLUMNS = 20_000


def better_plan(facts: Facts, goal: int) -> bool:
    """Whether a plan of whole people and months has more points than `goal`; true also where the plan is far too large
    for the claim. Months in which nothing changes count as one.
    """
    top = int(facts.points.max(initial=0)) + 1
    cells, size = np.unique(facts.trait * top + facts.points, return_counts=True)
    trait, points = np.divmod(cells, top)
    classes, times = _month_classes(facts)
    if len(cells) + len(facts.pair_fund) * len(classes) > _COLUMNS:
        return True
    if not len(cells):
        return goal < 0
    rules = _rules(facts, trait, classes, times)
    columns = rules[0].A.shape[1]
    gain = np.append(points, np.zeros(columns - len(cells)))
    most = np.append(size, np.full(columns - len(cells), np.inf))
    with quiet():
        found = milp(
            -gain, integrality=np.ones(columns), bounds=Bounds(0, most), constraints=rules,
            options={"node_limit": _NODES, "mip_rel_gap": 0.0},
        )  # fmt: skip
    if found.x is None:
        return False
    whole = np.rint(found.x)
    holds = all(((rule.A @ whole <= rule.ub + 1e-9) & (rule.A @ whole >= rule.lb - 1e-9)).all() for rule in rules)
    return bool(holds) and round(float(gain @ whole)) > goal


def _month_classes(facts: Facts) -> tuple[Ints, Ints]:
    """One month of each class of months alike, and how many are in it."""
    marks = np.concatenate([facts.rupiah.reshape(-1, facts.valid.shape[1]), facts.valid], axis=0)
    _, first, times = np.unique(marks, axis=1, return_index=True, return_counts=True)
    return first.astype(np.int64), times.astype(np.int64)


def _rules(facts: Facts, trait: Ints, classes: Ints, times: Ints) -> list[LinearConstraint]:
    """Every paid person has all months of every class; no fund pays more than it has."""
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
    months = sparse.csr_array(
        (values, (rows, np.concatenate([person, place]))), shape=(len(facts.kind) * kinds, columns)
    )
    unit = max(int(np.gcd.reduce(price)), 1) if len(price) else 1
    money = sparse.csr_array((price / unit, (fund, place)), shape=(len(facts.codes), columns))
    return [LinearConstraint(months, 0, 0), LinearConstraint(money, -np.inf, facts.budgets // unit)]
