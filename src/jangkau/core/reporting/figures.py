"""The figures that a run came to, counted once for the report, the closing table and the decisions."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw

from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.membership import WAIT, waiting_months
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

_FULL_DEATH_BENEFIT = ("jkm.santunan_kematian", "jkm.santunan_berkala", "jkm.biaya_pemakaman")
_SHORT_DEATH_BENEFIT = "jkm.belum_penuh"


@dataclass(frozen=True)
class Run:
    """What a run wrote: the tables of OUT, the contents of rencana.json, the settings and the law it used.

    `garis`: rows of GARIS_ANGGARAN, where it has been worked out for this plan; `dampak`: the answer of `impact`.
    """

    wilayah: str
    settings: Settings
    book: Book
    usulan: Frame
    masalah: Frame
    pekerja: Frame
    kelayakan: Frame
    rencana: Frame
    dana: Frame
    cakupan: Frame
    ringkasan: dict[str, Any]
    garis: tuple[dict[str, Any], ...] = ()
    dampak: dict[str, Any] | None = None


@dataclass(frozen=True)
class Coverage:
    """One region before and after the plan; a percentage is None where the denominator is unknown."""

    wilayah: str
    nama: str
    sebelum: int
    sesudah: int
    penyebut: int | None
    persen_sebelum: float | None
    persen_sesudah: float | None
    nama_penyebut: str
    sumber_pembilang: str
    sumber_penyebut: str


@dataclass(frozen=True)
class FundUse:
    """One fund: rupiah given, used and left, and the people it pays."""

    kode: str
    nama: str
    jenis: str
    anggaran: int
    terpakai: int
    orang: int

    @property
    def sisa(self) -> int:
        """Rupiah left."""
        return self.anggaran - self.terpakai


@dataclass(frozen=True)
class Kind:
    """A kind of problem in the lists and how often it stands there."""

    kode: str
    tingkat: str
    jumlah: int
    berkas: int


class Figures:
    """Counts over a run; nothing here names a person."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.settings = run.settings
        self.rows = len(run.usulan)
        self.people = len(run.pekerja)
        self.files = run.usulan["berkas"].n_unique() if self.rows else 0
        self.linked = len(run.pekerja.filter(nw.col("status_tautan") == "cocok"))
        self.eligible = int(run.kelayakan["layak"].sum() or 0)
        self._paid = run.rencana.filter(~nw.col("dana").is_null())
        self.paid = self._paid["id_pekerja"].n_unique() if len(self._paid) else 0
        self.money = int(self._paid["iuran_total"].sum() or 0)
        self.person_months = int(self._paid["jumlah_bulan"].sum() or 0)
        self.budget = int(run.dana["anggaran"].sum() or 0)

    @cached_property
    def unread(self) -> int:
        """Files of which nothing could be read."""
        whole = (
            (nw.col("tingkat") == "GALAT") & nw.col("baris").is_null() & ~nw.col("berkas").str.starts_with("register/")
        )
        failed = set(self.run.masalah.filter(whole)["berkas"].to_list())
        return len(failed - set(self.run.usulan["berkas"].to_list()))

    @cached_property
    def reasons(self) -> dict[str, int]:
        """Reason code -> people, most frequent first; one person may have several."""
        lists = self.run.kelayakan.filter(~nw.col("layak"))["alasan"].to_list()
        counts: dict[str, int] = {}
        for codes in lists:
            for code in codes:
                counts[code] = counts.get(code, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def funds(self) -> list[FundUse]:
        """Every fund, in the order of dana.csv."""
        used = self._paid.group_by("dana").agg(
            nw.col("iuran_total").sum().alias("terpakai"), nw.col("id_pekerja").n_unique().alias("orang")
        )
        by_code = {row["dana"]: row for row in used.rows(named=True)}
        return [
            FundUse(
                row["kode"], row["nama"] or row["kode"], row["jenis"], row["anggaran"], *_used(by_code.get(row["kode"]))
            )
            for row in self.run.dana.rows(named=True)
        ]

    @cached_property
    def handed_over(self) -> int:
        """People whom more than one fund pays."""
        funds = self._paid.group_by("id_pekerja").agg(nw.col("dana").n_unique())
        return len(funds.filter(nw.col("dana") > 1))

    @cached_property
    def coverage(self) -> list[Coverage]:
        """The province first, then its kabupaten/kota, over all segments."""
        return self.segment("SEMUA")

    def segment(self, segmen: str) -> list[Coverage]:
        """The regions of one segment in the order of CAKUPAN."""
        rows = self.run.cakupan.filter(nw.col("segmen") == segmen).rows(named=True)
        states: dict[str, dict[str, Any]] = {}
        for row in rows:
            states.setdefault(row["wilayah"], {})[row["keadaan"]] = row
        pairs = [_coverage(state["sebelum"], state["sesudah"]) for state in states.values() if len(state) == 2]
        return sorted(pairs, key=lambda pair: len(pair.wilayah))

    @cached_property
    def problems(self) -> list[Kind]:
        """Kinds of problems, errors first, then the most frequent."""
        grouped = self.run.masalah.group_by("kode", "tingkat").agg(
            nw.len().alias("jumlah"), nw.col("berkas").n_unique().alias("berkas")
        )
        kinds = [Kind(row["kode"], row["tingkat"], row["jumlah"], row["berkas"]) for row in grouped.rows(named=True)]
        return sorted(kinds, key=lambda kind: (kind.tingkat, -kind.jumlah, kind.kode))

    @cached_property
    def wait(self) -> int:
        """Consecutive paid months before the death benefit of a new BPU member is full."""
        return waiting_months(self.settings.start, "BPU", self.run.book)

    @cached_property
    def wait_source(self) -> str:
        """The rule that sets the wait."""
        return self.run.book.cite(WAIT, self.settings.start).reference

    @cached_property
    def death_benefit(self) -> tuple[int, int] | None:
        """Rupiah in full and before the wait is over; None where that month's law is not known."""
        return death_benefit(self.run.book, self.settings.start)

    @property
    def too_short(self) -> bool:
        """Whether the months planned end before a new member's death benefit is full."""
        return self.settings.bulan <= self.wait


def death_benefit(book: Book, month: int) -> tuple[int, int] | None:
    """Rupiah of the death benefit in full and before the wait is over; None where that month's law is not known."""
    try:
        full = sum(int(book.value(name, month)) for name in _FULL_DEATH_BENEFIT)
        return full, int(book.value(_SHORT_DEATH_BENEFIT, month))
    except LawUndefinedOn:
        return None


def _used(row: dict[str, Any] | None) -> tuple[int, int]:
    return (int(row["terpakai"]), int(row["orang"])) if row else (0, 0)


def _coverage(before: dict[str, Any], after: dict[str, Any]) -> Coverage:
    return Coverage(
        wilayah=after["wilayah"],
        nama=after["nama"],
        sebelum=before["pembilang"],
        sesudah=after["pembilang"],
        penyebut=after["penyebut"],
        persen_sebelum=before["persen"],
        persen_sesudah=after["persen"],
        nama_penyebut=after["nama_penyebut"],
        sumber_pembilang=before["sumber_pembilang"],
        sumber_penyebut=after["sumber_penyebut"] or "",
    )
