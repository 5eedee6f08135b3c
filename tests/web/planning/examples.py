"""A plan of kabupaten Seluma, in the state that each address asks for."""

import planned
from examples import example

from jangkau.apps.accounts.roles import Role
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Programme


def make_plan(user, state=PlanState.READY) -> Plan:
    """A plan whose maker has no other part in the test."""
    return planned.a_plan(user(Role.PENGELOLA, "1705"), state)


@example("plan", "plan_why", "plan_check", "plan_propose", "plan_follow")
def draft(user) -> dict:
    return {"pk": make_plan(user).pk}


@example("plan_withdraw", "plan_approve", "plan_refuse")
def proposal(user) -> dict:
    return {"pk": make_plan(user, PlanState.PROPOSED).pk}


@example("plan_download")
def frozen(user) -> dict:
    return {"pk": make_plan(user, PlanState.APPROVED).pk, "kind": "csv"}


@example("plan_build")
def region(user) -> dict:
    Programme.objects.get_or_create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"})
    return {"region": "1705"}
