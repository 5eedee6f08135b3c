"""Random instances of the planner, and whether a plan of one keeps every rule."""

import numpy as np

from jangkau.core.planning.instance import Instance


def instance(draw, *, people, funds, signatures, months, prices, points=12):
    """A random instance: each signature has one node for each period, each node at least one fund."""
    periods = 1 if months == 1 else int(draw.integers(1, min(months, 3) + 1))
    cuts = np.sort(draw.permutation(np.arange(1, months))[: periods - 1])
    firsts, lengths = np.append(0, cuts), np.diff([0, *cuts.tolist(), months])
    arcs = []
    for node in range(signatures * periods):
        able = np.flatnonzero(draw.random(funds) < 0.5)
        able = able if len(able) else np.array([int(draw.integers(funds))])
        arcs += [(node, int(fund), int(prices[draw.integers(len(prices))])) for fund in able]
    node, fund, price = np.array(arcs, np.int64).T
    crowd = np.stack([draw.integers(0, signatures, people), -draw.integers(0, points, people) * 5])
    kinds, size = np.unique(crowd, axis=1, return_counts=True)
    need = people * months * int(max(prices)) // funds
    budgets = draw.integers(0, max(need, 1), funds)
    return Instance(
        budgets.astype(np.int64), np.repeat(np.arange(signatures), periods), np.tile(firsts, signatures),
        np.tile(lengths, signatures), node, fund, price, kinds[0], -kinds[1], size.astype(np.int64),
    )  # fmt: skip


def holds(case, plan):
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, plan.used)
    assert (months == plan.paid[case.node_u] * case.node_months).all()
    assert (plan.used >= 0).all()
    assert (plan.spent(case) <= case.budgets).all()
    assert (plan.paid <= case.people).all()
