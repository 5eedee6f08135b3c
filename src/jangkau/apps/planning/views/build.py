"""Building a plan: the form on the left, what it would come to on the right."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs, require, scope
from jangkau.apps.planning import actions, selectors
from jangkau.apps.planning.answer import Shown, quick_answer
from jangkau.apps.planning.forms import BuildForm, start
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.money import free
from jangkau.apps.regions.models import Region
from jangkau.apps.registry import selectors as registry
from jangkau.core.kernel.problems import Problem

_LARGEST_CODE = 4


def buildable(user: User) -> list[Region]:
    """The regions for which the user may build plans: provinces and kabupaten."""
    found = Region.objects.filter(level__in=["provinsi", "kabupaten", "kota"]).order_by("code")
    codes = scope(user, "plans.build")
    return [region for region in found if any(region.code.startswith(code) for code in codes)]


@needs("plans.build")
def build(request: HttpRequest, region: str) -> HttpResponse:
    """The form with its answer; saved, it becomes a plan of the region.

    Works without JavaScript by its button; with it, only the answer is asked for again (`HX-Request`).
    """
    assert isinstance(request.user, User)
    require(request, "plans.build", region)
    place = Region.objects.filter(code=region).first()
    if place is None or len(region) > _LARGEST_CODE:
        raise Http404
    form = _form(request, place)
    valid, live = form.is_valid() if form.is_bound else False, "HX-Request" in request.headers
    if valid and "simpan" in request.POST and not live:  # htmx sends the button last pressed along
        title = form.cleaned_data["judul"] or f"{place.name} {form.inputs.settings.start // 12}"
        return redirect("plan", actions.save(region, title, form.inputs, by=request.user).pk)
    context = {"form": form, "region": place, **_answer(form)}
    if live:
        return render(request, "planning/parts/live.html", context)
    context["recent"] = list(selectors.plans(request.user).filter(region_code=region)[:6])
    return render(request, "planning/build.html", context, status=422 if form.is_bound and not valid else 200)


def _form(request: HttpRequest, place: Region) -> BuildForm:
    settings, funds = registry.settings(), selectors.funds_of(place.code)
    earlier, left = _earlier(request, place.code), free(funds)
    first = start(place.code, settings, funds, left, earlier)
    form = BuildForm(
        request.POST or None, initial=first, region=place.code, settings=settings, funds=funds, left=left,
    )  # fmt: skip
    form.aims_at(selectors.targets_of(place.code), _below(place))
    form.follows(earlier)
    return form


def _below(place: Region) -> dict[str, str]:
    return dict(Region.objects.filter(parent=place).order_by("code").values_list("code", "name"))


def _earlier(request: HttpRequest, region: str) -> Plan | None:
    """The plan to begin from, where one is named and may be seen."""
    assert isinstance(request.user, User)
    key = request.GET.get("dari", "")
    return selectors.plans(request.user).filter(pk=key, region_code=region).first() if key.isdigit() else None


def _answer(form: BuildForm) -> dict[str, Any]:
    """What the form's inputs would come to; the problem in its place where they come to nothing."""
    if form.is_bound and form.errors:
        return {"shown": None}
    try:
        return {"shown": _shown(form)}
    except Problem as problem:
        return {"shown": None, "problem": problem}


def _shown(form: BuildForm) -> Shown | None:
    if not form.is_bound:  # the first look: as the form begins
        data = {form.add_prefix(name): form[name].value() for name in form.fields}
        begun = BuildForm(
            {name: value for name, value in data.items() if value not in (None, False)},
            region=form.region, settings=form.base, funds=[*form.own, *form.villages], left=form.left,
        )  # fmt: skip
        begun.recorded, begun.children, begun.listed = form.recorded, form.children, form.listed
        begun.fields["desa"].choices = form.fields["desa"].choices  # type: ignore[attr-defined]
        if not begun.is_valid():
            return None
        return quick_answer(form.region, begun.inputs)
    return quick_answer(form.region, form.inputs)
