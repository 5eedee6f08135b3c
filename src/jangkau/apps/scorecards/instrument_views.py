"""Instruments: the list, a version with what it changed, a new version."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import allowed, needs
from jangkau.apps.scorecards import instruments as bringing
from jangkau.apps.scorecards.forms import UploadForm
from jangkau.apps.scorecards.models import Instrument
from jangkau.apps.scorecards.views import user_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard import differences, score
from jangkau.core.scorecard.compare import Change

KINDS = {
    "head": gettext_lazy("diubah"), "new": gettext_lazy("baru"), "gone": gettext_lazy("dihapus"),
    "asks": gettext_lazy("menanyakan hal lain"), "weighs": gettext_lazy("bobot atau petunjuk berubah"),
}  # fmt: skip


@needs("scorecards.view")
def instruments(request: HttpRequest) -> HttpResponse:
    """All versions of all instruments."""
    return _list(request)


def _list(request: HttpRequest, form: UploadForm | None = None, status: int = 200) -> HttpResponse:
    may_upload = allowed(request.user, "scorecards.instrument")
    rows = list(Instrument.objects.annotate(used=Count("cards")).select_related("by")[:200])
    context = {
        "rows": rows, "form": form or (UploadForm() if may_upload else None),
        "examples": may_upload and bool(bringing.missing({row.sha256 for row in rows})),
    }  # fmt: skip
    return render(request, "scorecards/instruments.html", context, status=status)


@needs("scorecards.instrument")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a new version."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        made = bringing.upload(form.cleaned_data["berkas"], by=user_of(request))
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return _list(request, form, 422)
    messages.success(request, _("Instrumen tersimpan dan tidak dapat diubah lagi."))
    return redirect("instrument", made.pk)


@needs("scorecards.instrument")
@require_POST
def examples(request: HttpRequest) -> HttpResponse:
    """Bring in the instruments of our own."""
    count = bringing.bring_shipped(by=user_of(request))
    messages.success(request, _("%(n)s instrumen contoh dipasang.") % {"n": count})
    return redirect("instruments")


@needs("scorecards.view")
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its questions with their points, and what it changed."""
    row = get_object_or_404(Instrument.objects.select_related("by"), pk=pk)
    before = bringing.previous(row)
    result = score(row.form, {}, start=row.at.date())
    marks = {mark.question.kode: mark for mark in result.marks}
    context = {
        "row": row, "form": row.form, "before": before,
        "sections": [(s, [marks[q.kode] for q in s.pertanyaan]) for s in row.form.bagian],
        "changes": _told(differences(before.form, row.form)) if before else [],
    }  # fmt: skip
    return render(request, "scorecards/instrument.html", context)


def _told(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.code, str(KINDS[change.kind]), change.words) for change in changes]


@needs("scorecards.view")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    row = get_object_or_404(Instrument, pk=pk)
    name = f"{row.code}-{row.version}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(row.text.encode(), content_type="application/yaml", headers=headers)
