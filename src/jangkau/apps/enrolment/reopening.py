"""A membership that was ended by mistake is opened again: asked by one person, decided by another."""

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, within
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.batches.answer import follow_lines
from jangkau.apps.enrolment.decrees.revoke import lead_back
from jangkau.apps.enrolment.models import (
    BatchLine,
    BatchState,
    DecreeLine,
    DecreeState,
    Enrolment,
    MonthState,
    PersonMonth,
    Reopening,
    ReopeningState,
    Step,
)
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.models import Person
from jangkau.apps.notices.actions import settle, tell
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem


def left(enrolment: Enrolment) -> str:
    """The state that a membership was in as it ended. Raises BUKA_BUKAN_SELESAI."""
    before = Step.objects.filter(enrolment=enrolment, after=OVER).order_by("-pk").values_list("before", flat=True)
    if enrolment.state != OVER or not (state := before.first()):
        raise Problem("BUKA_BUKAN_SELESAI")
    return state


def ended(person: Person) -> Enrolment | None:
    """The membership of a person that ended last, where none runs: the one that may be opened again."""
    newest = person.enrolments.order_by("-pk").first()
    return newest if newest and newest.state == OVER and not _running(newest) else None


def _running(enrolment: Enrolment) -> bool:
    return Enrolment.objects.filter(person=enrolment.person_id).exclude(state=OVER).exists()


def requests(user: User) -> "QuerySet[Reopening]":
    """The requests of the user's regions, those that wait first."""
    own = Reopening.objects.filter(within(user, "enrolment.view", "enrolment__region_code"))
    people = own.select_related("enrolment__person", "asked_by", "decided_by")
    return people.order_by(Case(When(state=ReopeningState.WAITING, then=Value(0)), default=Value(1)), "-pk")


def to_decide(user: User) -> int:
    """Requests that wait for the user's word."""
    if not allowed(user, "enrolment.decide_reopening"):
        return 0
    own = Reopening.objects.filter(within(user, "enrolment.decide_reopening", "enrolment__region_code"))
    return own.filter(state=ReopeningState.WAITING).exclude(asked_by=user).count()


@transaction.atomic
def ask(enrolment: Enrolment, why: str, *, by: User) -> Reopening:
    """Ask another person to open it again; asked again, the request that waits already.

    Raises BUKA_BUKAN_SELESAI, BUKA_ADA_YANG_BARU.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    state = left(enrolment)
    if _running(enrolment):
        raise Problem("BUKA_ADA_YANG_BARU")
    told = {"why": why.strip(), "asked_by": by}
    made, new = Reopening.objects.get_or_create(enrolment=enrolment, state=ReopeningState.WAITING, defaults=told)
    if new:
        place, link = enrolment.region_code, reverse("reopenings")
        tell("reopening_waits", region_code=place, link=link, key=_key(made), but=by)
        after = {"enrolment": enrolment.pk, "state": state}
        record("enrolment.ask_reopening", by=by, thing=made, region_code=place, after=after, reason=why)
    return made


def _key(made: Reopening) -> str:
    return f"reopening:{made.pk}"


def _decided(made: Reopening, state: str, answer: str, by: User) -> Reopening:
    """The request, locked and decided. Raises BUKA_SUDAH_DIPUTUSKAN, SETUJU_SENDIRI."""
    made = Reopening.objects.select_for_update().get(pk=made.pk)
    if made.state != ReopeningState.WAITING:
        raise Problem("BUKA_SUDAH_DIPUTUSKAN")
    if made.asked_by_id == by.pk:
        raise Problem("SETUJU_SENDIRI")
    made.state, made.answer, made.decided_by, made.decided_at = state, answer.strip(), by, timezone.now()
    made.save()
    settle(_key(made))
    return made


@transaction.atomic
def refuse(made: Reopening, answer: str, *, by: User) -> Reopening:
    """It stays ended. Raises BUKA_SUDAH_DIPUTUSKAN, SETUJU_SENDIRI."""
    made = _decided(made, ReopeningState.REFUSED, answer, by)
    place = made.enrolment.region_code
    record("enrolment.refuse_reopening", by=by, thing=made, region_code=place, reason=answer)
    return made


@transaction.atomic
def reopen(made: Reopening, *, by: User, promise: bool = True) -> Reopening:
    """The membership is again in the state that it left, and follows what has happened since.

    `promise`: months from this one on that its decree in force still names, and that were let go, are promised again.
    Whom no decree in force names is led back to be proposed anew. Raises BUKA_BUKAN_SELESAI, BUKA_ADA_YANG_BARU,
    BUKA_SUDAH_DIPUTUSKAN, SETUJU_SENDIRI, DANA_KURANG (nothing changes then).
    """
    made = _decided(made, ReopeningState.OPENED, "", by)
    enrolment = Enrolment.objects.select_for_update().get(pk=made.enrolment_id)
    state = left(enrolment)
    try:
        with transaction.atomic():
            steps.move([enrolment], state, by=by, why=made.why)
    except IntegrityError:
        raise Problem("BUKA_ADA_YANG_BARU") from None
    journals = ledger.promise_again(_let_go(enrolment), by=by) if promise else []
    _catch_up(enrolment, state, made.why, by)
    after = {"enrolment": enrolment.pk, "state": Enrolment.objects.get(pk=enrolment.pk).state,
             "months": sum(journal.rows for journal in journals)}  # fmt: skip
    place = enrolment.region_code
    record("enrolment.reopen", by=by, thing=made, region_code=place, after=after, reason=made.why)
    return made


def _let_go(enrolment: Enrolment) -> "QuerySet[PersonMonth]":
    """Its months from this one on that were let go, that a decree in force still names, and that nobody else pays."""
    named = DecreeLine.objects.filter(
        decree__series=OuterRef("decree__series"), decree__state=DecreeState.IN_FORCE, decree__revokes=False,
        enrolment=enrolment, fund=OuterRef("fund"), first=OuterRef("line__first"),
    )  # fmt: skip
    other = PersonMonth.objects.filter(person=OuterRef("person"), month=OuterRef("month"), state__in=LIVE)
    gone = PersonMonth.objects.filter(enrolment=enrolment, state=MonthState.RELEASED)
    gone = gone.filter(Exists(named), ~Exists(other), month__gte=month_of(timezone.localdate()))
    newest = gone.order_by().values("month").annotate(newest=Max("pk")).values_list("newest", flat=True)
    return PersonMonth.objects.filter(pk__in=list(newest))


def _catch_up(enrolment: Enrolment, state: str, why: str, by: User) -> None:
    """Answers and payments that came while it was ended; where nothing carries it on, back to be proposed."""
    own = Enrolment.objects.filter(pk=enrolment.pk)
    if state == "diajukan":
        _answered(enrolment, why, by)
    if state == "ditagih":
        held = set(enrolment.paid_months.values_list("state", flat=True))
        if MonthState.BILLED not in held:
            steps.move(own, "dibayar" if MonthState.PAID in held else "diterima", by=by, why=why)
    lead_back(own, why, by)


def _answered(enrolment: Enrolment, why: str, by: User) -> None:
    line = BatchLine.objects.filter(enrolment=enrolment).select_related("batch").order_by("-pk").first()
    if line is None or line.batch.state == BatchState.CANCELLED:
        steps.move([enrolment], "ditetapkan", by=by, why=why)
    else:
        follow_lines(line.batch, by, why)
