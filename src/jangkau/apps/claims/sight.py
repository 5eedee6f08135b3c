"""A case as its page shows it: what the law says is due, what is missing, how long is left."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.claims.models import Case, CasePaper, Heir
from jangkau.apps.proofs.selectors import Warned, warning
from jangkau.core.enrolment.case_states import State, states
from jangkau.core.enrolment.claims import USUAL_WAGE, Paper, papers, stages
from jangkau.core.kernel.month import first_day
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.claims import Claim, Event, claim

PARTS = {
    "santunan": gettext_lazy("Santunan"), "santunan_berkala": gettext_lazy("Santunan berkala, sekaligus"),
    "biaya_pemakaman": gettext_lazy("Biaya pemakaman"), "beasiswa": gettext_lazy("Beasiswa anak, paling banyak"),
}  # fmt: skip
_UNKNOWN = gettext_lazy(
    "Jumlahnya tidak dihitung: aturan “%(title)s” dimuat di sini mulai %(since)s (%(reference)s); yang berlaku sebelum "
    "itu belum dimuat. Tetap ajukan: BPJS Ketenagakerjaan yang menghitung menurut aturan tanggal kejadian. Pengelola "
    "yang tahu peraturannya dapat menambahkan nilai %(parameter)s untuk %(on)s, menurut panduan “Ada peraturan baru”."
)
_WAYS = {"DARAT": gettext_lazy("darat"), "LAUT": gettext_lazy("laut"), "UDARA": gettext_lazy("udara")}


@dataclass(frozen=True)
class Ticked:
    """A paper of the checklist, and what the family has brought of it."""

    paper: Paper
    there: CasePaper | None


@dataclass(frozen=True)
class Sight:
    """`due`: rupiah by part, to the heirs' account; `trouble`: why the law could not be asked."""

    case: Case
    claim: Claim | None
    trouble: str
    heirs: list[Heir]
    papers: list[Ticked]
    warned: Warned | None
    ways: list[State]

    @property
    def due(self) -> list[tuple[object, int]]:
        """What the law says is due, part by part."""
        return [(PARTS[name], amount) for name, amount in self.claim.parts.items()] if self.claim else []

    @property
    def registered(self) -> str:
        """The month since which the membership of that day stood."""
        month = self.case.registered
        return date_format(first_day(month), "F Y") if month else ""

    @property
    def guessed(self) -> bool:
        """Whether the amounts rest on a wage or a stage of school that nobody has shown."""
        return bool(self.claim and (self.claim.scholarships or self.case.at_work))

    @property
    def missing(self) -> int:
        """How many papers are not there yet."""
        return sum(ticked.there is None for ticked in self.papers)

    @property
    def late(self) -> bool:
        """An accident reported to the insurer too late, or not yet and the time is over."""
        limit = self.case.report_by
        return bool(limit and (self.case.told_at or timezone.now()) > limit)

    @property
    def left(self) -> timedelta | None:
        """What is left of the clock while it runs."""
        running = self.case.report_by and not self.case.told_at and not self.late
        return self.case.report_by - timezone.now() if running and self.case.report_by else None

    @property
    def hours_left(self) -> int:
        """Whole hours left of the clock."""
        return int(self.left.total_seconds() // 3600) if self.left else 0

    @property
    def limits(self) -> list[tuple[str, int | None]]:
        """What is paid in kind after an accident, with the most; None is without a limit."""
        return list(_limits(self.claim)) if self.claim else []


def _limits(found: Claim) -> Iterator[tuple[str, int | None]]:
    if not found.limits:
        return
    yield _("Pengobatan sampai sembuh, sesuai kebutuhan medis"), None
    yield _("Perawatan di rumah, paling banyak"), found.limits["perawatan_rumah"]
    for way, most in found.limits["pengangkutan"].items():
        yield _("Angkutan %(way)s, paling banyak") % {"way": _WAYS.get(way, way.lower())}, most


def sight(case: Case, book: Book) -> Sight:
    """The case, read with the law of its day."""
    heirs = list(case.heirs.all())
    event = _event(case, heirs)
    found, trouble = _asked(event, book)
    there = {paper.name: paper for paper in case.papers.select_related("by")}
    ticked = [Ticked(paper, there.get(paper.name)) for paper in _checklist(event, book)]
    warned = warning(case.person, case.registered) if case.person else None
    return Sight(case, found, trouble, heirs, ticked, warned, [states()[name] for name in case.stands.to])


def _event(case: Case, heirs: list[Heir]) -> Event:
    """The case as the law is asked about it; months from before the law is known do not count."""
    children = stages([heir.tanggal_lahir for heir in heirs if heir.relation == "anak"], case.day)
    wage = case.wage_base or USUAL_WAGE
    return Event(case.happening, case.day, case.segment, tuple(case.paid), wage, children, case.months_unable)


def _checklist(event: Event, book: Book) -> list[Paper]:
    """The papers that the law of that day names, those for school left out where they are not known; else none."""
    for asked in (event, replace(event, children=(), paid=())):
        with suppress(LawUndefinedOn):
            return papers(asked, book)
    return []


def _asked(event: Event, book: Book) -> tuple[Claim | None, str]:
    try:
        return claim(event, book), ""
    except LawUndefinedOn as missing:
        names = ("title", "reference", "parameter", "on")
        told = {name: getattr(missing, name) for name in names} | {"since": date_format(missing.since, "F Y")}
        return None, _UNKNOWN % told
    except Problem as problem:
        return None, f"{problem.pesan} {problem.saran}"
