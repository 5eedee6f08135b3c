"""Planning campaigns and events, recording who came and what they knew, handing lists on, writing messages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.models import Shipment
from jangkau.apps.outreach.models import Campaign, Material, MaterialKind, OutreachEvent, Photo, Score, Words
from jangkau.apps.outreach.selectors import all_words, newest_words
from jangkau.apps.portal.forms import WORK
from jangkau.apps.proofs.files import accept
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.outreach import messages
from jangkau.core.outreach.questions import Answers
from jangkau.core.outreach.reach import Session

MOST_PHOTOS = 6


@transaction.atomic
def keep_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """Plan a campaign, or change it."""
    new = campaign.pk is None
    if new:
        campaign.by = by
    campaign.save()
    after = {"nama": campaign.nama, "pekerjaan": campaign.jobs, "target": campaign.target,
             "mulai": campaign.first.isoformat(), "sampai": campaign.last.isoformat()}  # fmt: skip
    record("outreach.campaign" if new else "outreach.campaign_edit", by=by, thing=campaign, after=after)
    return campaign


@transaction.atomic
def add_material(campaign: Campaign, told: Mapping[str, Any], *, by: User) -> Material:
    """Add a material in the version that it has today: a sheet by its law, a message by its words. The same version is
    one material, its copies added up."""
    kind, _sign, what = str(told["bahan"]).partition(":")
    nama, version = _version(kind, what, told)
    made, _new = Material.objects.get_or_create(
        campaign=campaign, kind=kind, nama=nama, version=version, defaults={"what": what}
    )
    made.copies += told["copies"] or 0
    made.save()
    record("outreach.material", by=by, thing=campaign, after={"bahan": str(made), "lembar": made.copies})
    return made


def _version(kind: str, what: str, told: Mapping[str, Any]) -> tuple[str, str]:
    if kind == MaterialKind.MESSAGE:
        template = newest_words()[what]
        return template.title, f"v{template.version}"
    if kind == MaterialKind.OTHER:
        return str(told["nama"]), str(told["version"])
    law = f"aturan {Book.load().version[:8]} per {long_date(timezone.localdate())}"
    with translation.override("id"):
        return f"{MaterialKind(kind).label.capitalize()} {WORK[what]}", law


@transaction.atomic
def keep_event(event: OutreachEvent, materials: Iterable[Material], *, by: User) -> OutreachEvent:
    """Plan an event, or change it."""
    new = event.pk is None
    if new:
        event.by = by
    event.save()
    event.materials.set(materials)
    after = {"kampanye": event.campaign_id, "tanggal": event.on.isoformat(), "tempat": event.place}
    record("outreach.event" if new else "outreach.event_edit", by=by, thing=event, after=after)
    return event


@transaction.atomic
def attend(event: OutreachEvent, told: Mapping[str, Any], *, by: User) -> None:
    """Record who came, as counts; what was recorded before is on record. Raises SOSIALISASI_HADIR."""
    women, men, uncovered = told["women"], told["men"], told["uncovered"]
    Session(event.region_code, month_of(event.on), women + men, uncovered)
    before = _counts(event)
    event.women, event.men, event.uncovered, event.note = women, men, uncovered, told["note"]
    event.recorded_by, event.recorded_at = by, timezone.now()
    event.save()
    record("outreach.attend", by=by, thing=event, before=before, after=_counts(event))


def _counts(event: OutreachEvent) -> dict[str, Any]:
    return {"perempuan": event.women, "laki_laki": event.men, "belum_terlindungi": event.uncovered}


@transaction.atomic
def score(event: OutreachEvent, told: Mapping[str, Answers], *, by: User) -> None:
    """Keep how many knew each answer. Raises SOSIALISASI_HADIR for more answers than people who came."""
    most = max((max(one.asked_before, one.asked_after) for one in told.values()), default=0)
    if event.came is None or most > event.came:
        raise Problem("SOSIALISASI_HADIR", hadir=event.came or 0)
    for code, answers in told.items():
        Score.objects.update_or_create(event=event, question=code, defaults=vars(answers))
    record("outreach.score", by=by, thing=event, after={code: list(vars(one).values()) for code, one in told.items()})


@transaction.atomic
def cancel(event: OutreachEvent, reason: str, *, by: User) -> None:
    """It does not take place."""
    event.cancelled = reason
    event.save(update_fields=["cancelled"])
    record("outreach.cancel", by=by, thing=event, reason=reason)


@transaction.atomic
def send_list(event: OutreachEvent, files: Iterable[Incoming], *, by: User) -> Shipment:
    """The list that people signed goes the way of all lists of that village. Raises as `intake.receive`."""
    shipment = receive(files, by=by, meant=event.region_code)
    event.shipments.add(shipment)
    record("outreach.list", by=by, thing=event, after={"kiriman": shipment.pk})
    return shipment


@transaction.atomic
def add_photo(event: OutreachEvent, upload: "UploadedFile[Any]", *, by: User) -> Photo:
    """Keep a photograph. Raises BUKTI_BESAR, BUKTI_JENIS, PENYIMPANAN_PENUH, SOSIALISASI_FOTO for one too many."""
    if event.photos.filter(withdrawn_at=None).count() >= MOST_PHOTOS:
        raise Problem("SOSIALISASI_FOTO", batas=MOST_PHOTOS)
    kept = accept(upload)
    if kept.media == "pdf":
        raise Problem("BUKTI_JENIS")
    made = Photo.objects.create(event=event, sha256=kept.sha256, size=kept.size, media=kept.media, by=by)
    record("outreach.photo", by=by, thing=event, after={"sidik": kept.sha256})
    return made


@transaction.atomic
def withdraw_photo(photo: Photo, *, by: User) -> None:
    """It is no longer shown."""
    photo.withdrawn_at = timezone.now()
    photo.save(update_fields=["withdrawn_at"])
    record("outreach.photo_withdraw", by=by, thing=photo.event, after={"sidik": photo.sha256})


@transaction.atomic
def write(code: str, channel: str, title: str, text: str, *, by: User) -> Words:
    """Keep a message as the next version of its code. Raises PESAN_KURUNG, PESAN_TEMPAT, PESAN_ANGKA."""
    messages.check(text)
    last = max((version for known, version in all_words() if known == code), default=0)
    made = Words.objects.create(code=code, version=last + 1, channel=channel, title=title, text=text, by=by)
    record("outreach.words", by=by, thing=made, region_code="", after={"kode": code, "versi": made.version})
    return made
