"""What is done with a case."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.claims import opening
from jangkau.apps.claims.models import Case, CasePaper, CaseStep
from jangkau.apps.claims.opening import Event
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.proofs.files import accept
from jangkau.core.enrolment import case_states
from jangkau.core.enrolment.case_states import EXPIRED
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

ENDING_SOON = 180  # days before the last day to claim


@transaction.atomic
def move(case: Case, after: str, *, by: User | None, reason: str = "", note: str = "", day: date | None = None) -> Case:
    """Take a case one step on. Raises KLAIM_LANGKAH, KLAIM_ALASAN, KLAIM_TANGGAL."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    before = case.state
    case_states.step(before, after, reason=reason, day=day, today=timezone.localdate())
    case.state = after
    case.save()
    CaseStep.objects.create(case=case, before=before, after=after, reason=reason, note=note, day=day, by=by)
    if case.stands.final:
        settle(f"klaim-jam-{case.pk}")
        settle(f"klaim-akhir-{case.pk}")
    record("claims.step", by=by, thing=case, before={"keadaan": before}, after={"keadaan": after}, reason=reason)
    return case


@transaction.atomic
def note(case: Case, text: str, *, by: User) -> None:
    """Add a remark to the story of a case."""
    CaseStep.objects.create(case=case, before=case.state, after=case.state, note=text, by=by)
    record("claims.note", by=by, thing=case)


@transaction.atomic
def tick(case: Case, name: str, upload: "UploadedFile[Any] | None", *, by: User) -> None:
    """A paper is there, with its file or without. Raises BUKTI_BESAR, BUKTI_JENIS."""
    file = accept(upload) if upload else None
    values: dict[str, Any] = {"by": by}
    if file:
        values |= {"sha256": file.sha256, "size": file.size, "media": file.media}
    CasePaper.objects.update_or_create(case=case, name=name, defaults=values)
    record("claims.paper", by=by, thing=case, after={"berkas": name, "sha256": file.sha256 if file else ""})


@transaction.atomic
def untick(case: Case, name: str, *, by: User) -> None:
    """The paper is not there after all; its file stays kept."""
    gone, _ = CasePaper.objects.filter(case=case, name=name).delete()
    if gone:
        record("claims.paper", by=by, thing=case, before={"berkas": name}, after={"berkas": ""})


@transaction.atomic
def told_insurer(case: Case, at: datetime, *, by: User) -> None:
    """The accident was reported to the insurer. Raises KLAIM_JAM_SALAH for a time to come or before the accident."""
    if at > timezone.now() or timezone.localdate(at) < case.day:
        raise Problem("KLAIM_JAM_SALAH")
    before, case.told_at = case.told_at, at
    case.save()
    settle(f"klaim-jam-{case.pk}")
    record("claims.told", by=by, thing=case, before={"lapor": before}, after={"lapor": at})


def correct(case: Case, event: Event, months: int, *, by: User, reason: str) -> Case:
    """What happened, or when, was told wrongly, or the injured has died; the case is studied anew.

    Raises KLAIM_SUDAH_ADA, LawUndefinedOn.
    """
    today, book = timezone.localdate(), Book.load()
    before = {"peristiwa": case.happening, "tanggal": case.day, "jam": case.time, "lama": case.months_unable}
    case.happening, case.day, case.time, case.months_unable = event.happening, event.day, event.time, months
    case.report_by = opening.report_by(event.happening, event.day, event.time)
    opening.study(case, today, book)
    after = {"peristiwa": event.happening, "tanggal": event.day, "jam": event.time, "lama": months}
    try:
        with transaction.atomic():
            case.save()
            CaseStep.objects.create(case=case, before=case.state, after=case.state, note=reason, by=by)
            record("claims.correct", by=by, thing=case, before=before, after=after, reason=reason)
    except IntegrityError as error:
        raise Problem("KLAIM_SUDAH_ADA", tanggal=f"{event.day:%d-%m-%Y}") from error
    return case


def daily(today: date | None = None) -> dict[str, int]:
    """Close what can no longer be claimed; remind of what soon cannot, and of accidents not yet reported."""
    today = today or timezone.localdate()
    open_now = Case.objects.exclude(state__in=[name for name, state in case_states.states().items() if state.final])
    over = [case for case in open_now.filter(expires__lt=today) if EXPIRED in case.stands.to]
    for case in over:
        move(case, EXPIRED, by=None)
    soon = open_now.filter(expires__range=(today, today + timedelta(days=ENDING_SOON)))
    reminded = sum(_remind_end(case, today) for case in soon)
    for case in open_now.filter(told_at=None, report_by__gte=timezone.now()):
        opening.remind_clock(case)
    return {"kedaluwarsa": len(over), "diingatkan": reminded}


def _remind_end(case: Case, today: date) -> int:
    """Once when half a year is left, once when a month is."""
    left = (case.expires - today).days
    key = f"klaim-akhir-{case.pk}" + ("-sebulan" if left <= 30 else "")
    link = reverse("claim", args=[case.pk])
    return tell("claim_ends", region_code=case.region_code, link=link, key=key, hari=left)
