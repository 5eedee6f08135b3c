"""Versions of forms: looked at, uploaded, opened and closed."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import allowed, needs
from jangkau.apps.field.actions import forms
from jangkau.apps.field.forms import UploadForm
from jangkau.apps.field.known import model_of
from jangkau.apps.field.models import FormState, FormVersion
from jangkau.apps.field.views.seeing import user_of
from jangkau.apps.registry.keeping import kept
from jangkau.core.field.check import Refusal
from jangkau.core.field.own import NAMES, source, xlsform
from jangkau.core.kernel.problems import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("field.supervise")
def form_list(request: HttpRequest) -> HttpResponse:
    """Every version, and where a new one is uploaded."""
    return _page(request, UploadForm())


def _page(request: HttpRequest, form: UploadForm, refused: list[Refusal] | None = None) -> HttpResponse:
    context = {
        "versions": FormVersion.objects.select_related("by").defer("model"), "form": form, "refused": refused or [],
        "own": [(name, source(name)["settings"]["form_title"]) for name in NAMES],
        "may_upload": allowed(request.user, "field.forms"),
    }  # fmt: skip
    return render(request, "field/forms.html", context, status=422 if refused or form.errors else 200)


@needs("field.forms")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A new version, as a draft; or what has to be mended first. `bawaan` names one of our own forms instead."""
    own, form = request.POST.get("bawaan", ""), UploadForm(request.POST, request.FILES)
    if own not in NAMES and not form.is_valid():
        return _page(request, form)
    lists = [file for file in request.FILES.getlist("daftar") if file.name]
    data = xlsform(own, timezone.localdate()) if own in NAMES else b"".join(form.cleaned_data["berkas"].chunks())
    try:
        made = forms.upload(data, {str(f.name): b"".join(f.chunks()) for f in lists}, by=user_of(request))
    except Problem as problem:
        form.add_error(None if own else "berkas", f"{problem.pesan} {problem.saran}")
        return _page(request, form)
    return redirect("field_form", made.pk) if isinstance(made, FormVersion) else _page(request, form, made)


@needs("field.supervise")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version asks, page by page."""
    shown = get_object_or_404(FormVersion.objects.select_related("by"), pk=pk)
    model = model_of(shown)
    context = {
        "shown": shown, "model": model, "asked": [field for field in model.fields if field.widget],
        "may_move": allowed(request.user, "field.forms"), "steps": forms.STEPS[FormState(shown.state)],
        "words": {FormState.OPEN: _("Buka untuk telepon"), FormState.CLOSED: _("Tutup")},
    }  # fmt: skip
    return render(request, "field/form.html", context)


@needs("field.forms")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close a version."""
    shown = get_object_or_404(FormVersion, pk=pk)
    wanted = request.POST.get("keadaan", "")
    try:
        if wanted not in FormState.values:
            raise Http404
        forms.move(shown, FormState(wanted), by=user_of(request))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    return redirect("field_form", pk)


@needs("field.supervise")
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook as it was uploaded, to be changed and uploaded again."""
    shown = get_object_or_404(FormVersion, pk=pk)
    name = f"{shown.form_id}-{shown.version}.xlsx"
    return FileResponse(kept(shown.xlsx).open("rb"), as_attachment=True, filename=name, content_type=XLSX)
