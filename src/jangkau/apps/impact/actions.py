"""Estimating, and giving what estimates rest on."""

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.impact import selectors
from jangkau.apps.impact.models import Basis, BasisKind, Estimate
from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running
from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.models import Plan
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import outputs
from jangkau.core.impact import impact, of_tables, read_model
from jangkau.core.impact.parameters import from_text
from jangkau.core.impact.report import row_of
from jangkau.core.tables import results as t

_SOME_MONTH = 2026 * 12  # an own file is read whole whatever the month


def ask(plan: Plan, *, by: User) -> Job:
    """Queue the estimate of a plan."""
    return start(selectors.KIND, {"plan": plan.pk}, by=by, region_code=plan.region_code)


def estimate(plan: Plan, running: Running) -> Estimate:
    """Work out what a plan is expected to do, once for what it is made from. Raises RENCANA_BERKAS_DIUBAH."""
    key = selectors.key_of(plan)
    known = plan.estimates.filter(key=key).first()
    if known:
        return known
    demand_untouched(plan)
    model = selectors.survey_model()
    penduduk = registry.register(Kind.PENDUDUK) if registry.current(Kind.PENDUDUK) else None
    pekerja, rencana = (outputs.read_table(plan.folder, table) for table in (t.PEKERJA, t.RENCANA))
    exposed, points = of_tables(pekerja, rencana, penduduk, model)
    assumed = selectors.assumptions(exposed.start)
    found = impact(exposed, assumed, model=model) | {"ringkas": row_of(str(plan), exposed, points, assumed)}
    made, _ = Estimate.objects.get_or_create(plan=plan, key=key, defaults={"result": found, "job": running.job})
    return made


@transaction.atomic
def give(kind: BasisKind, name: str, content: bytes, *, by: User) -> Basis:
    """Put a file of assumptions or a survey's model in use; the one that is in use already stays. Raises
    PENGATURAN_SALAH.
    """
    if kind == BasisKind.ASSUMPTIONS:
        from_text(_SOME_MONTH, content, name)
    else:
        read_model(content, name)
    text, now = content.decode("utf-8-sig"), selectors.in_use(kind)
    if now and now.content == text:
        return now
    basis = Basis.objects.create(kind=kind, name=name[:120], content=text, by=by)
    record("impact.basis", by=by, thing=basis, after={"jenis": kind, "berkas": name})
    return basis


@transaction.atomic
def withdraw(basis: Basis, *, by: User) -> Basis:
    """Take a file out of use; the one given before it, or what is shipped, is used again."""
    basis = Basis.objects.select_for_update().get(pk=basis.pk)
    if basis.withdrawn_at is None:
        basis.withdrawn_at, basis.withdrawn_by = timezone.now(), by
        basis.save()
        record("impact.basis_withdraw", by=by, thing=basis, before={"berkas": basis.name})
    return basis
