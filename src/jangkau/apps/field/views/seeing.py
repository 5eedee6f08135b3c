"""Looking at what came in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.masking import mask_text
from jangkau.apps.field import overview
from jangkau.apps.field.actions.settle import rival
from jangkau.apps.field.known import model_of
from jangkau.apps.field.models import Attachment, Submission, SubmissionState
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.keeping import kept
from jangkau.core.field import submission as core

PER_PAGE = 50
_IMAGES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PN": "image/png"}


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    assert isinstance(request.user, User)
    return request.user


@needs("field.supervise")
def overview_page(request: HttpRequest) -> HttpResponse:
    """How far each desa is, how enumerators work, where, and what waits."""
    user = user_of(request)
    context = {
        "counts": overview.counts(user), "progress": overview.progress(user), "workers": overview.workers(user),
        "map": overview.points(user, request.GET.get("wilayah", "")), "days": overview.DAYS,
    }  # fmt: skip
    return render(request, "field/overview.html", context)


@needs("field.supervise")
def submissions(request: HttpRequest) -> HttpResponse:
    """Submissions, the newest first."""
    asked = {name: request.GET.get(name, "") for name in ("wilayah", "tanda", "keadaan", "cari", "kurang")}
    page = Paginator(overview.narrowed(user_of(request), asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "marks": overview.MARKS, "states": SubmissionState.choices}
    return render(request, "field/submissions.html", context | {"narrowed": any(asked.values())})


def find_submission(request: HttpRequest, pk: int, permission: str) -> Submission:
    """A submission of the user's regions."""
    rows = Submission.objects.select_related("user", "device", "form_version", "batch__file", "replaces", "decided_by")
    return find(request, rows, permission, pk=pk)


@needs("field.supervise")
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: its answers with numbers veiled, its files, and what became of it."""
    row = find_submission(request, pk, "field.supervise")
    others = Submission.objects.filter(instance_id=row.instance_id).exclude(pk=row.pk) if row.instance_id else []
    waits = row.state == SubmissionState.QUARANTINE
    other = rival(row) if waits and row.instance_id else None
    context = {
        "other": other, "different": differences(row, other) if other else [],
        "row": row, "answers": answers(row), "files": row.attachments.all(), "others": others, "marks": overview.MARKS,
        "changes": row.changes.select_related("entity", "decided_by"), "edits": row.replaced_by.all(),
        "may_settle": waits and allowed(request.user, "field.settle", row.region_code),
    }  # fmt: skip
    return render(request, "field/submission.html", context)


def differences(row: Submission, other: Submission) -> list[tuple[str, str, str]]:
    """(question, here, in the other one) where two submissions answer differently."""
    here, there = ({one["label"]: one["text"] for one in answers(each)} for each in (row, other))
    return [
        (label, here.get(label, ""), there.get(label, ""))
        for label in {**here, **there}
        if here.get(label) != there.get(label)
    ]  # fmt: skip


def answers(row: Submission) -> list[dict[str, Any]]:
    """The questions that were answered, by page, in the form's words; a region by its name."""
    if row.form_version is None:
        return []
    model = model_of(row.form_version)
    try:
        read = core.read(core.head(row.path.read_bytes()), model)
    except core.Unreadable:
        return []
    wrong = {one.path for one in read.wrong}
    places = dict(Region.objects.filter(code__in=set(read.values.values())).values_list("code", "name"))
    return [
        {"page": field.page, "label": field.label or field.name, "wrong": field.path in wrong,
         "text": places.get(text) or mask_text(_in_words(text, field.choices))}
        for field in model.fields
        if (text := read.values.get(field.path)) and field.widget
    ]  # fmt: skip


def _in_words(text: str, choices: dict[str, str]) -> str:
    return " ".join(choices.get(word, word) for word in text.split(" ")) if choices else text


@needs("field.supervise")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that came with a submission: a photograph is shown, anything else only downloaded; on record."""
    rows = Attachment.objects.filter(within(request.user, "field.supervise", "submission__region_code"))
    shown = get_object_or_404(rows.select_related("submission"), pk=pk)
    record("field.file", by=user_of(request), thing=shown.submission, after={"sha256": shown.sha256})
    handle = kept(shown.sha256).open("rb")
    kind = _IMAGES.get(handle.read(3))
    handle.seek(0)
    return FileResponse(
        handle, as_attachment=kind is None, filename=f"{shown.submission.receipt}-{shown.pk}",
        content_type=kind or "application/octet-stream",
    )  # fmt: skip
