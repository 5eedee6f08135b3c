"""Asking without signing in. Nothing personal stands in an address, and none of these pages needs a script."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from jangkau.apps.portal import doors, limits
from jangkau.apps.portal.forms import PlaceForm
from jangkau.apps.regions.models import Region
from jangkau.apps.requests.models import Consent, Kind, Petition, PetitionStep
from jangkau.apps.requests.public import actions
from jangkau.apps.requests.public.forms import FORMS, ReceiptForm
from jangkau.apps.requests.words import DESKS, way, words_of

LEVELS = ("desa", "kelurahan")


@doors.page
def start(request: HttpRequest) -> HttpResponse:
    """What may be asked for, and by when it is answered."""
    kinds = [(kind, kind.label, settings.JANGKAU_REQUEST_DAYS[kind]) for kind in Kind]
    return render(request, "requests/public/start.html", {"kinds": kinds})


@doors.page
def place(request: HttpRequest, kind: str) -> HttpResponse:
    """In which kecamatan."""
    form = PlaceForm(request.GET or None)
    if form.is_valid():
        return redirect("ask", _kind(kind), form.cleaned_data["kecamatan"])
    return render(request, "requests/public/place.html", _about(kind) | {"form": form})


def _kind(kind: str) -> Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)


def _about(kind: str) -> dict[str, Any]:
    known = _kind(kind)
    return {"kind": known, "title": known.label, "days": settings.JANGKAU_REQUEST_DAYS[known]}


@doors.form
def ask(request: HttpRequest, kind: str, kecamatan: str) -> HttpResponse:
    """The form, and the receipt once it is sent."""
    villages = Region.objects.filter(parent=kecamatan, level__in=LEVELS).order_by("name").values_list("code", "name")
    if not villages:
        raise Http404
    context = _about(kind)
    form = FORMS[kind](request.POST if request.method == "POST" else None, villages=list(villages))
    context |= {"form": form, "kecamatan": Region.objects.get(code=kecamatan)}
    if not form.is_bound:
        return render(request, "requests/public/ask.html", context)
    if not form.is_valid():
        return render(request, "requests/public/ask.html", context, status=422)
    if not _may(request, limits.ASK, "minta"):
        return render(request, "requests/public/ask.html", context | {"too_often": True}, status=429)
    receipt = actions.ask(kind, form.told)
    return render(request, "requests/public/receipt.html", context | {"receipt": receipt, "desk": DESKS[receipt.level]})


def _may(request: HttpRequest, limit: limits.Limit, kind: str) -> bool:
    return limits.may_ask(limit, kind, request.META.get("REMOTE_ADDR", ""), timezone.now())


@doors.form
def status(request: HttpRequest) -> HttpResponse:
    """What became of a request, by its code."""
    return _looked_up(request, ReceiptForm(request.POST if request.method == "POST" else None))


@doors.form
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take a request back, with the code and the birth date."""
    if request.method != "POST":
        return redirect("ask_status")
    form = ReceiptForm(request.POST)
    return _looked_up(request, form, taking_back=True)


def _looked_up(request: HttpRequest, form: ReceiptForm, *, taking_back: bool = False) -> HttpResponse:
    if not form.is_bound:
        return render(request, "requests/public/status.html", {"form": form})
    if not form.is_valid():
        return render(request, "requests/public/status.html", {"form": form}, status=422)
    if not _may(request, limits.RECEIPT, "tanda"):
        return render(request, "requests/public/status.html", {"form": form, "too_often": True}, status=429)
    petition, born = actions.found(form.cleaned_data["kode"]), form.cleaned_data["lahir"]
    own = petition is not None and actions.known(petition, born)
    if petition and own and taking_back:
        receipt = actions.withdraw(petition)
        if receipt:
            about = {"receipt": receipt, "desk": DESKS[receipt.level], "kind": Kind.STOP, "taken_back": True}
            return render(request, "requests/public/receipt.html", about)
        petition.refresh_from_db()
    context = {"form": form, "asked": True, "petition": petition, "own": own, "code": form.cleaned_data["kode"]}
    return render(request, "requests/public/status.html", context | _told_of(petition, own=own))


def _told_of(petition: Petition | None, *, own: bool) -> dict[str, Any]:
    """Each step in plain words; a note of the desk only for whoever knows the birth date. What is asked of the database
    is the same for a code that was never given."""
    key = petition.pk if petition else 0
    steps = list(PetitionStep.objects.filter(petition=key).select_related("petition"))
    consent, joins = Consent.objects.filter(petition=key).first(), petition is not None and petition.kind == Kind.JOIN
    return {
        "steps": [_told(step, step.petition, own=own) for step in steps],
        "way": way([step.did for step in steps]) if joins else [],
        "consent": consent if own else None,
        "listed": joins and any(step.did in actions.ON_A_LIST for step in steps),
    }  # fmt: skip


def _told(step: PetitionStep, petition: Petition, *, own: bool) -> dict[str, Any]:
    said = words_of(petition.kind, step.answer) if step.answer else ""
    note = step.note if own else ""
    return {"at": step.at, "words": step.get_did_display(), "answer": said, "note": note, "due": step.due,
            "desk": DESKS[step.level]}  # fmt: skip
