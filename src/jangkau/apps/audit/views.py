"""Pages for auditors."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.audit import exports, selectors
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.forms import FilterForm
from jangkau.apps.audit.models import Event
from jangkau.apps.audit.words import VERBS
from jangkau.core.kernel.problems import Problem

_PAGE = 100


def _asked(request: HttpRequest) -> tuple[User, FilterForm, Mapping[str, Any]]:
    assert isinstance(request.user, User)
    form = FilterForm(request.GET, reader=request.user)
    form.is_valid()
    return request.user, form, form.cleaned_data


@needs("audit.view")
def browse(request: HttpRequest) -> HttpResponse:
    """Events, newest first; a wrong filter is said and left out."""
    user, form, wanted = _asked(request)
    page = Paginator(selectors.events(user, wanted), _PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/browse.html", {"form": form, "page": page, "verbs": VERBS})


@needs("audit.view")
def event(request: HttpRequest, nomor: int) -> HttpResponse:
    """One event: before and after."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(Event.objects.filter(selectors.readable(request.user)), nomor=nomor)
    return render(request, "audit/event.html", {"event": shown, "changes": selectors.changes(shown), "verbs": VERBS})


@needs("audit.view")
def export(request: HttpRequest) -> HttpResponseBase:
    """The events asked for, as CSV or xlsx; who took them is an event too. Raises AUDIT_TERLALU_PANJANG for xlsx."""
    user, _, wanted = _asked(request)
    found = selectors.events(user, wanted).order_by("nomor")
    kind = "xlsx" if request.GET.get("jenis") == "xlsx" else "csv"
    count = found.count()
    if kind == "xlsx" and count > exports.XLSX_ROWS:
        raise Problem("AUDIT_TERLALU_PANJANG", jumlah=str(count))
    last = record("audit.export", by=user, after={"jenis": kind, "jumlah": count, "saring": _kept(wanted)}).nomor
    found = found.filter(nomor__lt=last)
    if kind == "xlsx":
        return FileResponse(exports.as_xlsx(found), as_attachment=True, filename="audit.xlsx")
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingHttpResponse(exports.as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def _kept(wanted: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in wanted.items() if value}
