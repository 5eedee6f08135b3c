"""Surveys: the list, importing one, and its estimates."""

from typing import Any

import polars as pl
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.monitoring.charts import Chart
from jangkau.apps.monitoring.showing import Framed, answer, framed
from jangkau.apps.registry.selectors import settings
from jangkau.apps.surveys import actions, fitting
from jangkau.apps.surveys.estimates import charts
from jangkau.apps.surveys.forms import FitForm, SurveyForm
from jangkau.apps.surveys.models import Measured, Survey, SurveyState

_PAGE = 50


def _found(request: HttpRequest, pk: int) -> Survey:
    """A survey is of the whole province: whoever may see figures sees it."""
    return find(request, Survey.objects.select_related("job", "by"), "monev.view", None, pk=pk)


@needs("monev.view")
def surveys(request: HttpRequest) -> HttpResponse:
    """All surveys."""
    page = Paginator(Survey.objects.select_related("by"), _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_enter": allowed(request.user, "monev.enter")}
    return render(request, "surveys/index.html", context)


@needs("monev.enter")
def new(request: HttpRequest) -> HttpResponse:
    """Import one."""
    assert isinstance(request.user, User)
    province = settings().provinsi
    require(request, "monev.enter", province)
    form = SurveyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["berkas"]
        return redirect("survey", actions.receive(upload, form.told(), by=request.user, region_code=province).pk)
    return render(request, "surveys/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@needs("monev.view")
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Its estimates with their intervals; while they are worked out, how far that is."""
    shown = _found(request, pk)
    if request.headers.get("HX-Request"):
        answer = render(request, "surveys/parts/progress.html", {"survey": shown})
        if shown.state != SurveyState.COMPUTING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "surveys/survey.html", _page(request, shown, FitForm()))


def _page(request: HttpRequest, shown: Survey, form: FitForm) -> dict[str, Any]:
    may = shown.measured == Measured.POVERTY and shown.state == SurveyState.DONE
    may = may and allowed(request.user, "settings.edit")
    drawn = [_framed(shown, chart) for chart in charts(shown)] if shown.state == SurveyState.DONE else []
    return {
        "survey": shown, "form": form, "may_fit": may, "fitted": fitting.last(shown) if may else None, "charts": drawn,
    }  # fmt: skip


def _framed(shown: Survey, chart: Chart) -> Framed | None:
    return framed(chart, lambda kind: reverse("survey_chart", args=[shown.pk, chart.name, kind]))


@needs("monev.view")
def picture(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One chart as a file, or as the part of the page that comes after it."""
    shown = _found(request, pk)
    if shown.state != SurveyState.DONE:  # its page says how far it is
        return redirect("survey", shown.pk)
    chart = next((one for one in charts(shown) if one.name == name), None)
    return answer(request, chart, kind, f"survei-{pk}-{name}")


@needs("settings.edit")
@require_POST
def fit(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the consumption model fitted to it; impact rests on it from then on."""
    assert isinstance(request.user, User)
    shown, form = _found(request, pk), FitForm(request.POST)
    if not form.is_valid():
        return render(request, "surveys/survey.html", _page(request, shown, form), status=422)
    fitting.ask(shown, form.cleaned_data, by=request.user)
    messages.success(request, _("Model sedang ditaksir. Sesudah selesai ia tampil pada Dampak, Asumsi dan survei."))
    return redirect("survey", shown.pk)


@needs("monev.view")
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Its estimates as a CSV file (ANGKA); never the microdata."""
    shown = _found(request, pk)
    if shown.state != SurveyState.DONE:  # its page says how far it is
        return redirect("survey", shown.pk)
    answer = HttpResponse(pl.read_parquet(shown.figures).write_csv(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="survei-{shown.pk}.csv"'
    return answer
