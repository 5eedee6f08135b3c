"""What is done with plans: saved, proposed, withdrawn, approved, refused, checked again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.running import Running
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.planning.checking import outcome
from jangkau.apps.planning.files import freeze, sum_of
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.make import make
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.planning.money import clashes
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.problems import Problem

MAKE = "plans.make"


@transaction.atomic
def save(region_code: str, title: str, inputs: Inputs, *, by: User) -> Plan:
    """A new plan of the region, worked out in the background; numbers of a region follow one another."""
    Region.objects.select_for_update().get(code=region_code)
    last = Plan.objects.filter(region_code=region_code).aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        region_code=region_code, number=last + 1, title=title, inputs=inputs.written(), made_by=by
    )
    plan.job = jobs.start(MAKE, {"plan": plan.pk}, by=by, region_code=region_code)
    plan.save(update_fields=["job"])
    record("plans.save", by=by, thing=plan, after={"nomor": plan.number, "judul": title, "sidik": inputs.sum()})
    return plan


def work_out(running: Running) -> dict[str, Any]:
    """Work a plan out; one that is worked out is left as it is. Killed half way it is begun again."""
    plan = Plan.objects.get(pk=running.args["plan"])
    if plan.state != PlanState.COMPUTING:
        return dict(plan.summary)
    try:
        found = make(plan, running)
    except Problem:
        Plan.objects.filter(pk=plan.pk, state=PlanState.COMPUTING).update(state=PlanState.FAILED)
        raise
    running.step(gettext_noop("Memeriksa rencana"))
    plan.sha256 = sum_of(plan.folder)
    with transaction.atomic():
        _change(plan, PlanState.COMPUTING, PlanState.READY, **found, sha256=plan.sha256, checked=outcome(plan))
        record("plans.made", by=plan.made_by, thing=plan, after={"sidik": plan.sha256, "orang": plan.summary["orang"]})
    return dict(plan.summary)


@transaction.atomic
def propose(plan: Plan, *, by: User) -> Plan:
    """Ask for approval. Raises RENCANA_LANGKAH for a plan that is no draft, RENCANA_TIDAK_LOLOS for a broken one."""
    if not plan.checked_well:
        raise Problem("RENCANA_TIDAK_LOLOS", nomor=plan.number)
    came = [PlanState.READY, PlanState.WITHDRAWN]
    _change(plan, came, PlanState.PROPOSED, proposed_by=by, proposed_at=timezone.now())
    link = reverse("plan", args=[plan.pk])
    tell("plan_waits", region_code=plan.region_code, link=link, key=_key(plan), but=by, judul=plan.title)
    record("plans.propose", by=by, thing=plan, after={"nomor": plan.number, "sidik": plan.sha256})
    return plan


def _key(plan: Plan) -> str:
    """What approvers are told of this proposal under; a plan proposed again is told again."""
    return f"rencana-{plan.pk}-{plan.proposed_at:%Y%m%d%H%M%S%f}"


@transaction.atomic
def withdraw(plan: Plan, *, by: User) -> Plan:
    """Take a proposal back before it is decided."""
    _change(plan, PlanState.PROPOSED, PlanState.WITHDRAWN)
    settle(_key(plan))
    record("plans.withdraw", by=by, thing=plan, after={"nomor": plan.number})
    return plan


def approve(plan: Plan, *, by: User) -> Plan:
    """Freeze a proposed plan, once its files are found as they were made and the check finds nothing wrong.

    Raises RENCANA_PENGUSUL_SAMA for whoever made or proposed it, RENCANA_TIDAK_LOLOS, RENCANA_LANGKAH.
    """
    _demand_another(plan, by)
    against = clashes(plan).told()
    found = outcome(plan)  # outside the transaction: it takes seconds for a province
    if found["temuan"]:
        Plan.objects.filter(pk=plan.pk).update(checked=found)
        record("plans.check", by=by, thing=plan, after=_told(found))
        raise Problem("RENCANA_TIDAK_LOLOS", nomor=plan.number)
    with transaction.atomic():
        values = {"approved_by": by, "approved_at": timezone.now(), "checked": found}
        _change(plan, PlanState.PROPOSED, PlanState.APPROVED, **values)
        settle(_key(plan))
        after = {"nomor": plan.number, "sidik": plan.sha256, "bentrok": against}
        record("plans.approve", by=by, thing=plan, after=after)
    freeze(plan.folder)
    return plan


@transaction.atomic
def refuse(plan: Plan, reason: str, *, by: User) -> Plan:
    """Send a proposed plan back with the reason; a better one is a new plan."""
    _demand_another(plan, by)
    values = {"refused_by": by, "refused_at": timezone.now(), "reason": reason}
    _change(plan, PlanState.PROPOSED, PlanState.REFUSED, **values)
    settle(_key(plan))
    record("plans.refuse", by=by, thing=plan, after={"nomor": plan.number}, reason=reason)
    return plan


def check(plan: Plan, *, by: User) -> Plan:
    """Check the files of a plan again and keep what was found."""
    plan.checked = outcome(plan)
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(checked=plan.checked)
        record("plans.check", by=by, thing=plan, after=_told(plan.checked))
    return plan


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"sidik": found["sidik"], "temuan": [one["kode"] for one in found["temuan"]]}


def _demand_another(plan: Plan, by: User) -> None:
    if by.pk in {plan.made_by_id, plan.proposed_by_id}:
        raise Problem("RENCANA_PENGUSUL_SAMA", nomor=plan.number)


def _change(plan: Plan, came: str | list[PlanState], to: PlanState, **values: Any) -> None:
    """Bring the plan to a state, if it still is where it was: of two at once the second is refused."""
    allowed = [came] if isinstance(came, str) else came
    if not Plan.objects.filter(pk=plan.pk, state__in=allowed).update(state=to, **values):
        now = Plan.objects.get(pk=plan.pk)
        raise Problem("RENCANA_LANGKAH", nomor=plan.number, keadaan=now.get_state_display())
    plan.refresh_from_db()
