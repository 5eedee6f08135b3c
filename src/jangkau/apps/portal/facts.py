"""What the public pages say of money: every amount from the law of a day, with its condition beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jangkau.core.engine import from_columns
from jangkau.core.enrolment.claims import Paper, papers
from jangkau.core.kernel.month import month_of
from jangkau.core.law.benefits import DEATH, UNABLE, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Event
from jangkau.core.law.contributions import contributions
from jangkau.core.law.membership import LONGEST_ARREARS, waiting_months
from jangkau.core.law.typical import LONG, after, wage_base

SELF, STATE = "SENDIRI", "APBD_KAB"


@dataclass(frozen=True)
class Gift:
    """One thing that the family gets: an amount, what for, on what condition; `first`: from the first month on."""

    amount: str
    what: str
    condition: str
    first: bool


@dataclass(frozen=True)
class Price:
    """What a month costs: in full, and what is charged today to who pays for himself."""

    base: int
    full: int
    today: int


def price(on: date, income: int = 0, sector: str = "LAIN", book: Book | None = None) -> Price:
    """Rupiah a month for work accident and death cover, not a wage earner. Raises LawUndefinedOn."""
    return prices(on, [income], sector, book)[0]


def prices(on: date, incomes: Sequence[int], sector: str = "LAIN", book: Book | None = None) -> list[Price]:
    """The price of each income."""
    book, n = book or Book.load(), len(incomes)
    payers, asked = [STATE] * n + [SELF] * n, list(incomes) * 2
    rows = {"bulan": [month_of(on)] * 2 * n, "pembayar": payers, "sektor": [sector] * 2 * n, "penghasilan": asked}
    paid = contributions(from_columns(rows), book)["total"].to_list()
    return [Price(wage_base(on, income, book), paid[at], paid[n + at]) for at, income in enumerate(incomes)]


def steps(on: date, book: Book) -> list[tuple[int, Price]]:
    """Every step of income, from which rupiah a month on it holds, with its price."""
    lows = [int(low) for low, _base in book.value("bpu.dasar_upah", month_of(on))]
    return list(zip(lows, prices(on, lows, book=book), strict=True))


def gifts(on: date, wage: int, book: Book) -> dict[str, list[Gift]]:
    """What an accident at work and a death pay, by the law of a day. Raises LawUndefinedOn."""
    first, wait = _("Sejak hari pertama iuran berlaku."), waiting_months(month_of(on), "BPU", book)
    work, long, short = (after(kind, on, wage, months, book) for kind, months in
                         ((WORK_DEATH, LONG), (DEATH, LONG), (DEATH, 1)))  # fmt: skip
    years = book.value("beasiswa.masa_iuran_jkm", on) // 12
    registered = _("Untuk penghasilan terdaftar %(wage)s.") % {"wage": money(wage)}
    at_once = _("Langsung, bila meninggal atau cacat total karena kerja.")
    instead = _("Pengganti penghasilan selama tidak bisa bekerja.")
    early = _("Bila belum genap %(n)s bulan berturut-turut dibayar.") % {"n": wait}
    waited = _("Hanya sesudah %(n)s bulan berturut-turut dibayar.") % {"n": wait}
    school, heirs = _("Paling banyak dua anak yang masih sekolah."), _("Untuk ahli waris.")
    return {
        "celaka": [
            Gift(_("Biaya rawat"), _("Diobati sampai sembuh."), first, first=True),
            Gift(_("%(wage)s sebulan") % {"wage": money(wage)}, instead, f"{first} {registered}", first=True),
            Gift(money(work.total), _("Bila meninggal karena kerja."), f"{first} {registered}", first=True),
            Gift(_("Beasiswa"), school, at_once, first=True),
        ],
        "meninggal": [
            Gift(money(short.total), heirs, early, first=False),
            Gift(money(long.total), heirs, waited, first=False),
            Gift(_("Beasiswa"), school, _("Hanya sesudah %(n)s tahun iuran.") % {"n": years}, first=False),
        ],
    }


@dataclass(frozen=True)
class Part:
    """A part of the month ribbon: months paid in a row, and what a death not by work pays then."""

    months: str
    amount: str
    school: bool


def ribbon(on: date, book: Book) -> list[Part]:
    """1 2 3 | 4 5 6 ... | 3 years: what each month more is worth, by the law of a day. Raises LawUndefinedOn."""
    wait, years = waiting_months(month_of(on), "BPU", book), book.value("beasiswa.masa_iuran_jkm", on) // 12
    short, full = (money(after(DEATH, on, 1_000_000, months, book).total) for months in (1, LONG))
    first, then = (" ".join(str(n) for n in range(start, start + wait)) for start in (1, wait + 1))
    return [
        Part(_("bulan %(n)s") % {"n": first}, short, school=False),
        Part(_("bulan %(n)s …") % {"n": then}, full, school=False),
        Part(_("%(n)s tahun") % {"n": years}, full, school=True),
    ]


def claiming(on: date, book: Book) -> dict[str, Any]:
    """How to claim: papers, hours to report, years until the right ends, articles."""
    death, hurt = after(DEATH, on, 1_000_000, LONG, book), after(UNABLE, on, 1_000_000, LONG, book)
    return {
        "meninggal": death.papers,
        "celaka": hurt.papers,
        "jam": 24 * book.value("jkk.lapor_hari", on),
        "tahun": book.value("klaim.kedaluwarsa", on),
        "putus": book.value(LONGEST_ARREARS, on),
        "usia": book.value("keanggotaan.usia_daftar", on),
        "rujukan": sorted(
            {
                part.strip()
                for found in (death, hurt)
                for source in found.sources
                for part in source.reference.split(";")
            }
        ),
    }


def checklists(on: date, book: Book) -> list[tuple[str, list[Paper]]]:
    """The papers of a death and of an accident, with who brings each and where it comes from."""
    titles = {DEATH: _("Surat bila meninggal"), UNABLE: _("Surat bila celaka saat kerja")}
    return [(words, papers(Event(kind, on, "BPU", (), 1_000_000), book)) for kind, words in titles.items()]


def money(amount: int) -> str:
    """42000000 -> Rp42 juta; 16800 -> Rp16.800."""
    whole, rest = divmod(amount, 1_000_000)
    return _("Rp%(n)s juta") % {"n": whole} if amount and not rest else f"Rp{amount:,}".replace(",", ".")
