"""One person weighed against a few candidates without a database or a frame: the arithmetic of a list, sooner.

Conditions, m and u are those of the model, read by Python (`plain_sql`); a property test holds the answers equal to
those that a list of one row gets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np

from jangkau.core.linkage.calibrate import Numbers, curved, held
from jangkau.core.linkage.comparisons import ELSE, Comparison, term_columns
from jangkau.core.linkage.decide import KEPT, prior
from jangkau.core.linkage.household import BORROWED, HOME, asked_of, closeness
from jangkau.core.linkage.model import Model, Thresholds
from jangkau.core.linkage.nik_pass import GUARD, GUARD_COLUMNS
from jangkau.core.linkage.plain_sql import Row, compiled
from jangkau.core.linkage.score import Limits, columns, level_bits, stranger_sql


@dataclass(frozen=True)
class Weighed:
    """A candidate: its record, weight in bits, number of the level of each comparison (-1: a side is silent)."""

    r: int
    bobot: float
    tingkat: dict[str, int]
    asing: bool
    serumah: int | None = None
    pinjam: bool = False
    tanding: bool = False


class Alone:
    """Weighs the candidates of one person with one model; holds no state, so that threads may share it."""

    def __init__(self, model: Model) -> None:
        self._questions = [_Question(model, comparison) for comparison in model.comparisons]
        self._guard, self._stranger = compiled(GUARD), compiled(stranger_sql())
        self._households = bool(asked_of(model.comparisons))
        self.left = sorted({*columns(model), *GUARD_COLUMNS})
        self.right = [*self.left, HOME, *(f"tf_{term}" for term in term_columns(model.comparisons))]

    def believed(self, pair: Row) -> bool:
        """Whether the guard believes an equal NIK."""
        return bool(self._guard(pair))

    def weigh(self, pairs: Sequence[Row], limits: Limits) -> list[Weighed]:
        """The pairs (`r`, and the columns of both sides) that weigh enough."""
        weighed = [one for pair in pairs if (one := self._weighed(pair, limits)).bobot >= limits.least]
        if not self._households:
            return weighed
        doubted = [(one.r, other) for one in weighed for other in weighed if _doubts(one, other)]
        if not doubted:
            return weighed
        held, best = {r for r, _ in doubted}, max((other for _, other in doubted), key=lambda one: (one.bobot, -one.r))
        return [replace(one, pinjam=one.r in held, tanding=one.r == best.r) for one in weighed]

    def _weighed(self, pair: Row, limits: Limits) -> Weighed:
        levels = {question.name: question.level(pair) for question in self._questions}
        bits = sum((question.bits(levels[question.name], pair) for question in self._questions), 0.0)
        return Weighed(pair["r"], bits, levels, bits >= limits.doubt and self._strange(levels, pair), pair[f"{HOME}_r"])

    def _strange(self, levels: dict[str, int], pair: Row) -> bool:
        """As `Scorer` has it: two names alike in nothing; or one missing, and another NIK."""
        last = next((question.last for question in self._questions if question.name == "nama"), None)
        if last is None:
            return False
        nameless = levels["nama"] < 0 and levels["nik"] != 0
        return nameless or (levels["nama"] == last and bool(self._stranger(pair)))


def _doubts(holder: Weighed, other: Weighed) -> bool:
    """Whether `other` makes the number of `holder` one that may be borrowed, as `household.contradicted` has it."""
    return (
        holder.tingkat["nik"] == 0
        and holder.serumah is not None
        and other.serumah == holder.serumah
        and other.tingkat["nik"] != 0
        and 0 <= _closeness(other) < _closeness(holder)
        and other.bobot >= holder.bobot - BORROWED
    )


def _closeness(one: Weighed) -> int:
    return int(closeness(np.array([one.tingkat["nama"]]))[0])


class _Question:
    """One comparison, ready to be asked."""

    def __init__(self, model: Model, comparison: Comparison) -> None:
        self.name, self.last = comparison.name, len(comparison.levels) - 1
        self._missing = compiled(comparison.missing)
        self._holds = [compiled(level.condition) for level in comparison.levels if level.condition != ELSE]
        self._bits = level_bits(model, comparison)
        self._terms = {number: f"tf_{level.tf}_r" for number, level in enumerate(comparison.levels) if level.tf}
        self._rarest = model.minimum_frequency

    def level(self, pair: Row) -> int:
        """The number of the level of a pair; -1 where a side is silent."""
        if self._missing(pair):
            return -1
        return next((number for number, holds in enumerate(self._holds) if holds(pair)), self.last)

    def bits(self, level: int, pair: Row) -> float:
        """What the level weighs for this pair."""
        if level in self._terms:
            return self._bits[level] - log2(max(pair[self._terms[level]] or 0.0, self._rarest))
        return self._bits[level]


def chances(weighed: Sequence[Weighed], model: Model, register: str, size: int) -> Numbers:
    """The probability of each candidate, with what review decisions taught: `posterior`, `doubtful`, `calibrate`."""
    bits = np.array([candidate.bobot for candidate in weighed]) * model.slope + prior(model, register, size)
    odds = 2.0 ** np.clip(bits, -60, 60)
    strange = np.array([candidate.asing for candidate in weighed], dtype=np.bool_)
    shared = odds / (1 + odds.sum())
    capped = np.where(strange, np.minimum(shared, model.thresholds.open), shared)
    borrowed = np.array([one.pinjam for one in weighed], dtype=np.bool_) & (shared >= model.thresholds.tinjau)
    capped = np.where(borrowed, model.thresholds.open, capped)
    shown = np.array([one.tanding for one in weighed], dtype=np.bool_) & borrowed.any()
    capped = np.where(shown, np.maximum(capped, model.thresholds.rest), capped)
    curve = model.curves.get(register, ())
    if not len(curve):
        return np.asarray(capped)
    moved = np.where(held(capped, model.thresholds), capped, curved(capped, curve))
    return np.asarray(moved / max(moved.sum(), 1.0))


def decided(found: dict[int, float], thresholds: Thresholds) -> list[tuple[int, float, str]]:
    """Records, probabilities and decisions, the most probable first: as `decide` for one person, `single`."""
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    settled = bool(ranked) and ranked[0][1] >= thresholds.cocok
    told = []
    for place, (record, chance) in enumerate(ranked):
        looked_at = not settled and chance >= thresholds.tinjau
        decision = "cocok" if settled and place == 0 else "tinjau" if looked_at else "tidak"
        if place < KEPT or decision != "tidak":
            told.append((record, chance, decision))
    return told
