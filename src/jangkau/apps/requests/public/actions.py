"""Asking, seeing what became of it, and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from jangkau.apps.requests import desks, receipts
from jangkau.apps.requests.arrivals import arrived, withdrawn
from jangkau.apps.requests.models import OPEN, Consent, Did, Kind, Petition, PetitionStep, State
from jangkau.apps.requests.words import CONSENT

ON_A_LIST = (Did.LISTED, Did.FOUND)
PERSONAL = ("nama", "nik", "no_kk", "jenis_kelamin", "pekerjaan", "no_hp", "about", "text")


@dataclass(frozen=True)
class Receipt:
    """What the person takes home."""

    code: str
    due: date
    level: int


@transaction.atomic
def ask(kind: str, told: dict[str, Any]) -> Receipt:
    """Keep a request and say its code; the same words sent again on the same day are the same request."""
    today = timezone.localdate()
    code = receipts.code_of(kind, today, *(told[name] for name in sorted(told)))
    level, due = desks.first_desk(told["region_code"]), desks.last_day(kind, today)
    values = {**told, "kind": kind, "level": level, "due": due}
    petition, new = Petition.objects.get_or_create(code_sum=receipts.sum_of(code), defaults=values)
    if new:
        Consent.objects.create(petition=petition, words=str(CONSENT))
        PetitionStep.objects.create(petition=petition, did=Did.RECEIVED, level=level, due=due)
        arrived(petition)
    return Receipt(code, petition.due, petition.level)


def found(code: str) -> Petition | None:
    """The petition of a code."""
    return Petition.objects.filter(code_sum=receipts.sum_of(code)).first()


def known(petition: Petition, born: date | None) -> bool:
    """Whether that is the birth date of whoever asked."""
    return petition.tanggal_lahir is not None and petition.tanggal_lahir == born


def listed(petition: Petition) -> bool:
    """Whether a list holds the name by now: it is taken out by a desk, which meets the person."""
    return petition.kind == Kind.JOIN and petition.steps.filter(did__in=ON_A_LIST).exists()


@transaction.atomic
def withdraw(petition: Petition) -> Receipt | None:
    """The person takes the request back, and with it the consent: what tells who it is goes at once.

    A name that a list holds is asked to be taken out of it, by a request of its own, whose receipt is returned.
    """
    petition = Petition.objects.select_for_update().get(pk=petition.pk)
    if petition.tanggal_lahir is None:
        return None
    told = {name: getattr(petition, name) for name in ("nama", "nik", "tanggal_lahir", "region_code", "no_hp")}
    receipt = ask(Kind.STOP, told | {"text": ""}) if listed(petition) else None
    if petition.state in OPEN:
        petition.state, petition.ended_at = State.WITHDRAWN, timezone.now()
    forget(petition)
    Consent.objects.filter(petition=petition).update(withdrawn_at=timezone.now())
    PetitionStep.objects.create(petition=petition, did=Did.WITHDRAWN, level=petition.level)
    withdrawn(petition)
    return receipt


def forget(petition: Petition) -> None:
    """Empty what tells who asked; that something was asked, and when, stays."""
    for name in PERSONAL:
        setattr(petition, name, "")
    petition.tanggal_lahir = None
    petition.save()
    petition.steps.exclude(note="").update(note="")
