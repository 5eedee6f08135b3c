"""What lists and memberships know of the person of a petition, within its region."""

from dataclasses import dataclass

from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.requests.models import Petition


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
