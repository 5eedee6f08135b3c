"""Months against people in a moment: for the page on which a plan is built, while it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.duals import cheapest, guess
from jangkau.core.planning.explore.lives import Cover
from jangkau.core.planning.explore.months import LONGEST, shorten, warning
from jangkau.core.planning.explore.quick import quick
from jangkau.core.planning.instance import Floats, Instance, Ints
from jangkau.core.tables.settings import Settings

SOME = (1, 2, 3, 4, 6, 9, 12, 18, 24)
Row = dict[str, Any]


@dataclass(frozen=True)
class Own:
    """The plan at hand: whether each person is paid, and its fund prices in points a rupiah."""

    paid: Any
    prices: Floats


def sketch(built: Built, settings: Settings, book: Book, law: Cover, own: Own, *, plain: bool) -> list[Row]:
    """People and months with full death benefit for 1 to 24 months each, from the same money.

    `plain`: only some lengths, and estimates from near-best prices instead of whole plans (`perkiraan`). Who of equal
    points is paid is not drawn, so people whose wait is over are counted by their share. The row of the plan's own
    length tells the plan itself.
    """
    long = build(built.people, built.funds, settings.model_copy(update={"bulan": LONGEST}), book, gaps=True)
    ready = long.people["tanpa_tunggu"].fill_null(value=False).to_numpy()
    share = _share(long, ready)
    rows = []
    for lengths in _ways_out(settings.bulan, SOME if plain else range(1, LONGEST + 1)):
        prices = own.prices
        for months in lengths:
            short, cells = shorten(long.case, months)
            taken, prices = _taken(short, prices, plain=plain)
            rows.append(_row(months, int(taken.sum()), float(share[cells] @ taken), law) | {"perkiraan": plain})
    mine = _row(settings.bulan, int(own.paid.sum()), float((own.paid & ready).sum()), law) | {"perkiraan": False}
    return sorted([*rows, mine], key=lambda row: row["bulan"])


def _ways_out(own: int, lengths: Iterable[int]) -> tuple[list[int], list[int]]:
    """Lengths shorter and longer than the plan's own, each next to the one before: its prices are near."""
    known = sorted(lengths)
    return [each for each in reversed(known) if each < own], [each for each in known if each > own]


def _share(built: Built, ready: Any) -> Floats:
    """Of each cell, the share of people whose wait is over."""
    inside, size = built.cell >= 0, built.case.cell_size
    return np.asarray(np.bincount(built.cell[inside], ready[inside], len(size)) / np.maximum(size, 1))


def _taken(case: Instance, prices: Floats, *, plain: bool) -> tuple[Ints, Floats]:
    """People of each cell, and the prices from which the next length may start."""
    if not case.signatures:
        return np.zeros(0, np.int64), prices
    if not plain:
        return case.cells_taken(quick(case).plan.paid), prices
    prices, _ = guess(case, prices)
    worth = case.cell_points > cheapest(case, prices)[1][case.cell_u]
    return np.where(worth, case.cell_size, 0), prices


def _row(months: int, people: int, ready: float, law: Cover) -> Row:
    known = law.full[:, : min(months, LONGEST)]
    full = months >= law.needed
    new, old = people - round(ready), round(ready)
    return {
        "bulan": months,
        "orang": people,
        "orang_jkm_penuh": people if full else old,
        "bulan_terlindung": new * int(known[0].sum()) + old * int(known[1].sum()),
        "peringatan": warning(months, law),
    }
