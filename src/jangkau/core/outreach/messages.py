"""Messages of outreach: their words are versions that never change; every amount comes from the law of the day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter

from jangkau.core.engine import from_columns
from jangkau.core.kernel.formats import long_date, rupiah
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.law.benefits import DEATH, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import contributions
from jangkau.core.law.membership import LONGEST_ARREARS, waiting_months
from jangkau.core.law.typical import LONG, after, wage_base

CHANNELS = ("sms", "wa", "ceramah", "selebaran")
# Names in braces -> what they stand for. The last four are of the occasion, all others of the law.
PLACES = {
    "iuran": "iuran sebulan yang dibayar sendiri hari itu, dengan potongan bila ada",
    "iuran_penuh": "iuran sebulan tanpa potongan",
    "upah": "penghasilan yang terdaftar untuk iuran itu",
    "santunan": "santunan kematian penuh, bukan karena kerja",
    "santunan_awal": "santunan kematian sebelum masa tunggu lewat",
    "santunan_kerja": "santunan bila meninggal karena kerja",
    "tunggu": "bulan berturut-turut sebelum santunan kematian penuh",
    "beasiswa_tahun": "tahun iuran sebelum beasiswa, bila meninggal bukan karena kerja",
    "beasiswa_anak": "anak yang mendapat beasiswa, paling banyak",
    "putus": "bulan iuran yang boleh terlambat",
    "lapor": "jam untuk melaporkan kecelakaan kerja",
    "gugur": "tahun sampai hak klaim gugur",
    "usia": "umur paling tinggi ketika mendaftar",
    "pekerjaan": "pekerjaan yang disapa",
    "wilayah": "nama wilayah",
    "hari": "hari dan tanggal acara",
    "tempat": "tempat acara",
}
OCCASION = ("pekerjaan", "wilayah", "hari", "tempat")
BLANK = "........"
_AMOUNT = re.compile(r"Rp\.?\s*\d[\d.,]*(?:\s*juta)?", re.IGNORECASE)
_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)  # 3GPP TS 23.038, 6.2.1
_TWICE = set("\f^{}\\[~]|€")
_PARTS = {False: (160, 153), True: (70, 67)}  # characters of one SMS alone, and of each of several


@dataclass(frozen=True)
class Template:
    """A message by its channel; `text` has names of PLACES in braces."""

    code: str
    version: int
    channel: str
    title: str
    text: str


@dataclass(frozen=True)
class Length:
    """How long an SMS is: characters as the network counts them, SMS it needs, characters that make it costly."""

    characters: int
    parts: int
    odd: str


@cache
def templates() -> tuple[Template, ...]:
    """The messages of this release."""
    rows = load_yaml((files(__package__) / "pesan.yaml").read_text("utf-8"))
    names = {"kode": "code", "versi": "version", "saluran": "channel", "judul": "title", "teks": "text"}
    return tuple(Template(**{names[name]: value for name, value in row.items()}) for row in rows)


def check(text: str) -> list[str]:
    """The names in a message, in order. Raises PESAN_KURUNG, PESAN_TEMPAT for a name that does not exist, PESAN_ANGKA
    for an amount that was typed."""
    try:
        parts = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise Problem("PESAN_KURUNG") from error
    for name, form, turned in parts:
        if name not in PLACES or form or turned:
            raise Problem("PESAN_TEMPAT", nama=f"{{{name}}}", dikenal=", ".join(PLACES))
    typed = _AMOUNT.search(text)
    if typed:
        raise Problem("PESAN_ANGKA", teks=typed[0])
    return [name for name, _form, _turned in parts if name]


def message(text: str, values: Mapping[str, str]) -> str:
    """The message with its places filled; what is not known is a line to write on. Raises as `check`."""
    return text.format_map({name: values.get(name) or BLANK for name in check(text)})


def dated(text: str, on: date) -> str:
    """A message with the day of its numbers."""
    return f"{text}\nAngka per {long_date(on)}." if "\n" in text else f"{text} Angka per {long_date(on)}."


def amounts(on: date, *, sector: str = "LAIN", income: int = 0, book: Book | None = None) -> dict[str, str]:
    """What the names of the law stand for on a day, for workers of a sector and income. Raises LawUndefinedOn."""
    book = book or Book.load()
    month, wage = month_of(on), wage_base(on, income, book)
    own, full = _due(month, sector, income, book)
    paid = {"santunan": (DEATH, LONG), "santunan_awal": (DEATH, 1), "santunan_kerja": (WORK_DEATH, LONG)}
    money = {name: int(after(kind, on, wage, months, book).total) for name, (kind, months) in paid.items()}
    counts = {
        "tunggu": waiting_months(month, "BPU", book),
        "beasiswa_tahun": book.value("beasiswa.masa_iuran_jkm", on) // 12,
        "beasiswa_anak": book.value("beasiswa.anak_maksimum", on),
        "putus": book.value(LONGEST_ARREARS, on),
        "lapor": 24 * book.value("jkk.lapor_hari", on),
        "gugur": book.value("klaim.kedaluwarsa", on),
        "usia": book.value("keanggotaan.usia_daftar", on),
    }
    told = money | {"iuran": own, "iuran_penuh": full, "upah": wage}
    return {name: rupiah(told[name]) if name in told else str(counts[name]) for name in PLACES if name not in OCCASION}


def _due(month: int, sector: str, income: int, book: Book) -> list[int]:
    """What is charged to who pays for himself, and without any relief."""
    rows = {"bulan": [month] * 2, "pembayar": ["SENDIRI", "APBD_KAB"], "sektor": [sector] * 2,
            "penghasilan": [income] * 2}  # fmt: skip
    return [int(due) for due in contributions(from_columns(rows), book)["total"].to_list()]


def sms(text: str) -> Length:
    """How long a text is as SMS (3GPP TS 23.038): one letter outside the plain alphabet makes all of them long."""
    odd = "".join(dict.fromkeys(sign for sign in text if sign not in _GSM and sign not in _TWICE))
    units = len(text.encode("utf-16-le")) // 2 if odd else sum(1 + (sign in _TWICE) for sign in text)
    alone, each = _PARTS[bool(odd)]
    return Length(units, 1 if units <= alone else -(-units // each), odd)
