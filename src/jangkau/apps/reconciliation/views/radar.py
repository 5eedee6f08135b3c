"""The lapse radar: twelve months, who, what bridging costs, and a draft plan that bridges."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, scope
from jangkau.apps.reconciliation import drawing, selectors
from jangkau.apps.reconciliation import radar as keeping
from jangkau.apps.reconciliation.bridging import Asked, draft
from jangkau.apps.reconciliation.forms import RadarForm
from jangkau.apps.reconciliation.models import Radar
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem

PER_PAGE = 50


def _asked(request: HttpRequest, given: Any) -> RadarForm:
    assert isinstance(request.user, User)
    funds = selectors.funds(selectors.lapses(request.user))
    form = RadarForm(given, user=request.user, funds=funds, first=month_of(timezone.localdate()) + 1)
    form.is_valid()
    return form


@needs("reconciliation.view")
def radar(request: HttpRequest) -> HttpResponse:
    """Twelve months of endings by fund, the price of one to twelve months, and the people."""
    assert isinstance(request.user, User)
    first, form = month_of(timezone.localdate()) + 1, _asked(request, request.GET)
    keeping.ask()
    asked = form.cleaned_data
    found = selectors.lapses(request.user, asked)
    months = selectors.ahead(found, first)
    funds = selectors.funds(found)
    span = asked.get("jembatan") or 3
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "kept": Radar.objects.first(), "fresh": keeping.fresh(), "form": form, "asked": query.urlencode(),
        "bars": drawing.bars(months, funds), "funds": [(fund, drawing.look(at)) for at, fund in enumerate(funds)],
        "table": [(month, [month.people.get(fund.pk, 0) for fund in funds], month.costs[span - 1]) for month in months],
        "total": sum(month.total for month in months), "loses": sum(month.loses for month in months), "span": span,
        "costs": [(n + 1, sum(month.costs[n] for month in months)) for n in range(12)],
        "may_plan": allowed(request.user, "plans.build"),
        "page": Paginator(found.select_related("enrolment__person", "fund", "bridge"), PER_PAGE).get_page(
            request.GET.get("halaman")
        ),
    }  # fmt: skip
    return render(request, "reconciliation/radar.html", context)


@needs("plans.build")
@require_POST
def bridge(request: HttpRequest) -> HttpResponse:
    """A draft plan with the money that bridging the people shown costs."""
    assert isinstance(request.user, User)
    held = scope(request.user, "plans.build")
    told = _asked(request, request.POST).cleaned_data
    region = told.get("wilayah") or held[0]
    if not any(region.startswith(code) for code in held):
        return redirect("radar")
    try:
        plan = draft(Asked(region, told.get("jembatan") or 3, told.get("bulan"), told.get("dana")), by=request.user)
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return redirect("radar")
    messages.success(request, _("Rancangan rencana jembatan sedang dihitung."))
    return redirect("plan", plan.pk)
