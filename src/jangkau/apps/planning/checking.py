"""Checking a plan again: its files are those that were made, and they hold by the core's independent check."""

from typing import Any

from django.utils import timezone

from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.models import Plan
from jangkau.core.kernel.problems import Problem
from jangkau.core.planning.verify import verify


def findings(plan: Plan) -> list[dict[str, str]]:
    """What is wrong with the plan: kode, pesan, saran of each; an empty list says that it holds."""
    try:
        demand_untouched(plan)
        return verify(plan.folder)
    except Problem as problem:
        return [{"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}]


def outcome(plan: Plan) -> dict[str, Any]:
    """`findings` with when they were made, as the database keeps them."""
    return {"pada": timezone.now().isoformat(), "sidik": plan.sha256, "temuan": findings(plan)}
