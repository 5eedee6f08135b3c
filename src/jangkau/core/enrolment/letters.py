"""A letter to a family and a leaflet for everyone: what is due, what to bring, that nobody may ask for money."""

from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from jangkau.core.enrolment.claims import USUAL_WAGE
from jangkau.core.kernel.formats import long_date, rupiah
from jangkau.core.kernel.month import month_of
from jangkau.core.law.benefits import DEATH, DISABLED, UNABLE, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Claim, Event, claim
from jangkau.core.law.membership import waiting_months
from jangkau.core.pdf import compile_pdf

IDENTITY = "BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan"
_LONG = 60  # months in a row that fulfil every wait


@dataclass(frozen=True)
class Letter:
    """What one letter says. `due` is rupiah by part as the law has it, `papers` name, where from, already there."""

    number: str
    on: date
    name: str
    place: str
    happening: str
    day: date
    death: bool
    due: list[tuple[str, int]]
    unmet: list[str]
    to_prove: list[str]
    papers: list[tuple[str, str, bool]]
    expires: date
    report_by: datetime | None = None
    sources: list[str] = field(default_factory=list)


def letter_pdf(letter: Letter) -> bytes:
    """The letter, one page where the list of papers lets it."""
    return _compiled("surat.typ", _letter_data(letter), letter.on)


def _letter_data(letter: Letter) -> dict[str, Any]:
    limit = letter.report_by
    return {
        "nomor": letter.number,
        "tanggal": long_date(letter.on),
        "nama": letter.name,
        "tempat": letter.place,
        "meninggal": letter.death,
        "peristiwa": letter.happening,
        "kejadian": long_date(letter.day),
        "hak": [[name, rupiah(amount)] for name, amount in letter.due],
        "jumlah": rupiah(sum(amount for _, amount in letter.due)),
        "belum": letter.unmet,
        "dibuktikan": letter.to_prove,
        "berkas": [[name, where, there] for name, where, there in letter.papers],
        "batas": long_date(letter.expires),
        "lapor": f"{long_date(limit.date())} pukul {limit:%H.%M}" if limit else None,
        "rujukan": "; ".join(_apart(letter.sources)),
        "kenal": IDENTITY,
    }


def leaflet_pdf(on: date, book: Book | None = None) -> bytes:
    """The leaflet of one page, by the law of a day. Raises LawUndefinedOn."""
    return _compiled("selebaran.typ", leaflet(on, book or Book.load()), on)


def leaflet(on: date, book: Book) -> dict[str, Any]:
    """The words and numbers of the leaflet."""
    long, wait = _of(DEATH, on, book), waiting_months(month_of(on), "BPU", book)
    work, short = _of(WORK_DEATH, on, book), _of(DEATH, on, book, months=1)
    rows = [
        ["Biaya rawat", "Celaka saat kerja: diobati sampai sembuh.", "Sejak bulan pertama dibayar."],
        [_millions(work.total), "Meninggal karena kecelakaan kerja.",
         f"Sejak bulan pertama. Untuk dasar upah {rupiah(USUAL_WAGE)}."],
        [_millions(long.total), "Meninggal bukan karena kerja.", f"Sesudah {wait} bulan berturut-turut dibayar."],
        [_millions(short.total), "Meninggal bukan karena kerja.", f"Bila belum {wait} bulan berturut-turut."],
        ["Beasiswa", "Paling banyak dua anak yang masih sekolah.", _school(on, book)],
    ]  # fmt: skip
    expiry = book.value("klaim.kedaluwarsa", on)
    hours = 24 * book.value("jkk.lapor_hari", on)
    return {
        "hak": rows,
        "berkas_mati": list(long.papers),
        "berkas_celaka": list(_of(UNABLE, on, book).papers),
        "jam": f"2 x 24 jam ({hours} jam)",
        "batas": f"{expiry} tahun sejak kejadian",
        "kaki": f"Menurut aturan per {long_date(on)}: " + "; ".join(_sources(long, work, _of(DISABLED, on, book))),
        "kenal": IDENTITY,
    }


def _of(kind: str, on: date, book: Book, months: int = _LONG) -> Claim:
    """What an event of a day pays a member paid for some months up to it."""
    paid = tuple(range(month_of(on) - months + 1, month_of(on) + 1))
    return claim(Event(kind, on, "BPU", paid, USUAL_WAGE), book)


def _school(on: date, book: Book) -> str:
    years = book.value("beasiswa.masa_iuran_jkm", on) // 12
    return f"Karena kerja: langsung. Bukan karena kerja: sesudah {years} tahun iuran."


def _millions(amount: int) -> str:
    whole, rest = divmod(amount, 1_000_000)
    return f"Rp{whole} juta" if not rest else rupiah(amount)


def _sources(*claims: Claim) -> list[str]:
    return _apart([source.reference for found in claims for source in found.sources])


def _apart(references: list[str]) -> list[str]:
    """Every source once; a reference may name several."""
    return list(dict.fromkeys(part.strip() for text in references for part in text.split(";")))


def _compiled(name: str, data: dict[str, Any], on: date) -> bytes:
    return compile_pdf((files("jangkau.core.enrolment") / name).read_text("utf-8"), data, on)
