"""What the family would receive if the person died, today and after enrolment, with the conditions of the law."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from jangkau.apps.claims.words import condition as condition_words
from jangkau.apps.people.months import Strip, month_name
from jangkau.core.enrolment.claims import USUAL_WAGE
from jangkau.core.kernel.month import first_day, month_of
from jangkau.core.law.benefits import DEATH, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Claim, Condition, Event, claim
from jangkau.core.law.membership import waiting_months


@dataclass(frozen=True)
class Amount:
    """One answer: when, how, rupiah, and the conditions that are not met."""

    title: str
    why: str
    total: int
    unmet: tuple[Condition, ...]


@dataclass(frozen=True)
class Benefits:
    """The answers, and where they stand in the law."""

    amounts: list[Amount]
    sources: list[str]


@lru_cache(maxsize=2_000)
def _asked(event: Event) -> Claim:
    """The law's answer; those who are not members all ask the same."""
    return claim(event, Book.load())


def benefits(strip: Strip, today: date, start: int) -> Benefits:
    """`start`: the first month planned, from which someone who is not a member could be enrolled."""
    paid = strip.paid
    segment = strip.memberships[-1].segment if strip.memberships else "BPU"
    wage = (strip.memberships[-1].wage if strip.memberships else 0) or USUAL_WAGE
    here = [_asked(Event(kind, today, segment, paid, wage)) for kind in (DEATH, WORK_DEATH)]
    now = [
        _amount(_("Hari ini, bukan karena kerja"), here[0], strip),
        _amount(_("Hari ini, karena kecelakaan kerja"), here[1], strip),
    ]
    later, cited = _after(start, paid, wage) if strip.state not in {"dibayar", "tunggakan"} else ([], [])
    sources = [source.reference for found in (*here, *cited) for source in found.sources]
    return Benefits(now + later, list(dict.fromkeys(sources))[:4])


def _amount(title: str, found: Claim, strip: Strip) -> Amount:
    unmet = tuple(condition for condition in found.conditions if not condition.met)
    if strip.state in {"dibayar", "tunggakan"}:
        why = condition_words(unmet[0]) if unmet else _("semua syarat terpenuhi")
    else:
        why = _("tidak dilindungi: bukan peserta aktif")
    return Amount(title, why, found.total, unmet)


def _after(start: int, paid: tuple[int, ...], wage: int) -> tuple[list[Amount], list[Claim]]:
    """What enrolment from `start` on would bring, before and after the wait."""
    wait = waiting_months(start, "BPU", Book.load())
    soon, full = first_day(start), first_day(start + max(wait, 1))
    months = (*paid, *range(start, month_of(full) + 1))
    first, later, work = (
        _asked(Event(kind, day, "BPU", months, wage))
        for kind, day in ((DEATH, soon), (DEATH, full), (WORK_DEATH, soon))
    )
    name = {"mulai": month_name(start), "penuh": month_name(month_of(full))}
    rows = [
        Amount(_("Bila didaftarkan %(mulai)s, bukan karena kerja") % name, _("masa tunggu berjalan"), first.total, ()),
        Amount(
            _("Mulai %(penuh)s") % name, _("sesudah %(n)s bulan berturut-turut dibayar") % {"n": wait}, later.total, ()
        ),
        Amount(_("Karena kecelakaan kerja, mulai %(mulai)s") % name, _("tanpa masa tunggu"), work.total, ()),
    ]
    return rows, [first, later, work]
