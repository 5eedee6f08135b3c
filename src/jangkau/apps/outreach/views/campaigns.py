"""Pages of campaigns: all that the user sees, planning one, and one with its events, materials and scores."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.outreach import actions, selectors
from jangkau.apps.outreach.forms import CampaignForm, MaterialForm
from jangkau.apps.outreach.looking import Look
from jangkau.apps.outreach.models import Campaign
from jangkau.apps.portal.forms import WORK
from jangkau.core.outreach.messages import amounts
from jangkau.core.outreach.questions import bank, version

PAGE = 50


def found(request: HttpRequest, pk: int) -> Campaign:
    """A campaign that the user sees, else 404."""
    assert isinstance(request.user, User)
    return get_object_or_404(selectors.campaigns(request.user), pk=pk)


@needs("outreach.view")
def campaigns(request: HttpRequest) -> HttpResponse:
    """Those that run or are to come first, each with how many came."""
    assert isinstance(request.user, User)
    today, held = timezone.localdate(), Q(events__women__isnull=False, events__cancelled="")
    told = (
        selectors.campaigns(request.user)
        .annotate(
            held=Count("events", filter=held), came=Sum(F("events__women") + F("events__men"), filter=held, default=0)
        )
        .order_by("-last", "-pk")
    )
    page = Paginator(told, PAGE).get_page(request.GET.get("page"))
    open_ = list(selectors.open_events(request.user)[:PAGE]) if allowed(request.user, "outreach.record") else []
    context = {"page": page, "today": today, "open": open_, "may_edit": allowed(request.user, "outreach.edit")}
    return render(request, "outreach/campaigns.html", context)


@needs("outreach.edit")
def campaign_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Plan one, or change it."""
    assert isinstance(request.user, User)
    known = find(request, Campaign.objects.all(), "outreach.edit", pk=pk) if pk else None
    form = CampaignForm(request.POST or None, instance=known, by=request.user, bank=questions(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        made = actions.keep_campaign(form.made(version()), by=request.user)
        messages.success(request, _("Kampanye tersimpan."))
        return redirect("campaign", made.pk)
    context = {"form": form, "campaign": known}
    return render(request, "outreach/campaign_edit.html", context, status=422 if form.is_bound else 200)


def questions(on: date) -> dict[str, Any]:
    """The bank with the numbers of a day."""
    return bank(amounts(on))


@needs("outreach.view")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign."""
    return _page(request, found(request, pk), None)


def _page(request: HttpRequest, shown: Campaign, form: MaterialForm | None) -> HttpResponse:
    assert isinstance(request.user, User)
    look, may = Look(request.user, shown), allowed(request.user, "outreach.edit", shown.region_code)
    events = selectors.events(request.user, shown)
    known = questions(timezone.localdate())
    context = {
        "campaign": shown, "look": look, "works": [WORK.get(tag, tag) for tag in shown.tags], "may_edit": may,
        "may_plan": allowed(request.user, "outreach.edit"), "today": timezone.localdate(),
        "page": Paginator(events, PAGE).get_page(request.GET.get("page")),
        "materials": shown.materials.annotate(used=Count("events", filter=Q(events__in=events))),
        "scores": [(known[code], look.scores[code]) for code in shown.asked if code in known and code in look.scores],
        "unasked": [known[code] for code in shown.asked if code in known and code not in look.scores],
        "form": form or MaterialForm(campaign=shown) if may else None,
    }  # fmt: skip
    return render(request, "outreach/campaign.html", context, status=422 if form else 200)


@needs("outreach.edit")
@require_POST
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A material of the campaign."""
    assert isinstance(request.user, User)
    shown = find(request, Campaign.objects.all(), "outreach.edit", pk=pk)
    form = MaterialForm(request.POST, campaign=shown)
    if not form.is_valid():
        return _page(request, shown, form)
    made = actions.add_material(shown, form.cleaned_data, by=request.user)
    messages.success(request, _("Bahan tercatat: %(what)s.") % {"what": made})
    return redirect("campaign", pk)
