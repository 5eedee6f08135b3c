"""Pages of reports."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.audit.actions import record
from jangkau.apps.regions.models import Region
from jangkau.apps.reports import actions, selectors
from jangkau.apps.reports.forms import MakeForm, NoteForm, ScheduleForm, WithdrawForm, places
from jangkau.apps.reports.models import Kind, Report, ReportState, Schedule
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.semester import Semester

_PAGE = 40


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _found(request: HttpRequest, pk: int, permission: str = selectors.VIEW) -> Report:
    rows = Report.objects.select_related("job", "made_by", "withdrawn_by", "schedule")
    return find(request, rows, permission, pk=pk)


@needs("reports.view")
def reports(request: HttpRequest) -> HttpResponse:
    """All reports of the user's regions, and making new ones."""
    return _list(request, None)


def _list(request: HttpRequest, form: MakeForm | None, status: int = 200) -> HttpResponse:
    user = _user(request)
    asked = {name: request.GET.get(name, "") for name in ("wilayah", "semester")}
    rows = selectors.filtered(selectors.reports(user), asked).select_related("made_by", "job", "schedule")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "asked": asked, "places": places(user, selectors.VIEW),
        "semesters": [Semester.read(code) for code in selectors.semesters(user)],
        "form": (form or MakeForm(user=user)) if allowed(user, "reports.make") else None,
        "busy": any(row.state == ReportState.COMPUTING and row.job and row.job.alive for row in page),
    }  # fmt: skip
    template = "reports/parts/rows.html" if request.headers.get("HX-Request") else "reports/index.html"
    return render(request, template, context, status=status)


@needs("reports.make")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Ask for reports of a region, and of all regions below it at once."""
    user = _user(request)
    form = MakeForm(request.POST, user=user)
    if not form.is_valid():
        return _list(request, form, 422)
    chosen = form.cleaned_data
    require(request, "reports.make", chosen["wilayah"])
    below = Region.objects.filter(parent=chosen["wilayah"]).order_by("code").values_list("code", flat=True)
    regions = [chosen["wilayah"], *(below if chosen["anak"] else [])]
    made = actions.ask(regions, Semester.read(chosen["semester"]), chosen["jenis"], by=user, note=chosen["catatan"])
    messages.success(request, _made(len(made)))
    return redirect("report", made[0].pk) if len(made) == 1 else redirect("reports")


def _made(count: int) -> str:
    return ngettext("Laporan sedang dibuat.", "%(n)s laporan sedang dibuat.", count) % {"n": count}


@needs("reports.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report; while it is being made, how far that is."""
    shown = _found(request, pk)
    if request.headers.get("HX-Request"):
        answer = render(request, "reports/parts/progress.html", {"report": shown})
        if shown.state != ReportState.COMPUTING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "reports/report.html", _page(request, shown))


def _page(request: HttpRequest, shown: Report, **more: Any) -> dict[str, Any]:
    may = allowed(request.user, "reports.make", shown.region_code)
    mine = may and shown.made_by_id in {request.user.pk, None}
    return {
        "report": shown, "files": [(Kind(kind), kept) for kind, kept in shown.files.items()],
        "others": selectors.others(shown, _user(request)) if shown.kept else [],
        "may_note": mine and shown.kept, "may_withdraw": may and shown.state == ReportState.READY,
        "note_form": NoteForm(initial={"catatan": shown.note}), "withdraw_form": WithdrawForm(), **more,
    }  # fmt: skip


@needs("reports.view")
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A document as it was made, on record; one of a withdrawn report says so in its name."""
    shown = _found(request, pk)
    if kind not in shown.files:
        raise Http404
    path = actions.document(shown, kind)
    record("reports.download", by=_user(request), thing=shown, after={"jenis": kind})
    mark = "DITARIK-" if shown.state == ReportState.WITHDRAWN else ""
    name = f"{mark}{path.stem}-ke-{shown.number}{path.suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@needs("reports.view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The key numbers of a report beside those of another version of the same region; which, the report's page asks."""
    new, key = _found(request, pk), request.GET.get("dengan", "")
    if not key:
        return redirect("report", pk)
    old = _found(request, int(key)) if key.isdigit() and len(key) < 18 else None
    if old is None or old.region_code != new.region_code or not (old.kept and new.kept):
        raise Http404
    if (old.last, old.pk) > (new.last, new.pk):
        old, new = new, old
    context = {"pair": (old, new), "new": new, "rows": list(selectors.compared(old, new))}
    return render(request, "reports/compare.html", context | {"same": old.inputs_sha256 == new.inputs_sha256})


@needs("reports.make")
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what is to be read with it: its maker's right, or anyone's who may make where it made itself."""
    shown, form = _found(request, pk, "reports.make"), NoteForm(request.POST)
    if shown.made_by_id not in {request.user.pk, None}:
        raise Http404
    if not form.is_valid():
        return render(request, "reports/report.html", _page(request, shown, note_form=form), status=422)
    actions.note(shown, form.cleaned_data["catatan"], by=_user(request))
    messages.success(request, _("Catatan disimpan. Berkas laporan tetap seperti semula."))
    return redirect("report", pk)


@needs("reports.make")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a report, with the reason; it stays."""
    shown, form = _found(request, pk, "reports.make"), WithdrawForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/report.html", _page(request, shown, withdraw_form=form), status=422)
    actions.withdraw(shown, form.cleaned_data["alasan"], by=_user(request))
    messages.success(request, _("Laporan ditarik. Ia tetap tersimpan dengan alasannya."))
    return redirect("report", pk)


@needs("reports.view")
def schedules(request: HttpRequest) -> HttpResponse:
    """Which reports make themselves, and adding one."""
    user = _user(request)
    may = allowed(user, "reports.make")
    form = ScheduleForm(request.POST or None, user=user, initial={"mulai": timezone.localdate()}) if may else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _scheduled(request, form):
            return redirect("report_schedules")
        status = 422
    rows = selectors.schedules(user).select_related("made_by").prefetch_related("followers")
    context = {"form": form, "rows": [(row, user in row.followers.all(), _may(user, row)) for row in rows]}
    return render(request, "reports/schedules.html", context, status=status)


def _may(user: User, row: Schedule) -> bool:
    return allowed(user, "reports.make", row.region_code)


def _scheduled(request: HttpRequest, form: ScheduleForm) -> bool:
    chosen = form.cleaned_data
    require(request, "reports.make", chosen["wilayah"])
    try:
        actions.schedule(
            chosen["wilayah"], chosen["kali"], chosen["jenis"], chosen["mulai"], children=chosen["anak"],
            by=_user(request),
        )  # fmt: skip
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return False
    messages.success(request, _("Jadwal disimpan. Laporan pertama dibuat sesudah masanya berakhir."))
    return True


@needs("reports.make")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a schedule."""
    actions.stop(find(request, Schedule.objects.all(), "reports.make", pk=pk), by=_user(request))
    messages.success(request, _("Jadwal dihentikan. Laporan yang sudah ada tetap tersimpan."))
    return redirect("report_schedules")


@needs("reports.view")
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told of new reports of a schedule, or no longer."""
    found = find(request, Schedule.objects.filter(stopped_at=None), selectors.VIEW, pk=pk)
    actions.follow(found, by=_user(request), on="ikut" in request.POST)
    return redirect("report_schedules")
