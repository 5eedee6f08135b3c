"""What the law gives while a stretch of months is paid."""

import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.impact.parameters import Floats
from jangkau.core.law.benefits import DEATH, UNABLE, amounts
from jangkau.core.law.book import Book
from jangkau.core.law.membership import status_of


def cover(stretches: list[tuple[int, int]], book: Book) -> tuple[Floats, list[int], Floats]:
    """Benefits of a death that occur (rupiah), calendar years, and months by (stretch, benefit, year).

    A stretch is (first month, months) paid in a row by a new member. Raises LawUndefinedOn.
    """
    rows = []
    for at, (first, months) in enumerate(stretches):
        full = status_of(range(first, first + months), first + months - 1, "BPU", book).full[0, :months]
        rows += [(at, first + place, int(full[place])) for place in range(months)]
    if not rows:
        return np.zeros(0), [], np.zeros((0, 0, 0))
    stretch, month, penuh = (list(column) for column in zip(*rows, strict=True))
    asked = pl.DataFrame({"peristiwa": [DEATH] * len(rows), "bulan": month, "penuh": penuh})
    paid = polars(amounts(frame(asked), book))["manfaat"].to_numpy()
    due, level = np.unique(paid, return_inverse=True)
    years, year = np.unique(np.array(month) // 12, return_inverse=True)
    months_of = np.zeros((len(stretches), len(due), len(years)))
    np.add.at(months_of, (np.array(stretch), level, year), 1)
    return due.astype(np.float64), [int(one) for one in years], months_of


def death_benefit(month: int, paid: int, book: Book) -> int:
    """Rupiah for a death in a month, the last of so many paid in a row by a new member; 0 where none was."""
    if paid < 1:
        return 0
    full = status_of(range(month - paid + 1, month + 1), month, "BPU", book).full[0, -1]
    return _pays({"peristiwa": [DEATH], "bulan": [month], "penuh": [int(full)]}, book)


def wage_paid(month: int, book: Book) -> float:
    """Rupiah that a month unable to work pays to a member on the lowest wage base."""
    base = book.value("bpu.dasar_upah", month)[0][1]
    return float(_pays({"peristiwa": [UNABLE], "bulan": [month], "upah": [base], "lama": [1]}, book))


def _pays(event: dict[str, list[object]], book: Book) -> int:
    return int(polars(amounts(frame(pl.DataFrame(event)), book))["manfaat"][0])
