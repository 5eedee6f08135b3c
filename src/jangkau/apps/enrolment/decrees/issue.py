"""A decree is proposed by one person and issued by another; issuing promises the money."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.decrees.draft import before, lock
from jangkau.apps.enrolment.decrees.revoke import carry_out
from jangkau.apps.enrolment.models import (
    Decree,
    DecreeFile,
    DecreeLine,
    DecreeState,
    Enrolment,
    MonthState,
    PersonMonth,
    Removal,
)
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.linkage.models import PersonState
from jangkau.apps.notices.actions import settle, tell
from jangkau.core.enrolment.rates import Paid, monthly
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

AT_ONCE = 1_000


@transaction.atomic
def propose(decree: Decree, number_text: str, on: date, *, by: User) -> Decree:
    """Hand a draft, with its number and date, to who may issue it; its files are made in the background.

    Raises SK_KEADAAN, SK_KOSONG, SK_TIDAK_LAYAK.
    """
    decree = lock(decree, DecreeState.DRAFT)
    _fit(decree)
    decree.state, decree.number, decree.date = DecreeState.PROPOSED, number_text.strip(), on
    decree.proposed_by, decree.proposed_at, decree.sha256 = by, timezone.now(), ""
    decree.save()
    DecreeFile.objects.filter(decree=decree).delete()
    jobs.start("decrees.annex", {"decree": decree.pk}, by=by, region_code=decree.region_code)
    link = reverse("decree", args=[decree.pk])
    tell("decree_waits", region_code=decree.region_code, link=link, key=_key(decree), but=by, judul=decree.title)
    record("decrees.propose", by=by, thing=decree, after={"number": decree.number, "date": str(on)})
    return decree


def _key(decree: Decree) -> str:
    return f"decree:{decree.pk}"


def unfit(decree: Decree) -> "list[DecreeLine]":
    """Lines of people who are known not to qualify any more, or whose proposal is gone."""
    gone = Q(enrolment__person__layak=False) | ~Q(enrolment__person__state=PersonState.HERE)
    fresh = decree.lines.filter(gone, enrolment__state__in=("diusulkan", "terverifikasi"))
    return list(fresh.select_related("enrolment__person").order_by("pk"))


def _fit(decree: Decree) -> None:
    if decree.revokes:
        return
    if not decree.lines.exists():
        raise Problem("SK_KOSONG")
    if found := unfit(decree):
        raise Problem("SK_TIDAK_LAYAK", banyak=number(len(found)))


@transaction.atomic
def send_back(decree: Decree, why: str, *, by: User) -> Decree:
    """A proposed version becomes a draft again. Raises SK_KEADAAN."""
    decree = lock(decree, DecreeState.PROPOSED)
    decree.state = DecreeState.DRAFT
    decree.save()
    settle(_key(decree))
    record("decrees.send_back", by=by, thing=decree, after={"state": decree.state}, reason=why)
    return decree


@transaction.atomic
def issue(decree: Decree, *, by: User) -> Decree:
    """A proposed version comes into force: people take their steps, the ledger promises their months.

    Again is the same. Raises SK_KEADAAN, SETUJU_SENDIRI, SK_BERKAS_BELUM, SK_TIDAK_LAYAK; DANA_KURANG and
    BULAN_SUDAH_DIBAYAR leave everything as it was; SK_MENUNGGU_JAWABAN where a revocation comes too early.
    """
    decree = lock(decree, DecreeState.PROPOSED, DecreeState.IN_FORCE)
    if decree.state == DecreeState.IN_FORCE:
        return decree
    if decree.proposed_by_id == by.pk:
        raise Problem("SETUJU_SENDIRI")
    if not decree.sha256:
        raise Problem("SK_BERKAS_BELUM")
    _fit(decree)
    older = before(decree)
    if older:
        (carry_out if decree.revokes else _leave)(decree, older, by)
    decree.state, decree.approved_by, decree.approved_at = DecreeState.IN_FORCE, by, timezone.now()
    decree.save()
    fresh = _fresh(decree, older)
    why = f"SK {decree.number}"
    steps.move(_members(fresh, "diusulkan"), "terverifikasi", by=by, why=why)
    steps.move(_members(fresh, "terverifikasi", "non-aktif"), "ditetapkan", by=by, why=why)
    months = _months(decree, fresh)
    if months:
        ledger.commit(months, decree=decree, by=by)
    settle(_key(decree))
    after = {"state": decree.state, "lines": decree.lines.count(), "months": len(months), "sha256": decree.sha256}
    record("decrees.issue", by=by, thing=decree, after=after)
    return decree


def _leave(decree: Decree, older: Decree, by: User) -> None:
    """The version before is replaced: whom the new one leaves out is not paid on, and leaves or ends."""
    older.state = DecreeState.REPLACED
    older.save()
    why = f"SK {decree.number} versi {decree.version}"
    for removal in Removal.objects.filter(decree=decree).select_related("line__enrolment"):
        line = removal.line
        promised = PersonMonth.objects.filter(
            enrolment=line.enrolment_id, fund=line.fund_id, state=MonthState.COMMITTED,
            month__gte=line.first, month__lt=line.first + line.months,
        )  # fmt: skip
        ledger.release(promised, by=by, note=why)
        _step_out(removal, line.enrolment, why, by)


def _step_out(removal: Removal, enrolment: Enrolment, why: str, by: User) -> None:
    if enrolment.state == OVER:
        return
    after = OVER if removal.reason else "diusulkan"
    steps.move([enrolment], after, by=by, why=f"{why}: {removal.why}"[:300], reason=removal.reason)


def _fresh(decree: Decree, older: Decree | None) -> list[DecreeLine]:
    """The lines that the version before does not have."""
    lines = decree.lines.select_related("enrolment", "fund").order_by("pk")
    if older is None:
        return list(lines)
    had = set(older.lines.values_list("enrolment", "fund", "first", "months"))
    return [line for line in lines if (line.enrolment_id, line.fund_id, line.first, line.months) not in had]


def _members(lines: list[DecreeLine], *states: str) -> list[Enrolment]:
    keys = sorted({line.enrolment_id for line in lines})
    found: list[Enrolment] = []
    for part in parts(keys, AT_ONCE):
        found += Enrolment.objects.filter(pk__in=part, state__in=states)
    return found


def _months(decree: Decree, lines: list[DecreeLine]) -> list[PersonMonth]:
    paid = {
        line.pk: Paid(line.fund.jenis, line.fund.tarif, line.pekerjaan, line.first, line.months, line.price, line.total)
        for line in lines
    }
    book = Book.load()
    rates = monthly(list(paid.values()), book)
    return [
        PersonMonth(
            person_id=line.enrolment.person_id, month=line.first + at, fund=line.fund, enrolment=line.enrolment,
            decree=decree, line=line, rate=rate, law_version=book.version,
        )
        for line in lines
        for at, rate in enumerate(rates[paid[line.pk]])
    ]  # fmt: skip
