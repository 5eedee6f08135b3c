"""A card as its page shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.scorecards import figures, selectors
from jangkau.apps.scorecards.figures import Figure
from jangkau.apps.scorecards.models import Answer, Card, Comment, Evidence, Judgement, State
from jangkau.core.scorecard import Question, Result, shown
from jangkau.core.scorecard.score import Mark, SectionMark


@dataclass(frozen=True)
class Line:
    """One question with everything said of it."""

    mark: Mark
    answer: Answer | None
    evidence: list[Evidence]
    comments: list[Comment]
    judgement: Judgement | None
    figure: Figure | None

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.mark.question

    @property
    def words(self) -> str:
        """The answer in words."""
        return shown(self.question, self.answer.told) if self.answer else ""

    @property
    def typed(self) -> dict[str, Any]:
        """The answer as the form shows it: numbers as they are typed here."""
        told = self.answer.told if self.answer else None
        if told is None:
            return {}
        numbers = {"nilai": told.value, "pembilang": told.part, "penyebut": told.whole}
        return {**{name: _typed(value) for name, value in numbers.items()}, "na": told.na, "why": told.why}

    @property
    def asked(self) -> bool:
        """Whether it is to be answered now."""
        return self.mark.state not in ("tidak_ditanya", "menunggu")


def _typed(value: object) -> object:
    return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(value, float) else value


@dataclass(frozen=True)
class Sight:
    """A card, its score, its questions by section, and what the user may do with it."""

    card: Card
    result: Result
    sections: list[tuple[SectionMark, list[Line]]]
    may_fill: bool
    may_reply: bool
    may_judge: bool
    may_reopen: bool

    def line(self, code: str) -> Line:
        """The line of a question."""
        return next(line for _, lines in self.sections for line in lines if line.question.kode == code)


def sight(card: Card, user: User) -> Sight:
    """The whole of a card."""
    result = selectors.result(card)
    answers = {row.code: row for row in card.answers.all()}
    judged = {row.code: row for row in card.judgements.select_related("by")}
    files, comments = _by_code(card.evidence.all()), _by_code(card.comments.select_related("by"))
    known = figures.figures(card.region_code) if card.editable else {}
    lines = {
        mark.question.kode: Line(
            mark, answers.get(code := mark.question.kode), files[code], comments[code], judged.get(code),
            figures.of(mark.question, known),
        )
        for mark in result.marks
    }  # fmt: skip
    sections = [(s, [lines[q.kode] for q in s.section.pertanyaan]) for s in result.sections]
    fills = allowed(user, selectors.FILL, card.region_code)
    judges = allowed(user, selectors.JUDGE, card.region_code) and user.pk not in _hands(card, answers, files)
    return Sight(
        card, result, sections, fills and card.editable, fills and card.state != State.CLOSED,
        judges and card.state == State.SENT, fills and card.state == State.CLOSED,
    )  # fmt: skip


def _hands(card: Card, answers: dict[str, Answer], files: dict[str, list[Any]]) -> set[int | None]:
    """Who opened, filled or sent it."""
    rows: list[Any] = [*answers.values(), *(row for found in files.values() for row in found)]
    return {card.opened_by_id, card.sent_by_id, *(row.by_id for row in rows)}


def _by_code(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return found
