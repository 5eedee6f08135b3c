"""A plan: its list, its page, and what is decided about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.planning import actions, selectors, why
from jangkau.apps.planning.answer import kept_answer
from jangkau.apps.planning.files import untouched
from jangkau.apps.planning.following import follow as follow_on
from jangkau.apps.planning.forms import ExportForm, RefuseForm
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.planning.money import clashes
from jangkau.apps.planning.views.build import buildable
from jangkau.core.kernel.problems import Problem

_PAGE = 50


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def found(request: HttpRequest, pk: int, permission: str) -> Plan:
    """The plan within the user's regions, else 404."""
    rows = Plan.objects.select_related("job", "run", "made_by", "proposed_by", "approved_by", "refused_by")
    return find(request, rows, permission, pk=pk)


@needs("plans.view")
def plans(request: HttpRequest) -> HttpResponse:
    """All plans of the user's regions, and where a new one may be begun."""
    user = _user(request)
    rows = selectors.plans(user).select_related("made_by", "approved_by", "job")
    regions = buildable(user) if allowed(user, "plans.build") else []
    if regions and (asked := request.GET.get("wilayah")) in {region.code for region in regions}:
        return redirect("plan_build", asked)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    return render(request, "planning/index.html", {"page": page, "regions": regions})


@needs("plans.view")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan; while it is being worked out, how far that is."""
    shown = found(request, pk, "plans.view")
    if request.headers.get("HX-Request"):
        answer = render(request, "planning/parts/progress.html", {"plan": shown})
        if shown.state != PlanState.COMPUTING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "planning/plan.html", _page(request, shown))


def _page(request: HttpRequest, shown: Plan, **more: Any) -> dict[str, Any]:
    if not shown.done:
        return {"plan": shown, **more}
    whole = untouched(shown)
    mine = {shown.made_by_id, shown.proposed_by_id}
    return {
        "plan": shown,
        "whole": whole,
        "shown": kept_answer(shown) if whole else None,
        "clashes": clashes(shown) if shown.state == PlanState.PROPOSED and whole else None,
        "may_build": allowed(request.user, "plans.build", shown.region_code),
        "may_decide": allowed(request.user, "plans.approve", shown.region_code) and request.user.pk not in mine,
        "own_proposal": allowed(request.user, "plans.approve", shown.region_code) and request.user.pk in mine,
        "may_reveal": allowed(request.user, "people.reveal", shown.region_code),
        "refuse_form": RefuseForm(),
        "export_form": ExportForm(),
        "states": PlanState,
        **more,
    }


@needs("plans.view")
def why_not(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is asked for, found in the plan's list; with `orang`, why that person is paid or not."""
    shown = found(request, pk, "plans.view")
    asked, key = request.GET.get("q", "").strip(), request.GET.get("orang", "")
    usable = shown.done and untouched(shown)
    people, more = why.search(shown, asked) if usable and asked else ([], False)
    context = {
        "plan": shown, "q": asked, "people": people, "more": more, "usable": usable, "key": key,
        "answer": why.answer(shown, key) if usable and key else None,
        "until": why.held_until(shown, key) if usable and key else None,
        "may_build": allowed(request.user, "plans.build", shown.region_code),
    }  # fmt: skip
    part = "planning/parts/why.html" if request.headers.get("HX-Request") else "planning/why.html"
    return render(request, part, context)


def _step(permission: str, act: Callable[..., Plan], done: str) -> Callable[..., Any]:
    """A view that does one thing with a plan and comes back to it."""

    @needs(permission)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        act(found(request, pk, permission), by=_user(request))
        messages.success(request, _(done))
        return redirect("plan", pk)

    return view


propose = _step("plans.build", actions.propose, gettext_noop("Rencana diusulkan. Yang memutusnya orang lain."))
withdraw = _step("plans.build", actions.withdraw, gettext_noop("Usulan ditarik. Rencana ini dapat diusulkan lagi."))
approve = _step("plans.approve", actions.approve, gettext_noop("Rencana disetujui dan dibekukan."))


@needs("plans.approve")
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the plan back, with the reason."""
    shown, form = found(request, pk, "plans.approve"), RefuseForm(request.POST)
    if not form.is_valid():
        return render(request, "planning/plan.html", _page(request, shown, refuse_form=form), status=422)
    actions.refuse(shown, form.cleaned_data["alasan"], by=_user(request))
    messages.success(request, _("Rencana ditolak. Alasannya tercatat dan terbaca oleh pembuatnya."))
    return redirect("plan", pk)


@needs("plans.build")
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft for those who have a payer until a month, from the month after it."""
    shown, last = found(request, pk, "plans.build"), request.POST.get("sampai", "")
    if not shown.done or not last.isdigit():
        return redirect("plan", pk)
    try:
        made = follow_on(shown, int(last), by=_user(request))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return redirect("plan", pk)
    messages.success(request, _("Rancangan lanjutan sedang dihitung."))
    return redirect("plan", made.pk)


@needs("plans.view")
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the plan's files and its proof again."""
    shown = found(request, pk, "plans.view")
    if shown.done:
        actions.check(shown, by=_user(request))
        if shown.checked_well:
            messages.success(request, _("Diperiksa ulang: tidak ada satu rupiah atau orang pun yang berbeda."))
        else:
            messages.error(request, _("Pemeriksaan ulang menemukan masalah; lihat di bawah."))
    return redirect("plan", pk)
