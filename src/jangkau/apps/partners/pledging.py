"""Pledges: made, agreed to by somebody else, paid in, used through a fund, ended, renewed."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.partners import use
from jangkau.apps.partners.models import Pledge, PledgeState, Sponsor
from jangkau.apps.partners.publishing import publish
from jangkau.apps.registry import actions as registry
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.partners import pledge as core


@transaction.atomic
def make(sponsor: Sponsor, terms: core.Terms, *, by: User, renews: Pledge | None = None) -> Pledge:
    """A new pledge, which waits for an approver. Raises LawUndefinedOn."""
    made = Pledge.objects.create(
        sponsor=sponsor, region_code=terms.area, people=terms.people, months=terms.months, first=terms.first,
        jobs="|".join(terms.jobs), conditions=terms.conditions, amount=core.amount(terms, Book.load()), made_by=by,
        renews=renews,
    )  # fmt: skip
    tell(
        "pledge_waits", region_code=made.region_code, link=_page(made), key=f"janji-{made.pk}", but=by, n=made.people,
    )  # fmt: skip
    record("partners.pledge", by=by, thing=made, after={"orang": made.people, "bulan": made.months})
    return made


@transaction.atomic
def decide(pledge: Pledge, *, agreed: bool, reason: str, by: User) -> Pledge:
    """Agree, which makes the closed fund, or refuse. Raises JANJI_LANGKAH, JANJI_SENDIRI."""
    pledge = _step(pledge, PledgeState.AGREED if agreed else PledgeState.REFUSED)
    if pledge.made_by == by or pledge.sponsor.users.filter(pk=by.pk).exists():
        raise Problem("JANJI_SENDIRI")
    pledge.decided_by, pledge.decided_at, pledge.reason = by, timezone.now(), reason
    if agreed:
        pledge.fund = _fund(pledge, by)
    pledge.save()
    settle(f"janji-{pledge.pk}")
    record("partners.agree" if agreed else "partners.refuse", by=by, thing=pledge, reason=reason)
    return pledge


def _fund(pledge: Pledge, by: User) -> Fund:
    """The fund of a pledge, closed and without money: no plan counts on what has not come."""
    row = core.fund(pledge.terms, f"MITRA-{pledge.pk}", pledge.sponsor.nama, 0)
    fund = Fund(**row, sumber=f"Janji {pledge.pk}", closed=True)
    registry.save(fund, by=by)
    return fund


@transaction.atomic
def receive(pledge: Pledge, money: int, on: date, reference: str, *, by: User) -> Pledge:
    """The money is in: the fund opens with it, in the plan and in the book. Raises JANJI_LANGKAH."""
    pledge = _step(pledge, PledgeState.RECEIVED)
    assert pledge.fund
    pledge.received, pledge.received_on, pledge.reference = money, on, reference
    pledge.save()
    pledge.fund.anggaran, pledge.fund.closed = money, False
    registry.save(pledge.fund, by=by)
    ledger.budget(pledge.fund, by=by)
    publish()
    record("partners.receive", by=by, thing=pledge, after={"rupiah": money, "masuk": on.isoformat()})
    return pledge


@transaction.atomic
def end(pledge: Pledge, *, by: User | None, reason: str = "") -> Pledge:
    """The fund pays in no new plan. Raises JANJI_LANGKAH."""
    pledge = _step(pledge, PledgeState.ENDED)
    assert pledge.fund
    pledge.save()
    pledge.fund.closed = True
    registry.save(pledge.fund, by=by)
    record("partners.end", by=by, thing=pledge, reason=reason)
    return pledge


@transaction.atomic
def renew(pledge: Pledge, *, by: User, today: date | None = None) -> Pledge:
    """The same pledge for the months that follow, to be agreed to like any other; asked twice, the first is given.

    Raises JANJI_BELUM_MASUK, LawUndefinedOn.
    """
    pledge = Pledge.objects.select_for_update(of=("self",)).select_related("sponsor").get(pk=pledge.pk)
    known = Pledge.objects.filter(renews=pledge).first()
    if known:
        return known
    if pledge.state not in (PledgeState.RECEIVED, PledgeState.ENDED):
        raise Problem("JANJI_BELUM_MASUK")
    month = month_of(today or timezone.localdate())
    made = make(pledge.sponsor, core.renewed(pledge.terms, month), by=by, renews=pledge)
    _settle_reminders(pledge)
    return made


@transaction.atomic
def consent(sponsor: Sponsor, *, public: bool, by: User) -> None:
    """Whether the sponsor is named to the public."""
    before, sponsor.public = sponsor.public, public
    sponsor.consent_by, sponsor.consent_at = by, timezone.now()
    sponsor.save()
    publish()
    record("partners.consent", by=by, thing=sponsor, before={"umum": before}, after={"umum": public})


def daily(today: date | None = None) -> int:
    """End what is over, remind of what ends soon (each step once), tell each month of what is paid. Returns how many
    were reminded anew."""
    today = today or timezone.localdate()
    running = Pledge.objects.filter(state=PledgeState.RECEIVED).select_related("sponsor").prefetch_related(
        "sponsor__users"
    )  # fmt: skip
    told = 0
    for pledge in running:
        if today >= pledge.terms.ends:
            end(pledge, by=None, reason="masa janji lewat")
            _settle_reminders(pledge)
        else:
            told += _remind(pledge, today)
    use.refresh(today)
    publish()
    return told


def _remind(pledge: Pledge, today: date) -> int:
    days = core.due_reminder(pledge.terms.ends, today)
    if days is None or Pledge.objects.filter(renews=pledge).exists():
        return 0
    about: dict[str, Any] = {
        "region_code": pledge.region_code,
        "link": _page(pledge),
        "key": f"janji-akhir-{pledge.pk}-{days}",
    }
    day = long_date(pledge.terms.ends)
    owners = sum([tell("pledge_ends", **about, to=user, tanggal=day) for user in pledge.sponsor.users.all()])
    return owners + tell("pledge_ends", **about, tanggal=day)


def _settle_reminders(pledge: Pledge) -> None:
    for days in core.REMIND_DAYS:
        settle(f"janji-akhir-{pledge.pk}-{days}")


def _step(pledge: Pledge, state: PledgeState) -> Pledge:
    """The pledge, locked and in its next state, not saved."""
    now = Pledge.objects.select_for_update(of=("self",)).select_related("sponsor", "fund", "made_by").get(pk=pledge.pk)
    if state not in core.STEPS[now.state]:
        raise Problem("JANJI_LANGKAH", keadaan=now.get_state_display(), langkah=state.label)
    now.state = state
    return now


def _page(pledge: Pledge) -> str:
    return reverse("pledge", args=[pledge.pk])
