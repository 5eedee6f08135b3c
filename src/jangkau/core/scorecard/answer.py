"""One answer: read from what somebody typed, and told again in words."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any

from jangkau.core.kernel.formats import long_date, number, percent
from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard.instrument import Question

MOST_LETTERS = 4_000
_LARGEST = 1e15
_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?")


@dataclass(frozen=True)
class Answer:
    """What was answered: a `value` (text or a number), a percentage (`part` of `whole`), or that it does not apply."""

    value: Any = None
    part: float | None = None
    whole: float | None = None
    na: bool = False
    why: str = ""

    @staticmethod
    def read(told: Mapping[str, Any]) -> "Answer":
        """From JSON as it is kept."""
        return Answer(**told)

    def kept(self) -> dict[str, Any]:
        """As JSON: only what is said."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", False)}

    def of(self, question: Question) -> object:
        """The value that is scored; None where there is none yet."""
        if question.jenis != "persen":
            return self.value
        return 100 * self.part / self.whole if self.part is not None and self.whole else None


def parse(question: Question, told: Mapping[str, str]) -> Answer | None:
    """An answer out of a form: `nilai`, or `pembilang` and `penyebut`, or `tidak_berlaku` with `alasan`; None: empty.

    Numbers as Indonesians write them (1.234,5), dates as 2026-06-30. Raises JAWABAN_SALAH.
    """
    if told.get("tidak_berlaku"):
        return _not_applicable(question, told.get("alasan", "").strip())
    if question.jenis == "persen":
        return _percentage(question, told.get("pembilang", "").strip(), told.get("penyebut", "").strip())
    text = told.get("nilai", "").strip()
    return Answer(_value(question, text)) if text else None


def _value(question: Question, text: str) -> str | float:
    if question.jenis == "angka":
        return _real(question, text)
    if question.jenis == "tanggal":
        return _day(question, text)
    choices = {"ya_tidak": {"ya", "tidak"}, "tingkat": {level.kode for level in question.tingkat}}.get(question.jenis)
    if choices is not None and text not in choices:
        raise _wrong(question, "pilih salah satu jawaban yang ada")
    if len(text) > MOST_LETTERS:
        raise _wrong(question, f"paling banyak {number(MOST_LETTERS)} huruf")
    return text


def shown(question: Question, answer: Answer | None) -> str:
    """An answer in words; a percentage with its numerator and denominator."""
    if answer is None:
        return ""
    if answer.na:
        return f"Tidak berlaku: {answer.why}"
    value = answer.of(question)
    if question.jenis == "persen":
        parts = f"{_plain(answer.part)} dari {_plain(answer.whole)} {question.satuan}".rstrip()
        return f"{percent(value)} ({parts})" if isinstance(value, float) else ""
    if question.jenis == "angka" and isinstance(value, int | float):
        return f"{_plain(value)} {question.satuan}".rstrip()
    if question.jenis == "tanggal":
        return long_date(date.fromisoformat(str(value)))
    return _label(question, str(value))


def _label(question: Question, value: str) -> str:
    names = {level.kode: level.kata for level in question.tingkat}
    return names.get(value, {"ya": "Ya", "tidak": "Tidak"}.get(value, value) if question.jenis == "ya_tidak" else value)


def _not_applicable(question: Question, why: str) -> Answer:
    if not question.boleh_tidak_berlaku:
        raise _wrong(question, "pertanyaan ini berlaku untuk semua")
    if not why:
        raise _wrong(question, "tulis alasan mengapa tidak berlaku")
    return Answer(na=True, why=why[:MOST_LETTERS])


def _percentage(question: Question, part: str, whole: str) -> Answer | None:
    if not part and not whole:
        return None
    if not part or not whole:
        raise _wrong(question, "isi pembilang dan penyebutnya")
    answer = Answer(part=_real(question, part), whole=_real(question, whole))
    if not answer.whole:
        raise _wrong(question, "penyebut harus lebih besar daripada nol")
    return answer


def _real(question: Question, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise _wrong(question, "tulis angka seperti 1.234,5")
    value = float(text.replace(".", "").replace(",", "."))
    if not isfinite(value) or value > _LARGEST:
        raise _wrong(question, "angkanya terlalu besar")
    return value


def _day(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _wrong(question, "tulis tanggal seperti 2026-06-30") from None


def _plain(value: float | None) -> str:
    if value is None:
        return "–"
    return number(value) if value == int(value) else number(value, 2).rstrip("0")


def _wrong(question: Question, words: str) -> Problem:
    return Problem("JAWABAN_SALAH", soal=question.kode, salah=words)
