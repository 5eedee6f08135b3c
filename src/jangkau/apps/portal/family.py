"""What one family would get, each amount with its own condition and whether that is met."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jangkau.apps.portal.facts import money
from jangkau.core.kernel.month import month_of
from jangkau.core.law.benefits import DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Claim, Event, claim
from jangkau.core.law.membership import waiting_months
from jangkau.core.law.typical import in_a_row


@dataclass(frozen=True)
class Due:
    """An amount, what for, on what condition, and whether it is due now."""

    amount: str
    what: str
    condition: str
    met: bool


def dues(event: Event, book: Book) -> list[Due]:
    """Every amount that the event pays now or would pay after more months. Raises LawUndefinedOn."""
    return [*(_death(event, book) if event.kind == DEATH else _at_work(event, book)), *_school(event, book)]


def _paid(event: Event, months: int) -> Event:
    """The same event after so many months in a row."""
    return replace(event, paid=in_a_row(event.day, months))


def _death(event: Event, book: Book) -> list[Due]:
    wait, alone = waiting_months(month_of(event.day), event.segment, book), replace(event, children=())
    short, full = (claim(_paid(alone, months), book).total for months in (1, wait + 1))
    now = claim(alone, book).total
    early = _("Bila belum genap %(n)s bulan berturut-turut dibayar.") % {"n": wait}
    waited = _("Hanya sesudah %(n)s bulan berturut-turut dibayar.") % {"n": wait}
    return [
        Due(money(short), _("Untuk ahli waris."), early, now == short),
        Due(money(full), _("Untuk ahli waris."), waited, now == full),
    ]


def _at_work(event: Event, book: Book) -> list[Due]:
    first = _("Sejak hari pertama iuran berlaku.")
    registered = _("Untuk penghasilan terdaftar %(wage)s.") % {"wage": money(event.wage)}
    total = claim(replace(_paid(event, max(1, len(event.paid))), children=()), book).total
    return [Due(money(total), _("Untuk ahli waris."), f"{first} {registered}", bool(event.paid))]


def _school(event: Event, book: Book) -> list[Due]:
    """Scholarships of the children named, at most; a death not by work asks for years of contributions."""
    if not event.children:
        return []
    need = book.value("beasiswa.masa_iuran_jkm", event.day) if event.kind == DEATH else 1
    most = _grants(claim(_paid(event, max(need, len(event.paid))), book))
    years = _("Hanya sesudah %(n)s tahun iuran.") % {"n": need // 12}
    condition = years if event.kind == DEATH else _("Langsung, bila meninggal atau cacat total karena kerja.")
    what = _("Beasiswa, paling banyak. Dibayar tiap tahun selama anak sekolah, dua anak.")
    return [Due(money(sum(most)), what, condition, bool(_grants(claim(event, book))))]


def _grants(found: Claim) -> Sequence[int]:
    return [grant["paling_banyak"] for grant in found.scholarships]
