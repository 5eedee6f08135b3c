"""The check of a plan as whole numbers in arrays: every row, every fund, and the bound that prices prove."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.verify_facts import Facts, Flags, Ints, Rows
from jangkau.core.planning.verify_whole import Small, best_of_small, small_of

_FAR = np.iinfo(np.int64).max // 4
_LOW = (1 << 31) - 1


@dataclass(frozen=True)
class Audit:
    """Counts of what breaks a rule of the plan, what each fund spends, who is paid, and who was drawn by lot.

    `drawn` are persons of equal points before the same funds of whom some are paid and some not; `cell` tells them
    apart.
    """

    forbidden: int
    closed: int
    broken: int
    mispriced: int
    spent: Ints
    passed_over: int
    paid: Flags
    drawn: Ints
    cell: Ints


def audit(facts: Facts, rows: Rows) -> Audit:
    """Hold every paid row and every person against the facts; persons beside rows, on a core of their own."""
    paid = np.zeros(len(facts.trait), bool)
    paid[rows.person] = True
    with ThreadPoolExecutor(1) as beside:
        persons = beside.submit(_order, facts, paid)
        broken = beside.submit(_broken, rows, facts.valid.shape[1])
        forbidden, closed, wrong, spent = _rows(facts, rows)
        passed, drawn, cell = persons.result()
    return Audit(forbidden, closed, broken.result(), wrong, spent, passed, paid, drawn, cell)


def _rows(facts: Facts, rows: Rows) -> tuple[int, int, int, Ints]:
    """Rows of funds that may not pay, or not then; wrong prices; what funds spend by the law's prices."""
    funds, span = facts.valid.shape
    kinds, trait = facts.rupiah.shape[1], facts.trait.take(rows.person)
    stretch = rows.first * (span + 1)
    stretch += rows.months
    total, price = _bills(facts.rupiah.reshape(-1, span))
    payer, kind = facts.payer * (kinds * span * (span + 1)), facts.kind * (span * (span + 1))
    bill = payer.take(rows.fund)
    bill += kind.take(trait)
    bill += stretch
    due = total.take(bill)
    wrong = (due != rows.total) | (price.take(bill) != rows.price)
    may = np.zeros(len(facts.kind) * funds, bool)
    may[facts.pair_trait * funds + facts.pair_fund] = True
    trait *= funds
    trait += rows.fund
    forbidden = len(rows.fund) - int(np.count_nonzero(may.take(trait)))
    stretch += rows.fund * (span * (span + 1))
    closed = int(np.count_nonzero(_shut(facts.valid).take(stretch)))
    return forbidden, closed, int(np.count_nonzero(wrong)), np.bincount(rows.fund, due, funds).astype(np.int64)


def _stretches(span: int) -> Ints:
    """The month after each stretch of the plan, by its first month and number of months."""
    return np.asarray(np.minimum(np.add.outer(np.arange(span), np.arange(span + 1)), span), np.int64)


def _bills(rupiah: Ints) -> tuple[Ints, Ints]:
    """What each stretch of months costs at each row of monthly prices, and what its first month does."""
    many, span = rupiah.shape
    sums = np.zeros((many, span + 1), np.int64)
    np.cumsum(rupiah, axis=1, out=sums[:, 1:])
    total = sums[:, _stretches(span)] - sums[:, :span, None]
    return total, np.broadcast_to(rupiah[:, :, None], total.shape).copy()


def _shut(valid: Flags) -> Flags:
    """Whether a fund may not pay in some month of a stretch, by fund."""
    funds, span = valid.shape
    opens = np.zeros((funds, span + 1), np.int64)
    np.cumsum(valid, axis=1, out=opens[:, 1:])
    return np.asarray(opens[:, _stretches(span)] - opens[:, :span, None] != np.arange(span + 1))


def _broken(rows: Rows, span: int) -> int:
    """People whose months do not follow one another from the first of the plan to its last, each once."""
    order = slice(None) if _sorted(rows) else np.lexsort((rows.first, rows.person))
    person, first, ends = rows.person[order], rows.first[order], (rows.first + rows.months)[order]
    same = person[1:] == person[:-1]
    due, closes = np.append(0, ends[:-1] * same)[: len(person)], np.append(~same, True)[: len(person)]
    return len(np.unique(person[(first != due) | (closes & (ends != span))]))


def _sorted(rows: Rows) -> bool:
    step = np.diff(rows.person)
    return bool(((step > 0) | ((step == 0) & (np.diff(rows.first) > 0))).all())


def _order(facts: Facts, paid: Flags) -> tuple[int, Ints, Ints]:
    """Persons passed over by somebody with fewer points before the same funds; those whom a lot decided on."""
    cells, heads = facts.cells, facts.cells.heads
    served = np.bincount(cells.person.take(np.flatnonzero(paid)), minlength=len(heads))
    before = np.append(0, np.cumsum(served))
    begins = np.flatnonzero(np.diff(cells.trait, prepend=-1))
    below = before[:-1] - np.repeat(before[begins], np.diff(begins, append=len(heads)))
    passed = int((heads - served)[below > 0].sum())
    drawn = np.flatnonzero(((served > 0) & (served < heads)).take(cells.person))
    return passed, drawn, cells.person[drawn]


@dataclass(frozen=True)
class Proof:
    """What a certificate proves its bound by: prices of funds in points a rupiah, times `scale`; small funds (places)
    whose people it counts whole; points that targets put on top of each trait's, times `scale`, and what any plan
    earns of them.
    """

    prices: list[int]
    scale: int
    whole: list[int]
    bonus: Ints
    debt: int


def bound(facts: Facts, rows: Rows, proof: Proof) -> int | None:
    """Points that no plan can exceed, by weak duality in whole numbers: money at these prices, what each person is
    worth above his cheapest months, and the best of each small fund. None where somebody has two small funds.

    Budgets are rounded down to what prices can add up to, and points to their common step: no plan falls between.
    """
    cost, scale = cheapest(facts, proof.prices), proof.scale
    reached = cost < _FAR
    if not reached.any():
        return 0
    units, whole = _units(facts, reached), sorted(set(proof.whole))
    of = small_of(facts, reached, np.array(whole, np.int64))
    if of is None:
        return None
    trait, points = facts.cells.trait, facts.cells.points
    step = max(int(np.gcd.reduce(np.flatnonzero(np.bincount(points[reached[trait]])))), 1)
    outside = np.flatnonzero((reached & (of < 0))[trait])
    over = points[outside].astype(cost.dtype) * scale - (cost - proof.bonus)[trait[outside]]
    total = _product(np.maximum(over, 0), facts.cells.heads[outside]) - proof.debt
    funds = zip(proof.prices, facts.budgets.tolist(), units.tolist(), strict=True)
    total += sum(
        price * (budget // unit * unit) for at, (price, budget, unit) in enumerate(funds) if unit and at not in whole
    )
    if whole:
        most = (max(proof.prices) * int(facts.rupiah.max()) + facts.top * scale) * facts.valid.shape[1]
        most += int(np.max(proof.bonus, initial=0))
        kind = np.int64 if most * len(facts.points) < _FAR else object
        small = Small(np.array(whole), of, np.array(proof.prices, kind), scale, proof.bonus, units)
        total += best_of_small(facts, rows, small, _alike_months(facts))
    return int(total // scale // step * step)


def _product(values: Ints, many: Ints) -> int:
    """The exact sum of values x many, which may pass 64 bits: high and low halves apart."""
    if values.dtype == object:
        return int((values * many.astype(object)).sum())
    return int(((values >> 31) * many).sum()) * (_LOW + 1) + int(((values & _LOW) * many).sum())


def cheapest(facts: Facts, prices: list[int]) -> Ints:
    """Cheapest price of all months by trait; _FAR or more where some month has no fund."""
    traits, span = len(facts.kind), facts.valid.shape[1]
    top = max(prices, default=0) * int(facts.rupiah.max(initial=0)) * span
    kind = np.int64 if top < _FAR // span else object
    cost = np.zeros(traits, kind)
    if not len(facts.pair_trait):
        return cost + _FAR
    starts = np.searchsorted(facts.pair_trait, np.arange(traits))
    some = np.bincount(facts.pair_trait, minlength=traits) > 0
    payer, rate = facts.payer[facts.pair_fund], facts.kind[facts.pair_trait]
    priced = np.array(prices, kind)[facts.pair_fund]
    for month, times in _alike_months(facts):
        bill = facts.rupiah[payer, rate, month].astype(kind) * priced
        bill[~facts.valid[facts.pair_fund, month]] = _FAR
        least = np.full(traits, _FAR, kind)
        least[some] = np.minimum.reduceat(bill, starts[some])
        cost = np.minimum(cost + np.where(least < _FAR, least * times, _FAR), _FAR)
    return cost


def _alike_months(facts: Facts) -> list[tuple[int, int]]:
    """One month of each run in which nothing changes, and how many there are like it."""
    marks = [facts.rupiah[:, :, at].tobytes() + facts.valid[:, at].tobytes() for at in range(facts.valid.shape[1])]
    return [(marks.index(mark), marks.count(mark)) for mark in sorted(set(marks))]


def _units(facts: Facts, reached: Flags) -> Ints:
    """What each fund's prices are multiples of, over the people who can be paid for all months."""
    unit = np.zeros(len(facts.codes), np.int64)
    kept = reached[facts.pair_trait]
    kinds = len(facts.rupiah[0])
    fund, kind = np.divmod(np.unique(facts.pair_fund[kept] * kinds + facts.kind[facts.pair_trait[kept]]), kinds)
    bills = np.where(facts.valid[fund], facts.rupiah[facts.payer[fund], kind], 0)
    np.gcd.at(unit, fund, np.gcd.reduce(bills, axis=1))
    return unit
