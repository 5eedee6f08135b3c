"""Settling what waits: submissions in quarantine, and changes of entities."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.field import changing
from jangkau.apps.field.actions import settle
from jangkau.apps.field.forms import ReasonForm
from jangkau.apps.field.models import EntityChange, Submission, SubmissionState
from jangkau.apps.field.views.seeing import PER_PAGE, find_submission, user_of
from jangkau.core.field.entities import Entity as Standing
from jangkau.core.field.entities import differences
from jangkau.core.field.submission import SentEntity
from jangkau.core.kernel.problems import Problem, kind


@needs("field.supervise")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits for a person, the oldest first."""
    rows = Submission.objects.filter(within(request.user, "field.supervise"), state=SubmissionState.QUARANTINE)
    page = Paginator(rows.select_related("user", "device").order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        told = {"formulir": row.form_id, "versi": row.version, "sebab": "; ".join(row.notes)}
        row.why = kind(row.reason).pesan.format(**told)  # type: ignore[attr-defined]
    changes = EntityChange.objects.filter(
        within(request.user, "field.supervise"), decided_at=None, outcome__in=changing.WAITING
    )
    shown = [(change, _differences(change)) for change in changes.select_related("entity", "submission")[:PER_PAGE]]
    may = allowed(request.user, "field.settle")
    return render(request, "field/quarantine.html", {"page": page, "changes": shown, "may_settle": may})


def _differences(change: EntityChange) -> list[tuple[str, str, str]]:
    entity = change.entity
    here = Standing(entity.uuid, entity.label, entity.version, entity.data) if entity else Standing("", "", 0)
    return differences(here, SentEntity(**change.sent))


@needs("field.settle")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse a submission in quarantine, with a reason."""
    row, form = find_submission(request, pk, "field.settle"), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya, supaya dapat ditelusuri."))
        return redirect("field_submission", pk)
    act = settle.accept if request.POST.get("putusan") == "terima" else settle.refuse
    try:
        act(row, form.cleaned_data["alasan"], by=user_of(request))
        messages.success(request, _("Keputusan tercatat. Isiannya tetap tersimpan."))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    return redirect("field_submission", pk)


@needs("field.settle")
@require_POST
def decide_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a change of an entity, or leave it."""
    change = find(request, EntityChange.objects.all(), "field.settle", pk=pk)
    try:
        changing.decide(change, use=request.POST.get("putusan") == "pakai", by=user_of(request))
        messages.success(request, _("Keputusan tercatat."))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    return redirect("field_quarantine")
