"""A plan as files: its rows as CSV or xlsx, its record as JSON. Each download is an event of the log."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs, require
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.exports import Cell, csv_lines, xlsx_file
from jangkau.apps.planning import selectors
from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.forms import ExportForm
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.views.plan import _page, found

KINDS = ("csv", "xlsx", "json")


@needs("plans.view")
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The plan's rows (GET: numbers masked; POST with a reason, for who may: in full) or its record."""
    assert isinstance(request.user, User)
    plan = found(request, pk, "plans.view")
    demand_untouched(plan)
    form = ExportForm(request.POST) if request.method == "POST" else None
    if form is not None:
        require(request, "people.reveal", plan.region_code)
        if not form.is_valid():
            return render(request, "planning/plan.html", _page(request, plan, export_form=form), status=422)
    reason = form.cleaned_data["alasan"] if form else ""
    told = {"jenis": kind, "nik": "lengkap" if form else "samar"}
    record("plans.download", by=request.user, thing=plan, after=told, reason=reason)
    return _file(plan, kind, full=form is not None)


def _file(plan: Plan, kind: str, *, full: bool) -> HttpResponseBase:
    name = f"rencana-{plan.region_code}-ke-{plan.number}"
    if kind == "json":
        return FileResponse((plan.folder / "rencana.json").open("rb"), as_attachment=True, filename=f"{name}.json")
    rows = selectors.listed_rows(plan, full=full)
    head: list[list[Cell]] = [list(selectors.LISTED)]
    if kind == "xlsx":
        return FileResponse(xlsx_file("Rencana", head, rows), as_attachment=True, filename=f"{name}.xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8", headers=headers)
