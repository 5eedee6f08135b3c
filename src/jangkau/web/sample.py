"""What a demo shows on the pages of claims: deaths found in the registers, two told by a clerk, an accident, proofs."""

from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.claims import covered
from jangkau.apps.claims.covered import Subject
from jangkau.apps.claims.models import Case, Happening, Source
from jangkau.apps.claims.opening import Event, detect, report
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.proofs.actions import add
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.pdf import compile_pdf

_TRIED = 400  # persons looked at
_TELLS = (
    (Happening.DEATH, 20, None, "Sakit di rumah. Istrinya belum tahu bahwa ia terlindungi."),
    (Happening.WORK_DEATH, 9, time(10, 15), "Jatuh ketika memanen sawit."),
    (Happening.ACCIDENT, 1, time(9, 30), "Tangannya tertimpa pelepah, dirawat di puskesmas."),
)


def show_claims(place: str, progress: Progress, *, by: User) -> int:
    """Cases of a made-up province: those of the registers, then three reports in the region `place`; once."""
    found = detect(progress)["kasus"]
    if Case.objects.filter(source=Source.REPORT).exists():
        return found
    for subject, (happening, ago, at, words) in zip(_covered(place), _TELLS, strict=False):
        case = report(subject, Event(happening, timezone.localdate() - timedelta(days=ago), at), words, by=by)
        if happening != Happening.DEATH and subject.person:  # the first is the one without proof of work
            add(subject.person, "desa", case.day - timedelta(days=900), _letter(subject), by=by)
        found += 1
    return found


def _covered(place: str) -> list[Subject]:
    """People of a region who are covered today and are not the subject of a case."""
    people = Person.objects.filter(region_code__startswith=place, state=PersonState.HERE, status_tautan="cocok")
    subjects = [covered.of_person(person) for person in people.order_by("pk")[:_TRIED]]
    known = set(Case.objects.values_list("who", flat=True))
    today = timezone.localdate()
    facts = covered.study([(subject, today) for subject in subjects], today, Book.load())
    return [
        one
        for one, fact in zip(subjects, facts, strict=True)
        if fact.covered and fact.segment == "BPU" and one.who not in known
    ]


def _letter(subject: Subject) -> SimpleUploadedFile:
    """A village's letter as somebody might scan it."""
    day = timezone.localdate()
    text = f"Contoh: surat keterangan desa bahwa {subject.nama} bekerja."
    template = '#let d = json(bytes(sys.inputs.data))\n#set document(title: "Contoh")\n#d.isi'
    return SimpleUploadedFile("surat.pdf", compile_pdf(template, {"isi": text}, day))
