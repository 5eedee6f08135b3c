"""Messages of outreach: their words stand here, every amount comes from the law of the day that they are sent."""

from dataclasses import dataclass
from datetime import date

from jangkau.core.engine import from_columns
from jangkau.core.kernel.formats import long_date, rupiah
from jangkau.core.kernel.month import month_of
from jangkau.core.law.benefits import DEATH, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Event, claim
from jangkau.core.law.contributions import contributions
from jangkau.core.law.membership import waiting_months

_LONG = 60  # months in a row that fulfil every wait
NOT_HEALTH = "Ini BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan."


@dataclass(frozen=True)
class Template:
    """A message by its channel; names in braces are amounts of the law."""

    channel: str
    text: str


TEMPLATES = {
    "singkat": Template(
        "SMS atau WhatsApp",
        "Celaka saat kerja dirawat sampai sembuh. Meninggal: keluarga dapat {santunan} sesudah {tunggu} bulan dibayar. "
        f"Iuran {{iuran}} sebulan. {NOT_HEALTH}",
    ),
    "pertemuan": Template(
        "pertemuan warga",
        f"{NOT_HEALTH} Iuran {{iuran}} sebulan, dibayar sendiri. Bila celaka saat kerja, biaya rawat ditanggung. Bila "
        "meninggal karena kerja, keluarga dapat {santunan_kerja}. Bila meninggal karena sebab lain, keluarga dapat "
        "{santunan}, tetapi hanya sesudah {tunggu} bulan berturut-turut dibayar; sebelum itu {santunan_awal}.",
    ),
    "pengingat": Template(
        "pengingat bayar",
        "Iuran {iuran} bulan ini menjaga santunan {santunan} tetap berlaku: bulan yang terputus memulai hitungan "
        f"{{tunggu}} bulan dari awal. {NOT_HEALTH}",
    ),
}


def message(name: str, on: date, *, sector: str = "LAIN", income: int = 0, book: Book | None = None) -> str:
    """The message as it is sent on a day to workers of a sector, with the day of its numbers. Raises LawUndefinedOn."""
    book = book or Book.load()
    text = TEMPLATES[name].text.format_map(amounts(on, sector=sector, income=income, book=book))
    return f"{text} Angka per {long_date(on)}."


def amounts(on: date, *, sector: str, income: int, book: Book) -> dict[str, str]:
    """What the names in a template stand for."""
    rows = {"bulan": [month_of(on)], "pembayar": ["SENDIRI"], "sektor": [sector], "penghasilan": [income]}
    steps = book.value("bpu.dasar_upah", month_of(on))
    wage = next(int(base) for low, base in reversed(steps) if income >= low)
    paid = {"santunan": (DEATH, _LONG), "santunan_awal": (DEATH, 1), "santunan_kerja": (WORK_DEATH, _LONG)}
    told = {name: rupiah(_paid(kind, on, wage, months, book)) for name, (kind, months) in paid.items()}
    due = contributions(from_columns(rows), book)["total"].to_list()[0]
    return told | {"iuran": rupiah(due), "tunggu": str(waiting_months(month_of(on), "BPU", book))}


def _paid(kind: str, on: date, wage: int, months: int, book: Book) -> int:
    month = month_of(on)
    return int(claim(Event(kind, on, "BPU", tuple(range(month - months + 1, month + 1)), wage), book).total)
