"""What became of names that were put on a list: each later step, told to whoever asked in words of their own.

Only the word of the step is read with the code alone; why, and until which month, is a note for whoever also knows the
birth date. The public's half reads the steps written here, and no register.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Max

from jangkau.apps.enrolment.models import Enrolment, PersonMonth
from jangkau.apps.enrolment.models.ledger import MonthState
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.planning.selectors import paid_rows
from jangkau.apps.requests.models import Did, Kind, Petition, PetitionStep, State
from jangkau.apps.requests.words import FOLLOWED, REASONS
from jangkau.core.enrolment.lifecycle import REASONS as ENDINGS
from jangkau.core.kernel.formats import long_month
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem

_AT_ONCE = 500
_BY_STATE: Mapping[str, str] = {
    "diusulkan": Did.PLANNED, "terverifikasi": Did.PLANNED, "ditetapkan": Did.DECREED, "diajukan": Did.SENT,
    "ditolak": Did.TURNED, "diterima": Did.TAKEN, "ditagih": Did.TAKEN, "dibayar": Did.MEMBER, "aktif": Did.MEMBER,
    "tunggakan": Did.LAPSED, "non-aktif": Did.LAPSED, "selesai": Did.OVER,
}  # fmt: skip
ACTIVE, UNSURE = "SUDAH_AKTIF", "PERLU_TINJAUAN"
Planned = Callable[[str], frozenset[int]]
Told = tuple[str, str]  # what happened, and the note of it


@dataclass(frozen=True)
class Facts:
    """What registers of the programme know of persons, by their key."""

    enrolments: Mapping[int, Enrolment]
    paid_until: Mapping[int, int]


def follow() -> int:
    """Tell of every name on a list whose state has changed since it was last told of. Returns of how many."""
    asked = Petition.objects.filter(kind=Kind.JOIN, steps__did__in=(Did.LISTED, Did.FOUND)).exclude(nik="")
    waiting = list(asked.exclude(state=State.WITHDRAWN).distinct().order_by("pk"))
    planned = cache(_planned)
    return sum(_follow(part, planned) for part in parts(waiting, _AT_ONCE))


def _follow(petitions: Sequence[Petition], planned: Planned) -> int:
    people = Person.objects.filter(nik__in={one.nik for one in petitions}, state=PersonState.HERE).order_by("-pk")
    persons = {(str(one.nik), one.region_code[:4]): one for one in people}
    facts, last = _facts(persons.values()), _last(petitions)
    made = []
    for petition in petitions:
        person = persons.get((petition.nik, petition.region_code[:4]))
        told = _told(person, facts, planned) if person else None
        if told and told != last.get(petition.pk):
            made.append(PetitionStep(petition=petition, did=told[0], note=told[1][:300], level=petition.level))
    return len(PetitionStep.objects.bulk_create(made))


def _facts(persons: Iterable[Person]) -> Facts:
    keys = [person.pk for person in persons]
    runs = Enrolment.objects.filter(person__in=keys).order_by("pk")
    paid = PersonMonth.objects.filter(person__in=keys, state=MonthState.PAID).order_by()
    until = dict(paid.values_list("person").annotate(last=Max("month")))
    return Facts({one.person_id: one for one in runs}, until)


def _last(petitions: Iterable[Petition]) -> dict[int, Told]:
    """What each was told last."""
    steps = PetitionStep.objects.filter(petition__in=petitions, did__in=FOLLOWED).order_by("pk")
    return {step.petition_id: (step.did, step.note) for step in steps}


def _told(person: Person, facts: Facts, planned: Planned) -> Told | None:
    run = facts.enrolments.get(person.pk)
    if run:
        return _BY_STATE[run.state], _note(run, facts.paid_until.get(person.pk))
    if person.layak:
        return (Did.PLANNED if person.pk in planned(person.region_code[:4]) else Did.FIT), ""
    if person.layak is None or UNSURE in person.reasons:
        return Did.LOOKED, ""
    if ACTIVE in person.reasons:
        return Did.MEMBER, "Lihat sampai bulan apa di halaman Cek kepesertaan."
    return Did.UNFIT, " ".join(str(REASONS[code]) for code in person.reasons if code in REASONS)


def _note(run: Enrolment, until: int | None) -> str:
    if run.state == "selesai":
        return ENDINGS.get(run.reason, "")
    return f"Iuran dibayar sampai akhir {long_month(until)}." if until is not None else ""


def _planned(region: str) -> frozenset[int]:
    """Whom the newest approved plan of a kabupaten or its province pays; nobody where its files are not as approved."""
    plan = Plan.objects.filter(state=PlanState.APPROVED, region_code__in=(region, region[:2])).order_by("-pk").first()
    try:
        return frozenset(paid_rows(plan)["person"].to_list()) if plan else frozenset()
    except Problem:
        return frozenset()
