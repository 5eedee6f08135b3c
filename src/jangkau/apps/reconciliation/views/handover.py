"""Handing people to the next payer: proposed by one, approved by another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.reconciliation import handover
from jangkau.apps.reconciliation.forms import HandoverForm
from jangkau.apps.reconciliation.models import Handover, HandoverState
from jangkau.core.kernel.problems import Problem

SHOWN = 60


@needs("reconciliation.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every handover of the user's regions, and proposing one."""
    assert isinstance(request.user, User)
    return _page(request, HandoverForm(user=request.user))


def _page(request: HttpRequest, form: HandoverForm, status: int = 200, **more: Any) -> HttpResponse:
    assert isinstance(request.user, User)
    found = Handover.objects.filter(within(request.user, "reconciliation.view"))
    rows = found.select_related("source", "target", "proposed_by", "decided_by")[:SHOWN]
    context = {
        "form": form, "rows": rows, "may_propose": allowed(request.user, "reconciliation.decide"),
        "may_approve": allowed(request.user, "decrees.approve"), "proposed": HandoverState.PROPOSED, **more,
    }  # fmt: skip
    return render(request, "reconciliation/handovers.html", context, status=status)


@needs("reconciliation.decide")
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Show what would move; asked again with `yakin`, propose it."""
    assert isinstance(request.user, User)
    form = HandoverForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, 422)
    told = form.cleaned_data
    asked = handover.Asked(told["dari"], told["ke"], told["wilayah"], told["mulai"])
    try:
        if "yakin" not in request.POST:
            return _page(request, form, preview=handover.preview(asked), asked=asked)
        handover.propose(asked, told["nomor"], told["tanggal"], by=request.user)
    except Problem as problem:
        return _page(request, form, problem.kind.http, problem=problem)
    messages.success(request, _("Serah terima diusulkan; penyetuju memutuskannya."))
    return redirect("handovers")


@needs("decrees.approve")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a handover, which moves the months at once, or refuse it with a reason."""
    assert isinstance(request.user, User)
    made = find(request, Handover.objects.all(), "decrees.approve", pk=pk)
    try:
        if request.POST.get("putusan") == "setuju":
            made = handover.approve(made, by=request.user)
            messages.success(request, _("Serah terima disetujui; tidak ada bulan tanpa pembayar."))
        elif reason := request.POST.get("sebab", "").strip():
            handover.refuse(made, reason[:200], by=request.user)
        else:
            messages.error(request, _("Tulis sebab penolakannya."))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    return redirect("handovers")
