"""Pages of the insurer's answers, and of the mappings by which files are written and read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.batches import answer as answering
from jangkau.apps.enrolment.batches import mappings
from jangkau.apps.enrolment.forms import AnswerForm, DecideForm, MappingForm
from jangkau.apps.enrolment.models import Answer, BatchLine, MappingKind
from jangkau.apps.enrolment.views.batches import found, show
from jangkau.apps.enrolment.views.frame import PER_PAGE, page
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.problems import Problem, catalogue


@needs("batches.answer")
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an answer and read it in the background."""
    assert isinstance(request.user, User)
    shown, form = found(request, pk, "batches.answer"), AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, shown, answer_form=form, status=422)
    try:
        got, fresh = answering.receive(
            shown, form.cleaned_data["berkas"], form.cleaned_data["tanggal"], by=request.user
        )
    except Problem as problem:
        return show(request, shown, answer_form=form, problem=problem)
    if not fresh:
        messages.info(request, _("Berkas ini sudah pernah dibaca. Tidak ada yang berubah."))
    return redirect("answer", got.pk)


def _found(request: HttpRequest, pk: int) -> Answer:
    rows = Answer.objects.select_related("batch__fund", "job", "by")
    return find(request, rows, "enrolment.view", "batch__region_code", pk=pk)


@needs("enrolment.view")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer: what was read, and the rows that could not be used or need a look."""
    shown = _found(request, pk)
    rows = shown.rows.exclude(problem="").select_related("line")
    found_page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"answer": shown, "batch": shown.batch, "page": found_page, "words": catalogue()}
    return page(request, "answer_state" if request.headers.get("HX-Request") else "answer", context)


@needs("batches.answer")
@require_GET
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes as they came; each download is written down."""
    assert isinstance(request.user, User)
    rows = Answer.objects.select_related("batch")
    shown = find(request, rows, "batches.answer", "batch__region_code", pk=pk)
    if not kept(shown.sha256).is_file():
        raise Http404
    record("answers.download", by=request.user, thing=shown, region_code=shown.batch.region_code)
    return FileResponse(kept(shown.sha256).open("rb"), as_attachment=True, filename=shown.file_name)


@needs("batches.answer")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a line whose answers contradict one another."""
    assert isinstance(request.user, User)
    rows = BatchLine.objects.select_related("batch__fund", "enrolment")
    line = find(request, rows, "batches.answer", "batch__region_code", pk=pk)
    form = DecideForm(request.POST or None)
    context = {"line": line, "batch": line.batch, "form": form, "words": catalogue(),
               "answers": line.answers.select_related("answer").order_by("day", "pk")}  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return page(request, "decide", context, 422 if form.is_bound else 200)
    data = form.cleaned_data
    try:
        answering.decide(line, data["putusan"], data["kpj"], data["sebab"], by=request.user)
    except Problem as problem:
        return page(request, "decide", context | {"problem": problem})
    messages.success(request, _("Putusan dicatat."))
    return redirect("batch", line.batch_id)


@needs("batches.edit")
def mapping(request: HttpRequest, kind: str) -> HttpResponse:
    """Edit how files are written or answers are read."""
    assert isinstance(request.user, User)
    if kind not in MappingKind.values:
        raise Http404
    form = MappingForm(request.POST or None, initial={"isi": mappings.text(kind)})
    context = {"form": form, "kind": MappingKind(kind), "kinds": MappingKind}
    if request.method != "POST" or not form.is_valid():
        return page(request, "mapping", context, 422 if form.is_bound else 200)
    try:
        mappings.edit(kind, form.cleaned_data["isi"].replace("\r\n", "\n"), by=request.user)
    except Problem as problem:
        return page(request, "mapping", context | {"problem": problem})
    messages.success(request, _("Pemetaan versi baru berlaku."))
    return redirect("mapping", kind)
