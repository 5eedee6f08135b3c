"""What outreach changed in joining at one's own cost: villages reached beside villages not reached, before and after.

Difference in differences with villages as the units. Each village that was reached is looked at around the month of its
own first event; each village that was not is looked at around the same months, in the shares in which the workers of
the others were reached in them (stacked, Cengiz et al. 2019; never-reached villages alone are compared with, so that
nobody who was reached earlier stands for those who were not, Goodman-Bacon 2021). In each group the change is a ratio
of sums, so a village weighs by its workers; its variance is that of leaving out one village at a time (cluster
jackknife, MacKinnon, Nielsen and Webb 2023) with Welch's degrees of freedom for the difference. Villages were chosen,
not drawn: what else differed between them is in the number too, which the sentences say each time.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from jangkau.core.kernel.formats import long_month, number

LEAST, FEWEST = 5, 10  # villages of each group; joiners in all: fewer tell nothing of what happens by itself
LEVEL, PER, MONTHS, ALIKE = 0.95, 1_000, 3, 1e-9
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Village:
    """One village: its workers, how many joined at their own cost by month (index), the month of its first event."""

    code: str
    workers: int
    joined: Mapping[int, int]
    reached: int | None = None

    def between(self, first: int, last: int) -> int:
        """Joiners from one month to another, both within."""
        return sum(self.joined.get(month, 0) for month in range(first, last + 1))


@dataclass(frozen=True)
class Known:
    """The last month of which all joiners are known, and the first of which those who have left again are known too."""

    last: int
    first: int


@dataclass(frozen=True)
class Change:
    """A group of villages: joiners in the months before and from the event on; of villages not reached, weighted."""

    villages: int
    workers: int
    before: float
    after: float

    @property
    def share(self) -> float:
        """More joiners per 1,000 workers."""
        return PER * (self.after - self.before) / self.workers


class Interval(NamedTuple):
    """A number with what it may lie between."""

    value: float
    low: float
    high: float


class Month(NamedTuple):
    """Joiners per 1,000 workers so many months from the event on (negative: before it)."""

    at: int
    reached: float
    others: float


@dataclass(frozen=True)
class Effect:
    """`found` per 1,000 workers, `people` in the villages reached: None where too little is known; `drift`: the same
    difference before any outreach; `waiting`: villages reached too lately to be looked at; `line`: month by month;
    `words`: what may be said.
    """

    months: int
    reached: Change | None
    others: Change | None
    waiting: int
    found: Interval | None
    people: Interval | None
    drift: Interval | None
    line: tuple[Month, ...]
    words: tuple[str, ...]


_ALIKE = "Belum dapat dikatakan: semua desa berubah persis sama, maka kisarannya tidak dapat dihitung. Periksa datanya."
CAUTION = "Desa yang dijangkau dipilih, tidak diundi: sebab lain yang hanya terjadi di sana ikut terhitung di sini."


def effect(villages: Sequence[Village], known: Known, months: int = MONTHS, level: float = LEVEL) -> Effect:
    """The difference over `months` before and as many from the month of the event on. A village without workers tells
    nothing and is left out, and so is one that was reached too lately."""
    told = [village for village in villages if village.workers > 0]
    came = [village for village in told if village.reached is not None]
    work = _Work([v for v in came if v.reached is not None and v.reached + months - 1 <= known.last],
                 [village for village in told if village.reached is None], months)  # fmt: skip
    waiting = len(came) - len(work.some)
    if not work.some or not work.none:
        return Effect(months, None, None, waiting, None, None, None, (), (_too_little(work, waiting), CAUTION))
    groups = _change(work, work.some), _change(work, work.none)
    line = tuple(Month(at, *work.shares(at, at)) for at in range(-2 * months, months))
    if min(len(work.some), len(work.none)) < LEAST or sum(g.before + g.after for g in groups) < FEWEST:
        return Effect(months, *groups, waiting, None, None, None, line, (_too_little(work, waiting), CAUTION))
    found = _difference(work, work.gains(0), level)
    if found.high - found.low < ALIKE:
        return Effect(months, *groups, waiting, None, None, None, line, (_ALIKE, CAUTION))
    people = Interval(*(part * groups[0].workers / PER for part in found))
    drift = _difference(work, work.gains(-months), level)
    said = (_told(found, people, level), _apart(drift), _unseen(work, known), CAUTION)
    return Effect(months, *groups, waiting, found, people, drift, line, tuple(filter(None, said)))


@dataclass(frozen=True)
class _Work:
    """The villages that were reached and those that were not."""

    some: list[Village]
    none: list[Village]
    months: int

    @property
    def cohorts(self) -> dict[int, float]:
        """The share of the workers reached whose village was first reached in each month."""
        sums: Counter[int] = Counter()
        for village in self.some:
            sums[village.reached or 0] += village.workers
        return {month: workers / sums.total() for month, workers in sorted(sums.items())}

    def counted(self, group: list[Village], count: Callable[[Village, int], float]) -> Numbers:
        """What `count` says of each village around the month of its event; of those not reached around all of them."""
        if group is self.some:
            return np.array([count(village, village.reached or 0) for village in group], float)
        cohorts = self.cohorts
        return np.array([sum(part * count(v, month) for month, part in cohorts.items()) for v in group], float)

    def gains(self, shift: int) -> list[Numbers]:
        """More joiners than before, village by village, both times shifted by so many months."""

        def gain(village: Village, event: int) -> float:
            start = event + shift
            return village.between(start, start + self.months - 1) - village.between(start - self.months, start - 1)

        return [self.counted(group, gain) for group in (self.some, self.none)]

    def shares(self, first: int, last: int) -> tuple[float, float]:
        """Joiners per 1,000 workers of both groups, from so many months after the event to so many."""

        def there(village: Village, event: int) -> float:
            return village.between(event + first, event + last)

        some, none = (PER * self.counted(g, there).sum() / sum(v.workers for v in g) for g in (self.some, self.none))
        return float(some), float(none)


def _change(work: _Work, group: list[Village]) -> Change:
    before = work.counted(group, lambda village, event: village.between(event - work.months, event - 1))
    after = work.counted(group, lambda village, event: village.between(event, event + work.months - 1))
    return Change(len(group), sum(village.workers for village in group), float(before.sum()), float(after.sum()))


def _difference(work: _Work, gains: list[Numbers], level: float) -> Interval:
    """Per 1,000: the share of those reached less that of the others."""
    sides = [_jackknifed(group, gain) for group, gain in zip((work.some, work.none), gains, strict=True)]
    value, variance = sides[0][0] - sides[1][0], sum(side[1] for side in sides)
    free = variance**2 / sum(part**2 / (n - 1) for _share, part, n in sides) if variance else 1.0
    half = sqrt(variance) * float(stdtrit(free, (1 + level) / 2))
    return Interval(PER * value, PER * (value - half), PER * (value + half))


def _jackknifed(group: list[Village], gain: Numbers) -> tuple[float, float, int]:
    """The share of a group, its variance by leaving out one village at a time, and how many there are."""
    workers, n = np.array([village.workers for village in group], float), len(group)
    share = gain.sum() / workers.sum()
    left = (gain.sum() - gain) / (workers.sum() - workers)
    return float(share), float((n - 1) / n * ((left - share) ** 2).sum()), n


def _too_little(work: _Work, waiting: int) -> str:
    some, none = len(work.some), len(work.none)
    if min(some, none) >= LEAST:
        return f"Belum dapat dikatakan: yang mendaftar sendiri belum sampai {FEWEST} orang."
    late = f" ({number(waiting)} desa lagi dijangkau belum {work.months} bulan)" if waiting else ""
    known = f"{number(some)} desa dijangkau{late} dan {number(none)} tidak"
    return f"Belum dapat dikatakan: {known}; perlu paling sedikit {LEAST} dan {LEAST}."


def _told(found: Interval, people: Interval, level: float) -> str:
    span = f"kisaran {number(100 * level)}%: {number(found.low, 1)} sampai {number(found.high, 1)}"
    if found.low <= 0 <= found.high:
        return f"Belum terlihat beda yang pasti: {number(found.value, 1)} orang per 1.000 pekerja ({span})."
    word = "lebih banyak" if found.value > 0 else "lebih sedikit"
    size = f"{number(abs(found.value), 1)} orang per 1.000 pekerja {word}"
    heads = f"{number(people.value)} orang, antara {number(people.low)} dan {number(people.high)}"
    return f"Di desa yang dijangkau, tambahan pendaftar mandiri {size} daripada di desa lain ({span}): {heads}."


def _apart(drift: Interval) -> str:
    if drift.low <= 0 <= drift.high:
        return "Sebelum acara kedua kelompok desa berjalan seiring, sejauh terlihat."
    return (
        "Hati-hati: kedua kelompok desa sudah berjalan berbeda sebelum acara "
        f"({number(drift.value, 1)} orang per 1.000 pekerja), maka beda ini tidak dapat dianggap hasilnya."
    )


def _unseen(work: _Work, known: Known) -> str:
    if min(work.cohorts) - 2 * work.months >= known.first:
        return ""
    return (
        f"Sebelum {long_month(known.first)} hanya terlihat pendaftar yang kemudian masih aktif; yang sudah berhenti "
        "tidak terhitung, di kedua kelompok."
    )
