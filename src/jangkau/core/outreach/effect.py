"""What outreach changed in joining at one's own cost: areas reached beside areas not reached, before and after.

Difference in differences of two groups of areas. In each group the change is a ratio of sums, new joiners after less
before over the uncovered people of the start; areas are the units, and its variance is the linearised one of a ratio
(Cochran 1977, Sampling Techniques, 6.4), with Welch's degrees of freedom for the difference. Areas were chosen, not
drawn: what else differed between them is in the number too, which the sentences say each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from jangkau.core.kernel.formats import number

LEAST = 5  # areas of each group: fewer tell nothing of how areas differ by themselves
LEVEL = 0.95
PER = 1_000


@dataclass(frozen=True)
class Area:
    """One area: `uncovered` people at the start, who joined at their own cost in equally long times.

    `earlier` is the time before `before`, where known: both were without outreach, so that groups that drift apart by
    themselves are seen.
    """

    code: str
    reached: bool
    uncovered: int
    before: int
    after: int
    earlier: int | None = None


@dataclass(frozen=True)
class Change:
    """A group of areas: more joiners than before, of so many uncovered."""

    areas: int
    uncovered: int
    before: int
    after: int

    @property
    def share(self) -> float:
        """More joiners per 1,000 uncovered."""
        return PER * (self.after - self.before) / self.uncovered


class Interval(NamedTuple):
    """A number with what it may lie between."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """`found` per 1,000 uncovered people, `people` in the areas reached: None where too little is known; `drift`: the
    same difference before any outreach, None where not known; `words`: what may be said.
    """

    reached: Change | None
    others: Change | None
    found: Interval | None
    people: Interval | None
    drift: Interval | None
    words: tuple[str, ...]


CAUTION = "Kawasan yang dijangkau dipilih, tidak diundi: sebab lain yang hanya terjadi di sana ikut terhitung di sini."


def effect(areas: Sequence[Area], level: float = LEVEL) -> Effect:
    """The difference in differences. An area without uncovered people tells nothing and is left out."""
    known = [area for area in areas if area.uncovered > 0]
    groups = [[area for area in known if area.reached is told] for told in (True, False)]
    reached, others = (_change(group) for group in groups)
    if min(map(len, groups)) < LEAST or not any(area.before + area.after for area in known):
        return Effect(reached, others, None, None, None, (_too_little(groups), CAUTION))
    found = _difference(groups, [[a.after - a.before for a in group] for group in groups], level)
    people = Interval(*(part * sum(area.uncovered for area in groups[0]) / PER for part in found))
    drift = None
    if all(area.earlier is not None for area in known):
        drift = _difference(groups, [[a.before - (a.earlier or 0) for a in group] for group in groups], level)
    words = (_told(found, people, level), _apart(drift), CAUTION)
    return Effect(reached, others, found, people, drift, tuple(filter(None, words)))


def _change(group: list[Area]) -> Change | None:
    if not group:
        return None
    sums = (sum(getattr(area, name) for area in group) for name in ("uncovered", "before", "after"))
    return Change(len(group), *sums)


def _difference(groups: list[list[Area]], gained: list[list[int]], level: float) -> Interval:
    """Per 1,000: the first group's share less the second's."""
    shares, parts = [], []
    for group, more in zip(groups, gained, strict=True):
        base = np.array([area.uncovered for area in group], float)
        share = float(sum(more) / base.sum())
        rest = np.array(more) - share * base
        shares.append(share)
        parts.append((len(group) / (len(group) - 1) * float((rest**2).sum() / base.sum() ** 2), len(group) - 1))
    value, variance = shares[0] - shares[1], sum(part for part, _ in parts)
    free = variance**2 / sum(part**2 / n for part, n in parts) if variance else 1.0
    half = sqrt(variance) * float(stdtrit(free, (1 + level) / 2))
    return Interval(PER * value, PER * (value - half), PER * (value + half))


def _too_little(groups: list[list[Area]]) -> str:
    some, none = map(len, groups)
    if min(some, none) >= LEAST:
        return "Belum dapat dikatakan: belum seorang pun mendaftar sendiri di kawasan mana pun."
    known = f"{number(some)} kawasan dijangkau dan {number(none)} tidak"
    return f"Belum dapat dikatakan: {known}; perlu paling sedikit {LEAST} dan {LEAST}."


def _told(found: Interval, people: Interval, level: float) -> str:
    span = f"kisaran {number(100 * level)}%: {number(found.low, 1)} sampai {number(found.high, 1)}"
    if found.low <= 0 <= found.high:
        return (
            f"Belum terlihat beda yang pasti: {number(found.value, 1)} orang per 1.000 yang belum terlindungi ({span})."
        )
    word = "lebih banyak" if found.value > 0 else "lebih sedikit"
    size = f"{number(abs(found.value), 1)} orang per 1.000 yang belum terlindungi {word}"
    heads = f"{number(people.value)} orang, antara {number(people.low)} dan {number(people.high)}"
    return f"Di kawasan yang dijangkau, tambahan pendaftar mandiri {size} daripada di kawasan lain ({span}): {heads}."


def _apart(drift: Interval | None) -> str:
    if drift is None:
        return "Apakah kedua kelompok kawasan berjalan seiring sebelumnya tidak diketahui."
    if drift.low <= 0 <= drift.high:
        return ""
    return (
        "Hati-hati: kedua kelompok kawasan sudah berjalan berbeda sebelum sosialisasi "
        f"({number(drift.value, 1)} orang per 1.000), maka beda ini tidak dapat dianggap hasilnya."
    )
