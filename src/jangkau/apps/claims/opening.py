"""Cases that begin: found in a new register, or told by a village clerk."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.claims import covered
from jangkau.apps.claims.covered import Facts, Subject
from jangkau.apps.claims.models import AT_WORK, DEATHS, Case, CaseStep, Happening, Heir, Source
from jangkau.apps.linkage.models import Person
from jangkau.apps.notices.actions import tell
from jangkau.core.enrolment.case_states import FIRST, states
from jangkau.core.enrolment.claims import EXPIRY, clock
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.law.claims import years_after

Hour = time


@dataclass(frozen=True)
class Event:
    """What happened and when; `time` only where the clock of an accident needs it."""

    happening: str
    day: date
    time: Hour | None = None


_STUDIED = ("expires", "status", "full", "registered", "after", "paid", "kpj", "segment", "wage_base")
_TRIES = 3
_OPEN = [name for name, state in states().items() if not state.final]
_MIDNIGHT = time(23, 59)


def detect(progress: Progress) -> dict[str, int]:
    """Open a case for everyone who died while covered, by the registers in use; study the open ones again.

    The same registers open nothing twice. Raises LawUndefinedOn.
    """
    today, book = timezone.localdate(), Book.load()
    progress.step(gettext_noop("Mencari peserta yang meninggal"))
    longest = book.value(EXPIRY, today)
    days = {nik: day for nik, day in covered.dead().iter_rows() if day <= today <= years_after(day, longest)}
    people = covered.residents(days)
    died = [nik for nik in sorted(days) if nik in people]
    facts = dict(zip(died, covered.study([(people[nik], days[nik]) for nik in died], today, book), strict=True))
    refreshed = _study_again(today, book, days)
    for _ in range(_TRIES):
        with suppress(IntegrityError), transaction.atomic():  # a clerk reported one of them at this very moment
            known = _known()
            new = [nik for nik in died if facts[nik].covered and facts[nik].expires >= today
                   and known.isdisjoint({nik, people[nik].person})]  # fmt: skip
            cases = _open_found([(people[nik], days[nik], facts[nik]) for nik in new])
            return {"kasus": len(cases), "diperbarui": refreshed}
    return {"kasus": 0, "diperbarui": refreshed}


def _known() -> set[str | Person | None]:
    """Of whose death there is a case: by NIK, and by person, whose NIK may have been mended since."""
    deaths = Case.objects.filter(happening__in=DEATHS).exclude(state="batal").select_related("person")
    return {name for case in deaths for name in (case.who, case.person) if name}


def _open_found(found: Sequence[tuple[Subject, date, Facts]]) -> list[Case]:
    cases = [
        _case(subject, facts, happening=Happening.DEATH, day=day, source=Source.REGISTER, register_day=day)
        for subject, day, facts in found
    ]
    _keep(cases, None)
    _tell_visits(cases)
    if cases:
        record("claims.detect", by=None, after={"kasus": len(cases)})
    return cases


def _study_again(today: date, book: Book, dead: dict[str, date]) -> int:
    """Bring open cases up to the registers in use."""
    cases = list(Case.objects.filter(state__in=_OPEN).select_related("person"))
    facts = covered.study([(_subject(case), case.day) for case in cases], today, book)
    for case, found in zip(cases, facts, strict=True):
        _put(case, found, today)
        case.register_day = dead.get(case.nik, case.register_day)
    Case.objects.bulk_update(cases, [*_STUDIED, "studied", "register_day"], batch_size=500)
    return len(cases)


def study(case: Case, today: date, book: Book) -> None:
    """Put into a case, unsaved, what its membership was on its day."""
    _put(case, covered.study([(_subject(case), case.day)], today, book)[0], today)


def _subject(case: Case) -> Subject:
    return Subject(case.nik, case.nama, case.tanggal_lahir, case.jenis_kelamin, case.region_code, case.person)


def _put(case: Case, facts: Facts, today: date) -> None:
    for name in _STUDIED:
        setattr(case, name, getattr(facts, name))
    case.studied = today


def report(subject: Subject, event: Event, place: str, *, by: User) -> Case:
    """A death or accident that a clerk has learned of. Raises KLAIM_SUDAH_ADA, LawUndefinedOn."""
    today, book = timezone.localdate(), Book.load()
    facts = covered.study([(subject, event.day)], today, book)[0]
    case = _case(subject, facts, source=Source.REPORT, by=by, place=place, **vars(event))
    try:
        with transaction.atomic():
            _keep([case], by)
            told = {"peristiwa": event.happening, "tanggal": event.day, "nik": subject.nik}
            record("claims.report", by=by, thing=case, after=told)
    except IntegrityError as error:
        raise Problem("KLAIM_SUDAH_ADA", tanggal=f"{event.day:%d-%m-%Y}") from error
    _tell_visits([case], but=by) if case.death else None
    remind_clock(case)
    return case


def _case(subject: Subject, facts: Facts, **event: Any) -> Case:
    """A case, unsaved; `event` are its own fields, `happening`, `day` and `source` at least."""
    case = Case(
        who=subject.who, nik=subject.nik, nama=subject.nama, tanggal_lahir=subject.tanggal_lahir,
        jenis_kelamin=subject.jenis_kelamin, region_code=subject.region_code, person=subject.person, **event,
    )  # fmt: skip
    case.report_by = report_by(case.happening, case.day, case.time)
    _put(case, facts, timezone.localdate())
    return case


def report_by(happening: str, day: date, at: time | None) -> datetime | None:
    """The last moment to report an accident at work; without an hour the clock starts at the end of that day."""
    if happening not in AT_WORK:
        return None
    happened = timezone.make_aware(datetime.combine(day, at or _MIDNIGHT))
    return clock(happened).deadline


def _keep(cases: list[Case], by: User | None) -> None:
    """Write cases with whom to visit and their first step."""
    made = Case.objects.bulk_create(cases, batch_size=500)
    homes = covered.households([case.nik for case in made if case.nik])
    heirs = [
        Heir(case=case, nik=row["nik"], nama=row["nama"] or "–", relation=row["hubungan"],
             jenis_kelamin=row["jenis_kelamin"] or "", tanggal_lahir=row["tanggal_lahir"])
        for case in made for row in homes.get(case.nik, [])
    ]  # fmt: skip
    Heir.objects.bulk_create(heirs, batch_size=500)
    CaseStep.objects.bulk_create([CaseStep(case=case, after=FIRST, by=by) for case in made], batch_size=500)


def _tell_visits(cases: list[Case], but: User | None = None) -> None:
    """One notice a village: how many families to visit."""
    places: dict[str, list[Case]] = {}
    for case in cases:
        places.setdefault(case.region_code, []).append(case)
    link = reverse("claims") + "?kelompok=kunjungi"
    for code, own in places.items():
        key = f"klaim-kunjungi-{min(case.pk for case in own)}"
        tell("claim_visit", region_code=code, link=link, key=key, but=but, n=len(own))


def remind_clock(case: Case) -> None:
    """Tell of an accident that is not yet reported to the insurer, once."""
    now = timezone.now()
    if case.report_by is None or case.told_at or case.report_by < now - timedelta(days=1):
        return
    limit = timezone.localtime(case.report_by).strftime("%d-%m-%Y %H.%M")
    link = reverse("claim", args=[case.pk])
    tell("claim_clock", region_code=case.region_code, link=link, key=f"klaim-jam-{case.pk}", batas=limit)
