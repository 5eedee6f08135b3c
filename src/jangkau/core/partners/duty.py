"""What the registers say of a company beside its duty: counts, never a verdict. A person clears up each finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.formats import long_date, number, rupiah
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.law.book import Book
from jangkau.core.tables.common import SCALES

REGISTERED, PART, NOT = "terdaftar", "sebagian", "belum"
DUTY = "pu.skala_wajib"


@dataclass(frozen=True)
class Observed:
    """What is known of a company by the member register of a day.

    `members`: active under its number. Of its own list, where there is one (`listed` distinct people): `here` of them
    active under its number, `elsewhere` active wage earners of another one, `unsure` where a person must look.
    `compared`: those here whose wage is known on both sides, `lower` of them registered with less, by `gap` rupiah a
    month in all. `stated`: people it says it has. `programmes`: those it is registered for; None is not known.
    """

    on: date
    scale: str | None = None
    programmes: frozenset[str] | None = None
    stated: int | None = None
    members: int = 0
    listed: int | None = None
    here: int = 0
    elsewhere: int = 0
    unsure: int = 0
    compared: int = 0
    lower: int = 0
    gap: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing to clear up: its kind, the numbers it rests on, why in words, and the article."""

    kind: str
    numbers: Mapping[str, int]
    why: str
    reference: str
    confidence: str
    missing: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "jenis": self.kind, "angka": dict(self.numbers), "sebab": self.why, "rujukan": self.reference,
            "keyakinan": self.confidence, "program": list(self.missing),
        }  # fmt: skip


def required(scale: str, on: date, book: Book) -> tuple[str, ...]:
    """The programmes that a company of a scale must take part in. Source: Perpres 109/2013 art. 6."""
    least: Mapping[str, str] = book.value(DUTY, on)
    size = SCALES.index(scale)
    return tuple(programme for programme, lowest in least.items() if SCALES.index(lowest) <= size)


def findings(seen: Observed, book: Book) -> tuple[Finding, ...]:
    """Everything to clear up; empty where nothing is known to be amiss."""
    if not seen.members:
        return (_none(seen),)
    found = (_people(seen), _wages(seen), _programmes(seen, book))
    return tuple(one for one in found if one)


def state(found: tuple[Finding, ...]) -> str:
    """Registered, in part, or not, as far as the registers tell."""
    kinds = {one.kind for one in found}
    return NOT if "PWBD" in kinds else PART if kinds else REGISTERED


def _none(seen: Observed) -> Finding:
    known = seen.listed if seen.listed is not None else seen.stated
    told = f" Menurut perusahaan ada {number(known)} pekerja." if known else ""
    why = f"Tidak ada peserta aktif atas nomor perusahaan ini di register peserta {long_date(seen.on)}.{told}"
    return _finding("PWBD", {"peserta": 0, "pekerja": known or 0}, why)


def _people(seen: Observed) -> Finding | None:
    """Fewer people than its own list, or than it says; people under review are nobody's fault yet."""
    if seen.listed is None:
        return _stated(seen)
    missing = seen.listed - seen.here - seen.unsure
    if missing <= 0:
        return None
    why = (
        f"{number(missing)} dari {number(seen.listed)} orang di daftar pekerjanya bukan peserta aktif atas nomor "
        f"perusahaan ini; {number(seen.elsewhere)} di antaranya aktif lewat perusahaan lain"
        f"{_unsure(seen.unsure)}."
    )
    numbers = {"kurang": missing, "daftar": seen.listed, "aktif": seen.here, "lain": seen.elsewhere}
    return _finding("PDS_TENAGA_KERJA", numbers | {"ragu": seen.unsure}, why)


def _unsure(count: int) -> str:
    return f"; {number(count)} orang lain belum pasti dan tidak dihitung" if count else ""


def _stated(seen: Observed) -> Finding | None:
    missing = (seen.stated or 0) - seen.members
    if missing <= 0:
        return None
    why = (
        f"Perusahaan menyebut {number(seen.stated or 0)} pekerja, register peserta memuat {number(seen.members)} yang "
        f"aktif: selisih {number(missing)}. Daftar pekerjanya belum ada."
    )
    return _finding("PDS_TENAGA_KERJA", {"kurang": missing, "pekerja": seen.stated or 0, "aktif": seen.members}, why)


def _wages(seen: Observed) -> Finding | None:
    if not seen.lower:
        return None
    why = (
        f"Upah {number(seen.lower)} dari {number(seen.compared)} orang yang dapat dibandingkan terdaftar lebih rendah "
        f"daripada di daftar pekerjanya, seluruhnya {rupiah(seen.gap)} sebulan."
    )
    return _finding("PDS_UPAH", {"rendah": seen.lower, "dibandingkan": seen.compared, "selisih": seen.gap}, why)


def _programmes(seen: Observed, book: Book) -> Finding | None:
    if seen.scale is None or seen.programmes is None:
        return None
    due = required(seen.scale, seen.on, book)
    missing = tuple(one for one in due if one not in seen.programmes)
    if not missing:
        return None
    why = f"Usaha {seen.scale.lower()} wajib mengikuti {', '.join(due)}; {', '.join(missing)} belum diikuti."
    cited = book.cite(DUTY, seen.on)
    numbers = {"wajib": len(due), "kurang": len(missing)}
    return Finding("PDS_PROGRAM", numbers, why, cited.reference, cited.confidence, missing)


def _finding(kind: str, numbers: Mapping[str, int], why: str) -> Finding:
    ground = grounds()[kind]
    return Finding(kind, numbers, why, ground["rujukan"], ground["keyakinan"])


@cache
def grounds() -> dict[str, dict[str, str]]:
    """What each kind of finding rests on."""
    return dict(load_yaml((files("jangkau.core.partners") / "dasar.yaml").read_text("utf-8")))
