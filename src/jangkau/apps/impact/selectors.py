"""Asking for estimates and for what they rest on."""

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.impact.models import Basis, BasisKind, Estimate
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current
from jangkau.core.impact import DRAWS, Model, read_model
from jangkau.core.impact.parameters import Parameter, from_text, parameters

VIEW, KIND = "impact.view", "impact.estimate"
_UNDONE = (PlanState.COMPUTING, PlanState.FAILED)


@dataclass(frozen=True)
class Standing:
    """A plan's newest estimate; `stale`: it was made with other assumptions or registers than those in use now."""

    plan: Plan
    estimate: Estimate | None
    stale: bool
    job: Job | None = None

    @property
    def running(self) -> bool:
        """Whether it is being worked out."""
        return self.job is not None and self.job.alive


def plans(user: User) -> QuerySet[Plan]:
    """The plans of the user's regions that have been worked out, the newest first."""
    return Plan.objects.filter(within(user, VIEW)).exclude(state__in=_UNDONE)


def in_use(kind: BasisKind) -> Basis | None:
    """The file of a kind that estimates rest on now."""
    return Basis.objects.filter(kind=kind, withdrawn_at=None).first()


def assumptions(month: int) -> dict[str, Parameter]:
    """The assumptions for a plan that begins in a month (index): the shipped ones and what the programme replaced."""
    own = in_use(BasisKind.ASSUMPTIONS)
    return from_text(month, own.content.encode(), own.name) if own else parameters(month)


def survey_model() -> Model | None:
    """The survey's model in use."""
    own = in_use(BasisKind.SURVEY)
    return read_model(own.content.encode(), own.name) if own else None


def key_of(plan: Plan) -> str:
    """What an estimate of the plan would be made from now."""
    rows = [current(Kind.PENDUDUK), *(in_use(kind) for kind in BasisKind)]
    names = [plan.sha256, str(DRAWS), *(str(row.pk) if row else "-" for row in rows)]
    return hashlib.sha256("|".join(names).encode()).hexdigest()


def standing(plan: Plan) -> Standing:
    """How far the estimate of a plan is."""
    job = Job.objects.filter(kind=KIND, args={"plan": plan.pk}).order_by("-id").first()
    newest = plan.estimates.first()
    return Standing(plan, newest, newest is not None and newest.key != key_of(plan), job)


def estimates(plans: list[Plan]) -> dict[int, Estimate]:
    """The newest estimate of each plan that has one, by the plan's key."""
    found = Estimate.objects.filter(plan__in=plans).order_by("id")
    return {estimate.plan_id: estimate for estimate in found}


def failed(job: Job | None) -> bool:
    """Whether the last attempt ended with a fault."""
    return job is not None and job.state == State.FAILED
