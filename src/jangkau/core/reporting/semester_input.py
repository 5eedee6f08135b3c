"""What a semester report is made from: figures and what is known beside them, each part optional, as plain data."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.semester import Semester
from jangkau.core.law.book import Book
from jangkau.core.law.membership import WAIT, waiting_months
from jangkau.core.reporting.figures import death_benefit
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame


@dataclass(frozen=True)
class Definition:
    """An indicator as the annex explains it; `arah` is `naik` where more is better, `turun` where less is."""

    kode: str
    nama: str
    arti: str
    satuan: str = "persen"
    arah: str = "naik"
    sumber: str = ""
    versi: str = "1"


@dataclass(frozen=True)
class Goal:
    """A target of the region, in percent (`nilai`) or in people (`orang`); neither where its number is not known yet.

    `penyebut` is what its percent is of; empty where the series does not say.
    """

    indikator: str
    tahun: int
    nilai: float | None
    deret: str
    sumber: str = ""
    orang: int | None = None
    penyebut: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number to reach."""
        return self.nilai is not None or self.orang is not None


@dataclass(frozen=True)
class Move:
    """A step of the change between two dates: people added (or taken away) by one cause."""

    sebab: str
    orang: int


@dataclass(frozen=True)
class Change:
    """What moved the number of people covered; `langkah` add up from `awal` to `akhir` exactly."""

    dari: date
    sampai: date
    awal: int
    akhir: int
    langkah: tuple[Move, ...]
    sumber: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage from the list to the claim, with how many people (or cases) reached it."""

    nama: str
    jumlah: int
    satuan: str = "orang"


@dataclass(frozen=True)
class FundState:
    """A fund on the day of the report: rupiah of its budget by where they are, people and months that it pays."""

    nama: str
    anggaran: int
    dijanjikan: int
    ditagih: int
    dibayar: int
    orang: int
    bulan_orang: int

    @property
    def sisa(self) -> int:
        """Rupiah that nobody is promised yet."""
        return self.anggaran - self.dijanjikan - self.ditagih - self.dibayar

    @property
    def bulan(self) -> float | None:
        """Months for each person, on average; None where it pays nobody."""
        return self.bulan_orang / self.orang if self.orang else None


@dataclass(frozen=True)
class Ending:
    """People whose membership ends on a day unless somebody pays on, with what `bulan` more months cost together."""

    hari: date
    orang: int
    bulan: int
    rupiah: int


@dataclass(frozen=True)
class Mark:
    """A section of the scorecard: points reached and possible."""

    bagian: str
    nilai: float
    maksimum: float


@dataclass(frozen=True)
class FollowUp:
    """What was agreed with the region, who does it, until when, and where it stands."""

    isi: str
    oleh: str
    batas: date | None
    keadaan: str
    selesai: bool = False


@dataclass(frozen=True)
class Score:
    """A filled scorecard: which instrument, its parts, its band, the score of the semester before, what follows."""

    instrumen: str
    bagian: tuple[Mark, ...]
    pita: str = ""
    sebelumnya: float | None = None
    tindak_lanjut: tuple[FollowUp, ...] = ()
    catatan: str = ""

    @property
    def persen(self) -> float | None:
        """Points reached in percent of those possible; None where nothing was asked."""
        whole = sum(mark.maksimum for mark in self.bagian)
        return 100 * sum(mark.nilai for mark in self.bagian) / whole if whole else None


@dataclass(frozen=True)
class Rules:
    """What the law of the semester says of a new member: months to wait, the death benefit in full and before."""

    tunggu: int
    penuh: int
    belum: int
    pasal: str = ""

    @staticmethod
    def of(book: Book, month: int) -> "Rules | None":
        """What the law of a month (index) says; None where it is not known."""
        money = death_benefit(book, month)
        if money is None:
            return None
        return Rules(waiting_months(month, "BPU", book), *money, book.cite(WAIT, month).reference)


@dataclass(frozen=True)
class Material:
    """Everything about one region and semester. `angka` holds ANGKA rows of the region and its `bagian` (code, name).

    `beku` is the day on which the data stood still for the report; `sampai` the last day that it tells of, where that
    is before the end of the semester. A part that is None or empty is said to be missing.
    """

    wilayah: str
    nama: str
    semester: Semester
    beku: date
    angka: Frame
    bagian: tuple[tuple[str, str], ...] = ()
    sebutan_bagian: str = "wilayah"
    definisi: tuple[Definition, ...] = ()
    target: tuple[Goal, ...] = ()
    perubahan: Change | None = None
    corong: tuple[Stage, ...] = ()
    dana: tuple[FundState, ...] | None = None
    akhir: Ending | None = None
    rapor: tuple[Score, ...] = ()
    aturan: Rules | None = None
    catatan: tuple[str, ...] = ()
    sampai: date | None = None

    @property
    def last(self) -> date:
        """The last day that the report tells of."""
        return min(self.sampai or self.semester.last, self.semester.last)

    @property
    def months(self) -> str:
        """The time it tells of: `Januari sampai Juni 2026`, or up to a day."""
        return self.semester.months if self.last == self.semester.last else f"sampai {long_date(self.last)}"

    @cached_property
    def sidik(self) -> str:
        """sha256 of everything the report is made from but the day it was made: the same data, the same print."""
        parts = {name: value for name, value in vars(self).items() if name not in {"angka", "beku"}}
        rows = ANGKA.check(self.angka).sort(*ANGKA.key).rows(named=True)
        told = {"angka": rows, **{name: _plain(value) for name, value in parts.items()}}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value
