"""The plan's months one by one: what each fund pays in each month."""

from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Instance, Ints
from jangkau.core.planning.schedule import Schedule


@dataclass(frozen=True)
class Bills:
    """By fund and month of the plan: people paid, rupiah of the month, and rupiah of whole stretches that begin in it.

    `people` and `monthly` are what monthly billing needs, `lump` what is needed where all months of a person are paid
    at once, in his first month with the fund.
    """

    people: Ints
    monthly: Ints
    lump: Ints


def bills(built: Built, dealt: Schedule, months: int) -> Bills:
    """Everything that the runs of a plan cost, to the rupiah, month by month."""
    case, shape = built.case, (len(built.funds), months)
    people, monthly, lump = (np.zeros(shape, np.int64) for _ in range(3))
    if len(dealt.run_person):
        u, fund, first, length, count = _alike(built, dealt, months)
        run = np.repeat(np.arange(len(u)), length)
        month = np.arange(len(run)) - np.repeat(np.cumsum(length) - length, length) + first[run]
        due = _price(case, u[run], fund[run], month, months) * count[run]
        np.add.at(people, (fund[run], month), count[run])
        np.add.at(monthly, (fund[run], month), due)
        np.add.at(lump, (fund[run], first[run]), due)
    return Bills(people, monthly, lump)


def _alike(built: Built, dealt: Schedule, months: int) -> tuple[Ints, ...]:
    """Runs that cost alike, once each: signature, fund, first month, months, how many."""
    sizes = (built.case.signatures, len(built.funds), months, months + 1)
    parts = (built.signature[dealt.run_person], dealt.run_fund, dealt.run_first, dealt.run_months)
    kinds, count = np.unique(np.ravel_multi_index(parts, sizes), return_counts=True)
    return (*(part.astype(np.int64) for part in np.unravel_index(kinds, sizes)), count.astype(np.int64))


def _price(case: Instance, u: Ints, fund: Ints, month: Ints, months: int) -> Ints:
    """What a fund pays for a person of a signature in a month of the plan."""
    node = np.searchsorted(case.node_u * months + case.node_first, u * months + month, side="right") - 1
    arc = np.searchsorted(case.arc_node * case.funds + case.arc_fund, node * case.funds + fund)
    return case.arc_price[arc]
