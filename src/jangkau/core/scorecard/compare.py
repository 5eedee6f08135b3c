"""Cards side by side: only questions that are the same in both versions are compared, and the rest is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jangkau.core.scorecard.instrument import Instrument, Question
from jangkau.core.scorecard.score import Result

_WEIGHING = {"bobot", "petunjuk", "indikator", "kewajiban", "dipenuhi", "bukti"}  # another of these asks the same


@dataclass(frozen=True)
class Change:
    """A question of two versions: `new`, `gone`, `asks` (something else) or `weighs` (more or less), or of a header."""

    kind: str
    code: str
    words: str


@dataclass(frozen=True)
class Difference:
    """Two cards over the questions that both ask: percent of each by the weights of the later, and what moved.

    `moved`: question, its share before and after. `apart`: questions that only one asks, or asks differently.
    """

    before: float | None
    after: float | None
    moved: tuple[tuple[Question, float, float], ...]
    apart: tuple[Change, ...]


@dataclass(frozen=True)
class Row:
    """A line of the table of regions or semesters: percent by section over the questions common to all."""

    name: str
    sections: tuple[float | None, ...]
    percent: float | None


def differences(old: Instrument, new: Instrument) -> list[Change]:
    """What another version changed, heads first, then questions in their order."""
    found = [
        Change("head", name, f"{_shown(getattr(old, name))} → {_shown(getattr(new, name))}")
        for name in ("judul", "pembuat", "resmi", "untuk", "tidak_berlaku", "tanpa_bukti", "pita")
        if getattr(old, name) != getattr(new, name)
    ]
    weights = {section.kode: section.bobot for section in old.bagian}
    for section in new.bagian:
        if weights.get(section.kode, section.bobot) != section.bobot:
            found.append(Change("weighs", section.kode, f"{weights[section.kode]:g} → {section.bobot:g}"))
    return found + _questions(old, new)


def _questions(old: Instrument, new: Instrument) -> list[Change]:
    found = [Change("gone", kode, q.tanya) for kode, q in old.questions.items() if kode not in new.questions]
    for kode, question in new.questions.items():
        before = old.questions.get(kode)
        if before is None:
            found.append(Change("new", kode, question.tanya))
        elif not same(before, question):
            found.append(Change("asks", kode, ", ".join(_changed(before, question))))
        elif before != question:
            found.append(Change("weighs", kode, ", ".join(_changed(before, question))))
    return found


def _changed(old: Question, new: Question) -> list[str]:
    names = Question.model_fields
    return [
        f"{name}: {_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_shown(part) for part in value) or "–"
    if hasattr(value, "model_dump"):
        return " ".join(str(part) for part in value.model_dump().values())
    return str(value) if value not in ("", None) else "–"


def same(old: Question, new: Question) -> bool:
    """Whether two versions ask the same, scored the same way; weight and wording of help may differ."""
    return old.model_dump(exclude=_WEIGHING) == new.model_dump(exclude=_WEIGHING)


def common(instruments: Iterable[Instrument]) -> list[str]:
    """The questions that all versions ask alike, in the order of the last."""
    given = list(instruments)
    if not given:
        return []
    last = given[-1].questions
    return [
        kode
        for kode, question in last.items()
        if question.scored and all(kode in one.questions and same(one.questions[kode], question) for one in given)
    ]


def difference(before: Result, after: Result) -> Difference:
    """How a card moved against an earlier one."""
    codes = common([before.instrument, after.instrument])
    old, new = _shares(before), _shares(after)
    moved = [
        (after.instrument.questions[kode], old[kode], new[kode])
        for kode in codes
        if kode in old and kode in new and abs(old[kode] - new[kode]) > 1e-9
    ]
    apart = [change for change in _questions(before.instrument, after.instrument) if change.kind != "weighs"]
    both = [kode for kode in codes if kode in old and kode in new]
    weights = after.instrument
    return Difference(_percent(weights, both, old), _percent(weights, both, new), tuple(moved), tuple(apart))


def heat(cards: list[tuple[str, Result]]) -> tuple[list[Row], list[str]]:
    """Rows of (name, card) over the questions common to all, by the weights of the last; and the codes left out."""
    if not cards:
        return [], []
    last = cards[-1][1].instrument
    codes = common([result.instrument for _, result in cards])
    rows = [_row(name, result, last, codes) for name, result in cards]
    everything = {
        kode for _, result in cards for kode, question in result.instrument.questions.items() if question.scored
    }
    return rows, sorted(everything - set(codes))


def _row(name: str, result: Result, weights: Instrument, codes: list[str]) -> Row:
    shares = _shares(result)
    inside = [{q.kode for q in section.pertanyaan} for section in weights.bagian]
    parts = [_percent(weights, [kode for kode in codes if kode in own], shares) for own in inside]
    return Row(name, tuple(parts), _percent(weights, codes, shares))


def _shares(result: Result) -> dict[str, float]:
    """Shares of the questions that weigh in a card."""
    return {mark.question.kode: mark.share for mark in result.marks if mark.possible}


def _percent(weights: Instrument, codes: Iterable[str], shares: Mapping[str, float]) -> float | None:
    """Points in percent over some questions; sections weigh as in `weights`, those without a question leave."""
    wanted = {kode for kode in codes if kode in shares}
    points = possible = 0.0
    for section in weights.bagian:
        own = [question for question in section.pertanyaan if question.kode in wanted]
        whole = sum(question.bobot for question in own)
        if whole:
            points += section.bobot * sum(q.bobot * shares[q.kode] for q in own) / whole
            possible += section.bobot
    return 100 * points / possible if possible else None
