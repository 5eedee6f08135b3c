"""Duties and scorecard questions as data: who must do what, by which article, shown by which evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from jangkau.core.law.schema import CONFIDENCE, Reader, compose

KINDS = ("ya_tidak", "persen", "bulan")
_DUTY_KEYS = {"kode", "siapa", "isi", "rujukan", "keyakinan", "dari", "bukti"}
_QUESTION_KEYS = {"kode", "kelompok", "tanya", "jenis", "bobot", "kewajiban", "rujukan", "keyakinan", "bukti"}


@dataclass(frozen=True)
class Duty:
    """One duty; `area` limits it to a region code prefix."""

    code: str
    who: tuple[str, ...]
    what: str
    reference: str
    confidence: str
    since: date
    evidence: tuple[str, ...]
    area: str = ""
    note: str = ""


@dataclass(frozen=True)
class Question:
    """One question of the scorecard, with its weight and the duties that it looks at."""

    code: str
    group: str
    text: str
    kind: str
    weight: int
    duties: tuple[str, ...]
    reference: str
    confidence: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Scorecard:
    """A version of the questions, and the bands (points from, name) that a score is called by."""

    version: str
    questions: tuple[Question, ...]
    bands: tuple[tuple[int, str], ...]

    def band(self, points: float) -> str:
        """The name of the band that a score of 0-100 is in."""
        return next(name for low, name in reversed(self.bands) if points >= low or low == self.bands[0][0])


def duties(text: str | None = None, file: str = "kewajiban.yaml") -> tuple[Duty, ...]:
    """Every duty, in order. Raises HUKUM_BERKAS_SALAH naming file and line."""
    read = Reader(file)
    top = read.mapping(compose(file, text or _shipped(file)), {"versi", "butir"}, set())
    found = [_duty(read, node) for node in read.items(top["butir"], "butir")]
    _once(read, [(duty.code, node) for duty, node in zip(found, read.items(top["butir"], "butir"), strict=True)])
    return tuple(found)


def scorecard(text: str | None = None, file: str = "kartu_nilai.yaml") -> Scorecard:
    """The questions of this release. Raises HUKUM_BERKAS_SALAH naming file and line."""
    read = Reader(file)
    top = read.mapping(compose(file, text or _shipped(file)), {"versi", "butir", "golongan"}, set())
    nodes = read.items(top["butir"], "butir")
    questions = tuple(_question(read, node) for node in nodes)
    _once(read, [(question.code, node) for question, node in zip(questions, nodes, strict=True)])
    bands = tuple(_band(read, node) for node in read.items(top["golongan"], "golongan"))
    return Scorecard(read.text(top["versi"], "versi"), questions, bands)


def _duty(read: Reader, node: yaml.Node) -> Duty:
    entry = read.mapping(node, _DUTY_KEYS, {"wilayah", "catatan"})
    return Duty(
        code=read.text(entry["kode"], "kode"),
        who=_texts(read, entry, "siapa"),
        what=read.text(entry["isi"], "isi"),
        reference=read.text(entry["rujukan"], "rujukan"),
        confidence=_confidence(read, entry),
        since=read.day(entry["dari"], last=False),
        evidence=_texts(read, entry, "bukti"),
        area=read.text(entry["wilayah"], "wilayah") if "wilayah" in entry else "",
        note=read.text(entry["catatan"], "catatan") if "catatan" in entry else "",
    )


def _question(read: Reader, node: yaml.Node) -> Question:
    entry = read.mapping(node, _QUESTION_KEYS, set())
    kind, known = read.text(entry["jenis"], "jenis"), {duty.code for duty in duties()}
    if kind not in KINDS:
        raise read.fail(entry["jenis"], f"jenis '{kind}' tidak dikenal; pilih {', '.join(KINDS)}")
    for duty in read.items(entry["kewajiban"], "kewajiban"):
        if read.text(duty, "kewajiban") not in known:
            raise read.fail(duty, f"kewajiban '{duty.value}' tidak ada")
    return Question(
        code=read.text(entry["kode"], "kode"),
        group=read.text(entry["kelompok"], "kelompok"),
        text=read.text(entry["tanya"], "tanya"),
        kind=kind,
        weight=int(read.number(entry["bobot"])),
        duties=_texts(read, entry, "kewajiban"),
        reference=read.text(entry["rujukan"], "rujukan"),
        confidence=_confidence(read, entry),
        evidence=_texts(read, entry, "bukti"),
    )


def _band(read: Reader, node: yaml.Node) -> tuple[int, str]:
    entry = read.mapping(node, {"dari", "nama"}, set())
    return int(read.number(entry["dari"])), read.text(entry["nama"], "nama")


def _confidence(read: Reader, entry: Mapping[str, yaml.Node]) -> str:
    found = read.text(entry["keyakinan"], "keyakinan")
    if found not in CONFIDENCE:
        raise read.fail(entry["keyakinan"], f"keyakinan '{found}' tidak dikenal; pilih {', '.join(CONFIDENCE)}")
    return found


def _texts(read: Reader, entry: Mapping[str, yaml.Node], key: str) -> tuple[str, ...]:
    return tuple(read.text(item, key) for item in read.items(entry[key], key))


def _once(read: Reader, codes: list[tuple[str, yaml.Node]]) -> None:
    seen: set[str] = set()
    for code, node in codes:
        if code in seen:
            raise read.fail(node, f"kode '{code}' tertulis dua kali")
        seen.add(code)


@cache
def _shipped(file: str) -> str:
    return (files("jangkau.core.law.duties") / file).read_text("utf-8")
