"""All reconciliations, and starting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, scope
from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.reconciliation import actions
from jangkau.apps.reconciliation.models import Reconciliation
from jangkau.apps.reconciliation.selectors import VIEW, people
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current
from jangkau.core.kernel.problems import Problem


@needs("reconciliation.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every reconciliation with what it found in the user's regions; the newest register not yet reconciled."""
    assert isinstance(request.user, User)
    codes = scope(request.user, VIEW)
    made = list(Reconciliation.objects.select_related("snapshot", "job")[:60])
    newest = current(Kind.PESERTA)
    context = {
        "rows": [(one, people(one, codes)) for one in made],
        "newest": newest, "behind": newest and newest.pk not in {one.snapshot_id for one in made},
        "anyone": Enrolment.objects.exists(), "may_decide": allowed(request.user, "reconciliation.decide"),
    }  # fmt: skip
    return render(request, "reconciliation/index.html", context)


@needs("reconciliation.decide")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Reconcile with the register in use, for the first time or again."""
    assert isinstance(request.user, User)
    newest = current(Kind.PESERTA)
    if newest is None:
        return redirect("reconciliations")
    try:
        made = actions.start(newest, by=request.user)
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return redirect("reconciliations")
    return redirect("reconciliation", made.pk)
