"""What lists and memberships know of the person of a petition, within its region."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.promises import GONE
from jangkau.apps.requests.models import Did, Kind, Petition


@dataclass(frozen=True)
class Known:
    """Rows of lists, persons, and memberships that run; `differs`: a birth date there is another one."""

    rows: list[ProposalRow]
    persons: list[Person]
    running: list[Enrolment]
    differs: bool

    def __bool__(self) -> bool:
        return bool(self.rows or self.persons)


def known(petition: Petition) -> Known:
    """By the NIK, in the kabupaten of the petition: people move within it."""
    if not petition.nik:
        return Known([], [], [], differs=False)
    mine = {"nik": petition.nik, "region_code__startswith": petition.region_code[:4]}
    rows = list(effective_rows().filter(**mine).select_related("file"))
    persons = list(Person.objects.filter(**mine, state=PersonState.HERE))
    running = Enrolment.objects.filter(person__in=persons).exclude(state=OVER)
    days = {row.tanggal_lahir for row in rows} | {person.tanggal_lahir for person in persons}
    return Known(rows, persons, list(running), differs=bool(days - {petition.tanggal_lahir, None}))


def gone(region: str) -> Iterable[str]:
    """Whom a desk took out because they asked to stop, unless they asked to join since; as long as it is kept who
    asked. Plans leave them out whatever list names them again."""
    joined = Petition.objects.filter(nik=OuterRef("nik"), kind=Kind.JOIN, pk__gt=OuterRef("pk"))
    stopped = Petition.objects.filter(~Exists(joined), kind=Kind.STOP, steps__did=Did.STOPPED).exclude(nik="")
    people = Person.objects.filter(region_code__startswith=region, nik__in=stopped.values("nik"))
    return people.values_list("id_pekerja", flat=True)


GONE.append(gone)
