"""The score of one filled card: points by question and section, what is missing, what would raise it most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from jangkau.core.scorecard.answer import Answer
from jangkau.core.scorecard.instrument import Instrument, Question, Section

# `menunggu`: whether it is asked depends on an answer that is still missing.
State = Literal["terjawab", "belum", "menunggu", "tidak_berlaku", "tidak_ditanya"]
OPEN = ("belum", "menunggu")
OUT = "keluar"


@dataclass(frozen=True)
class Mark:
    """One question of a card: how it stands and its points of those possible. `share` is what the answer earns of them.

    `own` is the share by the answer itself where an evaluator's word holds instead; `counts`: it weighs in the card.
    """

    question: Question
    section: str
    state: State
    share: float
    own: float
    possible: float
    evidence_missing: bool = False

    @property
    def points(self) -> float:
        """Points reached."""
        return self.possible * self.share

    @property
    def gain(self) -> float:
        """Points that the best answer, with its evidence, would add."""
        return max(0.0, self.possible * (self.question.best - self.share))


@dataclass(frozen=True)
class SectionMark:
    """Points of a section reached and possible; `answered` of the possible ones are answered."""

    section: Section
    points: float
    possible: float
    answered: float

    @property
    def percent(self) -> float | None:
        """Points in percent of those possible; None where nothing applies."""
        return 100 * self.points / self.possible if self.possible else None


@dataclass(frozen=True)
class Result:
    """The score of a card: unanswered questions earn nothing and stay in what is possible."""

    instrument: Instrument
    marks: tuple[Mark, ...] = field(repr=False)
    sections: tuple[SectionMark, ...]

    @cached_property
    def points(self) -> float:
        """Points reached."""
        return sum(section.points for section in self.sections)

    @cached_property
    def possible(self) -> float:
        """Points that could be reached."""
        return sum(section.possible for section in self.sections)

    @property
    def percent(self) -> float | None:
        """Points in percent of those possible; None where nothing can be scored."""
        return 100 * self.points / self.possible if self.possible else None

    @property
    def band(self) -> str:
        """The name of the band."""
        return self.instrument.band(self.percent)

    @property
    def answered(self) -> float | None:
        """The percentage of the possible points whose questions are answered."""
        return 100 * sum(s.answered for s in self.sections) / self.possible if self.possible else None

    @property
    def unanswered(self) -> list[Mark]:
        """Questions that wait for an answer, in order."""
        return [mark for mark in self.marks if mark.state == "belum"]

    @property
    def evidence_missing(self) -> list[Mark]:
        """Questions answered without the evidence that is asked."""
        return [mark for mark in self.marks if mark.evidence_missing]

    def raises(self, most: int = 5) -> list[Mark]:
        """The questions that would raise the score most, the largest gain first."""
        found = [mark for mark in self.marks if mark.gain > 1e-9]
        return sorted(found, key=lambda mark: -round(mark.gain, 9))[:most]

    def strengths(self, most: int = 5) -> list[Mark]:
        """Questions with all their points, the weightiest first."""
        found = [mark for mark in self.marks if mark.possible and mark.share >= mark.question.best]
        return sorted(found, key=lambda mark: -round(mark.possible, 9))[:most]


def score(
    instrument: Instrument,
    answers: Mapping[str, Answer],
    *,
    start: date,
    evidence: Collection[str] = (),
    judged: Mapping[str, float] | None = None,
) -> Result:
    """Score a card.

    `evidence`: questions with a file; `judged`: an evaluator's share (0..1) of the points of a question, which holds
    instead of the answer's; `start`: first day of the semester.
    """
    states = _states(instrument, answers)
    marks: list[Mark] = []
    for section in instrument.bagian:
        possible = _possible(instrument, section, states)
        for question in section.pertanyaan:
            kode, state = question.kode, states[question.kode]
            missing = state == "terjawab" and question.bukti_wajib and kode not in evidence
            own = question.share(answers[kode].of(question), start) if state == "terjawab" else 0.0
            own *= instrument.tanpa_bukti if missing else 1.0
            share = (judged or {}).get(kode, own) if state == "terjawab" else own
            marks.append(Mark(question, section.kode, state, share, own, possible[kode], missing))
    return Result(instrument, tuple(marks), tuple(_section(section, marks) for section in instrument.bagian))


def _states(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, State]:
    states: dict[str, State] = {}
    for kode, question in instrument.questions.items():
        states[kode] = _unasked(question, answers, states) or _answered(question, answers.get(kode))
    return states


def _unasked(question: Question, answers: Mapping[str, Answer], states: Mapping[str, State]) -> State | None:
    """Why a question is not asked by the answer before it; None where it is asked."""
    if question.bila is None:
        return None
    before = states[question.bila.pertanyaan]
    if before == "terjawab":
        return None if answers[question.bila.pertanyaan].value in question.bila.jawaban else "tidak_ditanya"
    return "menunggu" if before in OPEN else before


def _answered(question: Question, answer: Answer | None) -> State:
    if answer and answer.na and question.boleh_tidak_berlaku:
        return "tidak_berlaku"
    return "terjawab" if answer and answer.of(question) not in (None, "") else "belum"


def _possible(instrument: Instrument, section: Section, states: Mapping[str, State]) -> dict[str, float]:
    """Points that each question of a section can reach; those that leave pass theirs on, or take them away."""
    staying = [q for q in section.pertanyaan if not _leaves(q, states[q.kode])]
    base = staying if instrument.tidak_berlaku == "bagian" else section.pertanyaan
    whole = sum(question.bobot for question in base)
    points = {question.kode: section.bobot * question.bobot / whole if whole else 0.0 for question in staying}
    return {question.kode: points.get(question.kode, 0.0) for question in section.pertanyaan}


def _leaves(question: Question, state: State) -> bool:
    if state == "tidak_ditanya":
        return question.bila is not None and question.bila.selain_itu == OUT
    return state == "tidak_berlaku"


def _section(section: Section, marks: list[Mark]) -> SectionMark:
    own = [mark for mark in marks if mark.section == section.kode]
    done = sum(mark.possible for mark in own if mark.state not in OPEN)
    return SectionMark(section, sum(mark.points for mark in own), sum(mark.possible for mark in own), done)
