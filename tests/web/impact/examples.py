"""A plan of kabupaten Seluma, and a file of assumptions."""

import planned
from examples import example

from jangkau.apps.impact.models import Basis
from jangkau.apps.planning.models import PlanState


@example("impact", "impact_work_out", "impact_download")
def plan(user) -> dict:
    return {"pk": planned.a_plan(user("pengelola", "1705"), PlanState.READY).pk}


@example("impact_basis_withdraw", shared=True)
def basis(user) -> dict:
    return {"pk": Basis.objects.create(kind="asumsi", name="asumsi.yaml", content="", by=user("admin", "17")).pk}
