"""Questions asked before and after an event: a bank with its right answers, and how many knew them, of how many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.outreach.messages import message


@dataclass(frozen=True)
class Question:
    """A question with its answers; `right` is the place of the right one."""

    code: str
    text: str
    answers: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Answers:
    """People who answered a question before and after an event, and of these who knew it. Raises SOSIALISASI_JAWAB for
    counts that cannot be.
    """

    asked_before: int = 0
    right_before: int = 0
    asked_after: int = 0
    right_after: int = 0

    def __post_init__(self) -> None:
        low = min(self.right_before, self.right_after, self.asked_before, self.asked_after) < 0
        if low or self.right_before > self.asked_before or self.right_after > self.asked_after:
            raise Problem("SOSIALISASI_JAWAB")

    @property
    def before(self) -> float | None:
        """Percent who knew it before; None where nobody was asked."""
        return 100 * self.right_before / self.asked_before if self.asked_before else None

    @property
    def after(self) -> float | None:
        """Percent who knew it after; None where nobody was asked."""
        return 100 * self.right_after / self.asked_after if self.asked_after else None

    @property
    def gain(self) -> float | None:
        """Points more after than before; None where either is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


def added(parts: Iterable[Answers]) -> Answers:
    """Several events as one."""
    rows = [(a.asked_before, a.right_before, a.asked_after, a.right_after) for a in parts]
    return Answers(*map(sum, zip(*rows, strict=True))) if rows else Answers()


@cache
def _read() -> tuple[str, tuple[Question, ...]]:
    read = load_yaml((files(__package__) / "soal.yaml").read_text("utf-8"))
    rows = [Question(row["kode"], row["tanya"], tuple(row["jawab"]), row["benar"] - 1) for row in read["soal"]]
    return read["versi"], tuple(rows)


def version() -> str:
    """The version of the bank."""
    return _read()[0]


def bank(values: Mapping[str, str]) -> dict[str, Question]:
    """Every question by its code, its numbers filled with those of a day (`messages.amounts`)."""
    return {
        known.code: Question(
            known.code, message(known.text, values), tuple(message(text, values) for text in known.answers), known.right
        )
        for known in _read()[1]
    }
