"""An instrument: sections of questions with weights, answer kinds, evidence, conditions and bands, all of it data."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal["ya_tidak", "tingkat", "angka", "persen", "tanggal", "dokumen", "teks"]
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,19}$"
Code = Annotated[str, Field(pattern=CODE)]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
_SCORED_BY_STEPS = ("angka", "persen")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, ignored_types=(cached_property,))


class Band(_Part):
    """A name for scores from `mulai` percent up to the next band."""

    nama: Words
    mulai: Annotated[float, Field(ge=0, le=100)]


class Level(_Part):
    """One level of a rubric: its share of the points."""

    kode: Code
    kata: Words
    nilai: Share


class Step(_Part):
    """A number of at least `mulai` earns this share of the points."""

    mulai: Annotated[float, Field(allow_inf_nan=False)]
    nilai: Share


class Condition(_Part):
    """Asked only where another question has one of these answers; else it earns nothing (`nol`) or leaves (`keluar`).

    `nol` keeps a region from gaining by answering no to the question before.
    """

    pertanyaan: Code
    jawaban: Annotated[tuple[str, ...], Field(min_length=1)]
    selain_itu: Literal["nol", "keluar"] = "nol"


class Question(_Part):
    """One question. `indikator`: the code of a figure that may fill it; `kewajiban`: the duty it tells of.

    A duty is met where the answer earns at least `dipenuhi` of the points.
    """

    kode: Code
    tanya: Words
    jenis: Kind
    bobot: Weight
    petunjuk: str = ""
    bukti: str = ""
    bukti_wajib: bool = False
    boleh_tidak_berlaku: bool = False
    bila: Condition | None = None
    tingkat: tuple[Level, ...] = ()
    jenjang: tuple[Step, ...] = ()
    hari: Annotated[int, Field(ge=0, le=366)] | None = None
    satuan: str = ""
    indikator: str = ""
    kewajiban: str = ""
    dipenuhi: Share = 1.0

    @model_validator(mode="after")
    def _whole(self) -> "Question":
        for wrong in _question_faults(self):
            raise ValueError(wrong)
        return self

    @property
    def scored(self) -> bool:
        """Whether it can earn points."""
        return self.bobot > 0

    def share(self, value: object, start: date) -> float:
        """The share of the points that an answer earns; `start` is the first day of the semester."""
        if self.jenis == "ya_tidak":
            return float(value == "ya")
        if self.jenis == "tingkat":
            return next((level.nilai for level in self.tingkat if level.kode == value), 0.0)
        if self.jenis in _SCORED_BY_STEPS:
            assert isinstance(value, int | float)
            return next((step.nilai for step in reversed(self.jenjang) if value >= step.mulai), 0.0)
        if self.jenis == "tanggal" and self.hari is not None:
            return float(date.fromisoformat(str(value)) <= start + timedelta(days=self.hari))
        return 1.0

    @property
    def best(self) -> float:
        """The largest share that any answer earns."""
        shares = [level.nilai for level in self.tingkat] + [step.nilai for step in self.jenjang]
        return max(shares, default=1.0)


def _question_faults(told: Question) -> Iterator[str]:
    if (told.jenis == "tingkat") != bool(told.tingkat):
        yield "`tingkat` ditulis untuk jenis tingkat, dan hanya untuk itu"
    if bool(told.jenjang) != (told.jenis in _SCORED_BY_STEPS and told.scored):
        yield "`jenjang` ditulis untuk angka dan persen yang berbobot, dan hanya untuk itu"
    if len({level.kode for level in told.tingkat}) < len(told.tingkat):
        yield "kode tingkat berulang"
    if any(step.mulai >= later.mulai for step, later in pairwise(told.jenjang)):
        yield "`jenjang` ditulis dari `mulai` yang kecil ke yang besar, masing-masing sekali"
    if told.jenis == "teks" and told.scored:
        yield "jawaban teks tidak dapat diberi nilai; tulis `bobot: 0`"
    if told.hari is not None and told.jenis != "tanggal":
        yield "`hari` hanya untuk jenis tanggal"
    if told.bukti_wajib and not told.bukti:
        yield "bukti wajib harus disebut dalam `bukti`"


class Section(_Part):
    """A part of the instrument with its weight in the whole."""

    kode: Code
    judul: Words
    bobot: Weight
    tentang: str = ""
    pertanyaan: Annotated[tuple[Question, ...], Field(min_length=1)]


class Instrument(_Part):
    """An instrument of one version. `resmi` is false for all that Jangkau brings: nobody published a form.

    `tidak_berlaku`: where the weight of a question goes that does not apply: to the others of its section (`bagian`),
    or out of the whole (`keluar`). `tanpa_bukti`: the share of its points that an answer keeps while its evidence is
    missing.
    """

    kode: Code
    versi: Code
    judul: Words
    tentang: str = ""
    pembuat: Words
    resmi: bool
    sumber: str = ""
    untuk: Annotated[tuple[Literal["provinsi", "kabupaten"], ...], Field(min_length=1)] = ("provinsi", "kabupaten")
    tidak_berlaku: Literal["bagian", "keluar"]
    tanpa_bukti: Share = 1.0
    pita: Annotated[tuple[Band, ...], Field(min_length=1)]
    bagian: Annotated[tuple[Section, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> "Instrument":
        for wrong in _instrument_faults(self):
            raise ValueError(wrong)
        return self

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by code, in order."""
        return {question.kode: question for section in self.bagian for question in section.pertanyaan}

    def band(self, percent: float | None) -> str:
        """The name of the band of a score; nothing where there is none."""
        if percent is None:
            return ""
        return [band.nama for band in self.pita if round(percent, 9) >= band.mulai][-1]


def _instrument_faults(told: Instrument) -> Iterator[str]:
    questions = [question for section in told.bagian for question in section.pertanyaan]
    yield from _twice("kode pertanyaan", (question.kode for question in questions))
    yield from _twice("kode bagian", (section.kode for section in told.bagian))
    yield from _twice("kewajiban", (question.kewajiban for question in questions if question.kewajiban))
    if told.pita[0].mulai != 0 or any(one.mulai >= other.mulai for one, other in pairwise(told.pita)):
        yield "pita mulai dari 0 dan naik"
    for section in told.bagian:
        if (section.bobot > 0) != any(question.scored for question in section.pertanyaan):
            yield f"bagian {section.kode}: bobot bagian dan bobot pertanyaannya tidak sejalan"
    if not any(section.bobot for section in told.bagian):
        yield "tidak ada bagian yang berbobot"
    yield from _condition_faults(questions)


def _condition_faults(questions: list[Question]) -> Iterator[str]:
    """A condition names an answer of a question before it, so that a page can be filled from top to bottom."""
    seen: dict[str, set[str]] = {}
    for question in questions:
        if question.bila:
            possible = seen.get(question.bila.pertanyaan)
            if possible is None:
                yield f"{question.kode}: syarat `bila` menyebut {question.bila.pertanyaan}, yang tidak ada sebelumnya"
            elif unknown := sorted(set(question.bila.jawaban) - possible):
                yield f"{question.kode}: {question.bila.pertanyaan} tidak dapat dijawab {', '.join(unknown)}"
        levels = {level.kode for level in question.tingkat}
        seen[question.kode] = {"ya", "tidak"} if question.jenis == "ya_tidak" else levels


def _twice(what: str, codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield f"{what} {code} berulang"
        seen.add(code)
