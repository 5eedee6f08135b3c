"""Pages of events: planning one, who came, what they knew, their list, photographs, the sheet of questions."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, scope
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.receive import Incoming
from jangkau.apps.outreach import actions, selectors
from jangkau.apps.outreach.forms import AttendForm, CancelForm, EventForm, PhotoForm, ScoresForm
from jangkau.apps.outreach.models import Campaign, OutreachEvent, Photo
from jangkau.apps.outreach.views.campaigns import found, questions
from jangkau.apps.proofs.files import answer
from jangkau.core.kernel.problems import Problem
from jangkau.core.outreach.questions import Question


def _event(request: HttpRequest, pk: int, permission: str) -> OutreachEvent:
    events = OutreachEvent.objects.select_related("campaign", "by", "recorded_by")
    return find(request, events, permission, pk=pk)


def _codes(user: User, campaign: Campaign) -> list[str]:
    """Where the user may plan events of a campaign."""
    own = set(scope(user, "outreach.edit"))
    return [area for area in selectors.areas(user, campaign) if any(area.startswith(code) for code in own)]


@needs("outreach.edit")
def event_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan an event of a campaign."""
    assert isinstance(request.user, User)
    campaign = found(request, pk)
    start = {"region_code": request.GET.get("desa", ""), "on": max(campaign.first, timezone.localdate())}
    return _edited(request, OutreachEvent(campaign=campaign), start)


@needs("outreach.edit")
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event that has not been recorded."""
    shown = _event(request, pk, "outreach.edit")
    if shown.came is not None or shown.cancelled:
        raise Problem("SOSIALISASI_SELESAI")
    return _edited(request, shown, {})


def _edited(request: HttpRequest, event: OutreachEvent, start: dict[str, Any]) -> HttpResponse:
    assert isinstance(request.user, User)
    codes = _codes(request.user, event.campaign)
    form = EventForm(request.POST or None, instance=event, codes=codes, initial=start)
    if request.method == "POST" and form.is_valid():
        made = actions.keep_event(form.save(commit=False), form.cleaned_data["materials"], by=request.user)
        messages.success(request, _("Acara tersimpan."))
        return redirect("outreach_event", made.pk)
    context = {"form": form, "campaign": event.campaign, "event": event if event.pk else None}
    return render(request, "outreach/event_edit.html", context, status=422 if form.is_bound else 200)


@needs("outreach.view")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event."""
    return _page(request, _event(request, pk, "outreach.view"), {})


def _page(request: HttpRequest, shown: OutreachEvent, forms: dict[str, Any]) -> HttpResponse:
    assert isinstance(request.user, User)
    may_record = allowed(request.user, "outreach.record", shown.region_code) and not shown.cancelled
    over = shown.on <= timezone.localdate()
    kept = {one.question: one.answers for one in shown.scores.all()}
    asked = _questions(shown)
    context = {
        "event": shown, "campaign": shown.campaign, "over": over, "materials": shown.materials.all(),
        "scores": [(question, kept[question.code]) for question in asked if question.code in kept],
        "photos": shown.photos.filter(withdrawn_at=None), "shipments": shown.shipments.select_related("by"),
        "may_record": may_record and over, "most": actions.MOST_PHOTOS,
        "may_edit": allowed(request.user, "outreach.edit", shown.region_code),
        "may_send": may_record and over and allowed(request.user, "intake.upload", shown.region_code),
        "attend": AttendForm(initial={name: getattr(shown, name) for name in ("women", "men", "uncovered", "note")}),
        "score": ScoresForm(questions=asked, kept=kept), "cancel": CancelForm(), "photo": PhotoForm(), **forms,
    }  # fmt: skip
    return render(request, "outreach/event.html", context, status=422 if forms else 200)


def _questions(shown: OutreachEvent) -> list[Question]:
    known = questions(shown.on)
    return [known[code] for code in shown.campaign.asked if code in known]


@needs("outreach.record")
@require_POST
def event_attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came."""
    shown, form = _to_record(request, pk), AttendForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, {"attend": form})
    try:
        actions.attend(shown, form.cleaned_data, by=_user(request))
    except Problem as problem:
        form.add_error("uncovered", f"{problem.pesan} {problem.saran}")
        return _page(request, _event(request, pk, "outreach.record"), {"attend": form})
    messages.success(request, _("Kehadiran tercatat."))
    return redirect("outreach_event", pk)


@needs("outreach.record")
@require_POST
def event_score(request: HttpRequest, pk: int) -> HttpResponse:
    """What they knew before and after."""
    shown = _to_record(request, pk)
    form = ScoresForm(request.POST, questions=_questions(shown), kept={})
    if not form.is_valid():
        return _page(request, shown, {"score": form})
    try:
        actions.score(shown, form.answers, by=_user(request))
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return _page(request, shown, {"score": form})
    messages.success(request, _("Jawaban tercatat."))
    return redirect("outreach_event", pk)


def _to_record(request: HttpRequest, pk: int) -> OutreachEvent:
    """An event that is over. Raises SOSIALISASI_BELUM before its day, SOSIALISASI_SELESAI for a cancelled one."""
    shown = _event(request, pk, "outreach.record")
    if shown.cancelled:
        raise Problem("SOSIALISASI_SELESAI")
    if shown.on > timezone.localdate():
        raise Problem("SOSIALISASI_BELUM")
    return shown


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("outreach.edit")
@require_POST
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    shown, form = _event(request, pk, "outreach.edit"), CancelForm(request.POST)
    if shown.came is not None or shown.cancelled:
        raise Problem("SOSIALISASI_SELESAI")
    if not form.is_valid():
        return _page(request, shown, {"cancel": form})
    actions.cancel(shown, form.cleaned_data["reason"], by=_user(request))
    messages.success(request, _("Acara dibatalkan."))
    return redirect("outreach_event", pk)


@needs("intake.upload")
@require_POST
def event_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The list that people signed, as a proposal of that village."""
    shown = _event(request, pk, "intake.upload")
    if shown.cancelled:
        raise Problem("SOSIALISASI_SELESAI")
    files = [Incoming(upload.name or "berkas", upload.chunks()) for upload in request.FILES.getlist("berkas")]
    shipment = actions.send_list(shown, files, by=_user(request))
    if not shipment.job:
        messages.info(request, _("Semua berkas ini sudah pernah dikirim. Tidak ada yang berubah."))
    return redirect("intake_shipment", shipment.pk)


@needs("outreach.record")
@require_POST
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph of the event."""
    shown, form = _to_record(request, pk), PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_photo(shown, form.cleaned_data["foto"], by=_user(request))
        except Problem as problem:
            form.add_error("foto", f"{problem.pesan} {problem.saran}")
    if not form.is_valid():
        return _page(request, shown, {"photo": form})
    messages.success(request, _("Foto tersimpan."))
    return redirect("outreach_event", pk)


@needs("outreach.view")
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photograph; each look is written down."""
    photos = Photo.objects.filter(withdrawn_at=None).select_related("event")
    shown = find(request, photos, "outreach.view", "event__region_code", pk=pk)
    record("outreach.photo_open", by=_user(request), thing=shown.event, after={"sidik": shown.sha256})
    return answer(shown.file, f"acara-{shown.event_id}-{shown.pk}")


@needs("outreach.record")
@require_POST
def photo_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer shown."""
    photos = Photo.objects.filter(withdrawn_at=None).select_related("event")
    shown = find(request, photos, "outreach.record", "event__region_code", pk=pk)
    actions.withdraw_photo(shown, by=_user(request))
    messages.success(request, _("Foto ditarik."))
    return redirect("outreach_event", shown.event_id)


@needs("outreach.view")
def event_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions to print: to be read out, answers counted by raised hands, the right ones on a page apart."""
    shown = _event(request, pk, "outreach.view")
    context = {"event": shown, "campaign": shown.campaign, "questions": _questions(shown)}
    return render(request, "outreach/sheet.html", context)
