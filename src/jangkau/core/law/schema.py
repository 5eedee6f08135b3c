"""How a law file is read: strictly, with the line of every fault.

A parameter is one idea (`bpu/jkm.yaml` is `bpu.jkm`) with dated values; each value carries its reference and how
sure we are. The ranges of one parameter follow one another without gap or overlap.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from jangkau.core.kernel.problems import Problem

FORMS = ("angka", "jenjang", "peta", "senarai", "teks", "pilihan")
CONFIDENCE = ("tinggi", "sedang", "rendah")
_FILE_KEYS = {"judul", "arti", "satuan", "bentuk", "nilai"}
_OPTIONAL_FILE_KEYS = {"pilihan", "peringatan", "lihat"}
_VALUE_KEYS = {"dari", "nilai", "rujukan", "keyakinan"}
_OPTIONAL_VALUE_KEYS = {"sampai", "catatan"}
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Value:
    """What a parameter is from one day to another (`until` None: still in force)."""

    since: date
    until: date | None
    content: Any
    reference: str
    confidence: str
    note: str
    line: int

    def holds(self, on: date) -> bool:
        """Whether this value is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Parameter:
    """One idea of the law with its values, oldest first."""

    name: str
    title: str
    meaning: str
    unit: str
    form: str
    values: tuple[Value, ...]
    options: tuple[str, ...] = ()
    warning: str = ""

    def on(self, day: date) -> Value | None:
        """The value in force on a day, or None."""
        return next((value for value in self.values if value.holds(day)), None)

    @property
    def span(self) -> str:
        """The whole period that is known, in words."""
        last = self.values[-1].until
        return f"{self.values[0].since} s.d. {last or 'sekarang'}"


@dataclass(frozen=True)
class Reader:
    """Reads one file; every fault is HUKUM_BERKAS_SALAH with file and line."""

    file: str

    def fail(self, node: yaml.Node | int, cause: str) -> Problem:
        """The problem to raise for a node (or a line)."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        return Problem("HUKUM_BERKAS_SALAH", berkas=self.file, baris=line, sebab=cause)

    def mapping(self, node: yaml.Node | None, need: set[str], may: set[str]) -> dict[str, yaml.Node]:
        """The entries of a mapping that has every needed key and no unknown one."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node or 1, "harus berisi kunci dan nilai")
        found = dict(self._entries(node))
        for key, entry in found.items():
            if key not in need | may:
                raise self.fail(entry, f"kunci '{key}' tidak dikenal")
        missing = sorted(need - set(found))
        if missing:
            raise self.fail(node, f"kunci {', '.join(missing)} tidak ada")
        return found

    def _entries(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise self.fail(key, f"kunci '{key.value}' tertulis dua kali")
            seen.add(key.value)
            yield key.value, value

    def text(self, node: yaml.Node, what: str) -> str:
        """A scalar that is not empty."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.fail(node, f"{what} kosong")
        return " ".join(node.value.split())

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The items of a list that is not empty."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.fail(node, f"{what} harus daftar yang berisi")
        return list(node.value)

    def number(self, node: yaml.Node) -> int | Decimal:
        """A number as written: whole numbers are int, others exact decimals."""
        text = self.text(node, "angka").replace("_", "")
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise self.fail(node, f"'{text}' bukan angka") from None
        return int(found) if re.fullmatch(r"-?\d+", text) else found

    def day(self, node: yaml.Node, *, last: bool) -> date:
        """A day; a month means its first day, or its last for `sampai`."""
        try:
            return read_day(self.text(node, "tanggal"), last=last)
        except Problem:
            raise self.fail(node, "tanggal ditulis TTTT-BB atau TTTT-BB-HH") from None


def read_day(text: str, *, last: bool) -> date:
    """`2026-11` or `2026-11-22` as a day; a month gives its last or first day. Raises HUKUM_TANGGAL_SALAH."""
    if not _DAY.fullmatch(text):
        raise Problem("HUKUM_TANGGAL_SALAH", teks=text)
    try:
        year, month, *day = (int(part) for part in text.split("-"))
        return date(year, month, day[0] if day else calendar.monthrange(year, month)[1] if last else 1)
    except (ValueError, calendar.IllegalMonthError):
        raise Problem("HUKUM_TANGGAL_SALAH", teks=text) from None


def compose(file: str, text: str) -> yaml.Node | None:
    """The node tree of a file. Raises HUKUM_BERKAS_SALAH where it is no YAML."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise Reader(file).fail(line, f"bukan YAML yang sah ({fault.problem})") from None


def read_parameter(name: str, file: str, text: str) -> Parameter:
    """One law file. Raises HUKUM_BERKAS_SALAH naming file and line at the first fault."""
    read = Reader(file)
    top = read.mapping(compose(file, text), _FILE_KEYS, _OPTIONAL_FILE_KEYS)
    form = read.text(top["bentuk"], "bentuk")
    if form not in FORMS:
        raise read.fail(top["bentuk"], f"bentuk '{form}' tidak dikenal; pilih {', '.join(FORMS)}")
    options = _options(read, top, form)
    values = tuple(_value(read, node, form) for node in read.items(top["nilai"], "nilai"))
    for value in values:
        if options and value.content not in options:
            raise read.fail(value.line, f"'{value.content}' bukan salah satu pilihan")
    return Parameter(
        name=name,
        title=read.text(top["judul"], "judul"),
        meaning=read.text(top["arti"], "arti"),
        unit=read.text(top["satuan"], "satuan"),
        form=form,
        values=_chain(read, values),
        options=options,
        warning=read.text(top["peringatan"], "peringatan") if "peringatan" in top else "",
    )


def _options(read: Reader, top: dict[str, yaml.Node], form: str) -> tuple[str, ...]:
    """The choices of a setting; a setting must also warn that the law leaves it open."""
    if form != "pilihan":
        for key in ("pilihan", "peringatan"):
            if key in top:
                raise read.fail(top[key], f"kunci '{key}' hanya untuk bentuk pilihan")
        return ()
    for key in ("pilihan", "peringatan"):
        if key not in top:
            raise read.fail(top["bentuk"], f"bentuk pilihan perlu kunci '{key}'")
    return tuple(read.text(item, "pilihan") for item in read.items(top["pilihan"], "pilihan"))


def _value(read: Reader, node: yaml.Node, form: str) -> Value:
    entry = read.mapping(node, _VALUE_KEYS, _OPTIONAL_VALUE_KEYS)
    confidence = read.text(entry["keyakinan"], "keyakinan")
    if confidence not in CONFIDENCE:
        raise read.fail(entry["keyakinan"], f"keyakinan '{confidence}' tidak dikenal; pilih {', '.join(CONFIDENCE)}")
    return Value(
        since=read.day(entry["dari"], last=False),
        until=read.day(entry["sampai"], last=True) if "sampai" in entry else None,
        content=_content(read, entry["nilai"], form),
        reference=read.text(entry["rujukan"], "rujukan"),
        confidence=confidence,
        note=read.text(entry["catatan"], "catatan") if "catatan" in entry else "",
        line=node.start_mark.line + 1,
    )


def _content(read: Reader, node: yaml.Node, form: str) -> Any:
    if form == "angka":
        return read.number(node)
    if form == "senarai":
        return tuple(read.text(item, "isi daftar") for item in read.items(node, "nilai"))
    if form == "jenjang":
        return _steps(read, node)
    if form == "peta":
        return _table(read, node)
    return read.text(node, "nilai")


def _steps(read: Reader, node: yaml.Node) -> tuple[tuple[int | Decimal, int | Decimal], ...]:
    """Pairs (lower bound, value); bounds rise from zero, each step ends below the next."""
    steps: list[tuple[int | Decimal, int | Decimal]] = []
    for item in read.items(node, "nilai"):
        pair = read.items(item, "jenjang")
        if len(pair) != 2:
            raise read.fail(item, "jenjang ditulis [batas bawah, nilai]")
        low, value = read.number(pair[0]), read.number(pair[1])
        if low != 0 if not steps else low <= steps[-1][0]:
            raise read.fail(item, "batas bawah jenjang harus mulai dari 0 dan selalu naik")
        steps.append((low, value))
    return tuple(steps)


def _table(read: Reader, node: yaml.Node) -> dict[str, int | Decimal | str]:
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise read.fail(node, "nilai harus peta yang berisi")
    return {key: _scalar(read, value) for key, value in read._entries(node)}


def _scalar(read: Reader, node: yaml.Node) -> int | Decimal | str:
    text = read.text(node, "nilai")
    return read.number(node) if re.fullmatch(r"-?\d[\d_]*(\.\d+)?", text) else text


def _chain(read: Reader, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values with every open end closed by its successor; no gap, no overlap, oldest first."""
    closed: list[Value] = []
    for value, following in zip(values, (*values[1:], None), strict=True):
        until = value.until
        if until is not None and until < value.since:
            raise read.fail(value.line, "sampai lebih awal daripada dari")
        if following is not None:
            eve = following.since - timedelta(days=1)
            if eve < value.since or (until is not None and until > eve):
                raise read.fail(following.line, "masa berlaku tumpang tindih dengan nilai sebelumnya")
            if until is not None and until < eve:
                raise read.fail(following.line, "ada sela antara masa berlaku ini dan nilai sebelumnya")
            until = eve
        closed.append(Value(**{**vars(value), "until": until}))
    return tuple(closed)
