"""What being paid means for those who are: full death benefit, deaths to expect and their benefits, lapses."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.law.benefits import DEATH, amounts
from jangkau.core.law.book import Book
from jangkau.core.law.membership import status_of, waiting_months
from jangkau.core.mortality import mortality
from jangkau.core.planning.build import Built
from jangkau.core.planning.explore.turns import Turns
from jangkau.core.planning.instance import Ints


@dataclass(frozen=True)
class Cover:
    """What the law gives in each month paid, month 0 the first: full benefit or not, rupiah due on a death.

    Row 0 is a new member, row 1 one whose wait is over. `wait`: months in a row that the law asks; `lapse`: how many
    months after the last paid one a membership ends.
    """

    full: Ints
    due: Ints
    wait: int
    lapse: int

    @property
    def needed(self) -> int:
        """Months that a new member must be paid until one of them gives the full death benefit."""
        return int(np.argmax(self.full[0])) + 1 if self.full[0].any() else len(self.full[0]) + 1


def cover(start: int, months: int, book: Book) -> Cover:
    """The law from the first month planned on. Raises LawUndefinedOn."""
    end = start + months
    new = status_of(range(start, end), end - 1, "BPU", book).full[0, :months]
    rows = np.stack([new, np.ones(months, np.bool_)]).astype(np.int64)
    asked = {"peristiwa": DEATH, "bulan": [*range(start, end)] * 2, "penuh": rows.reshape(-1)}
    due = polars(amounts(frame(pl.DataFrame(asked)), book))["manfaat"].to_numpy().reshape(2, months)
    return Cover(rows, due.astype(np.int64), waiting_months(start, "BPU", book), _lapse(end - 1, book))


def _lapse(last: int, book: Book) -> int:
    """Months from the last one paid to the first one out."""
    out = status_of([last], last + 24, "BPU", book).lapse[0]
    return int(np.argmax(out))


@dataclass(frozen=True)
class Counted:
    """People paid, and of them those whose wait is over; their expected deaths in a month, each kind."""

    people: int
    ready: int
    deaths_new: float
    deaths_ready: float


class Lives:
    """People of an instance counted by what being paid means for them. `cells`: those ever paid in part."""

    def __init__(self, built: Built, cells: Ints, start: int, seed: int | str) -> None:
        chance = mortality().monthly(frame(built.people), start // 12)
        known = chance[~np.isnan(chance)]
        # whose birth nobody knows dies like the rest on average; where nobody's is known, nothing is said
        self._chance = np.where(np.isnan(chance), known.mean() if len(known) else np.nan, chance)
        self._ready = built.people["tanpa_tunggu"].fill_null(value=False).to_numpy()
        self._turns = Turns(built, cells, seed)
        columns = (self._ready, self._chance * ~self._ready, self._chance * self._ready)
        self._sums = [self._turns.sums(column) for column in columns]

    def first(self, cells: Ints, taken: Ints) -> Counted:
        """The first `taken` people of these cells."""
        ready, new_deaths, ready_deaths = (self._turns.first(sums, cells, taken) for sums in self._sums)
        return Counted(int(taken.sum()), round(ready), new_deaths, ready_deaths)

    def of(self, people: Ints) -> Counted:
        """These people, by place."""
        ready, chance = self._ready[people], self._chance[people]
        return Counted(len(people), int(ready.sum()), float((chance * ~ready).sum()), float((chance * ready).sum()))

    def ready(self) -> int:
        """All whose wait is over, paid or not."""
        return int(self._ready.sum())
