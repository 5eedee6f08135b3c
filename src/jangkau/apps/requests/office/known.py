"""What lists and memberships know of the person of a petition, within its region."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.promises import GONE
from jangkau.apps.portal.sums import keyed
from jangkau.apps.requests.models import Kind, Petition, Refusal

_MOST = 20


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
    rows = list(effective_rows().filter(_asked(petition)).select_related("file")[:_MOST])
    persons = list(Person.objects.filter(**mine, state=PersonState.HERE))
    running = Enrolment.objects.filter(person__in=persons).exclude(state=OVER)
    days = {row.tanggal_lahir for row in rows} | {person.tanggal_lahir for person in persons}
    return Known(rows, persons, list(running), differs=bool(days - {petition.tanggal_lahir, None}))


def _asked(petition: Petition) -> Q:
    """The rows of the NIK; where a fault is to be mended, also those of that name in the village: the NIK may be it."""
    rows = Q(nik=petition.nik, region_code__startswith=petition.region_code[:4])
    if petition.kind == Kind.WRONG:
        rows |= Q(nama__iexact=petition.nama, region_code=petition.region_code)
    return rows


def refuse(petition: Petition) -> None:
    """No list takes whoever asked in again."""
    Refusal.objects.get_or_create(key=_key(petition.nik), defaults={"region_code": petition.region_code})


def welcome(petition: Petition) -> None:
    """Lists may take whoever asked in."""
    Refusal.objects.filter(key=_key(petition.nik)).delete()


def _key(nik: str) -> str:
    return keyed("berhenti", nik)


def gone(region: str) -> Iterable[str]:
    """Whom a desk took out because they asked to stop, until a desk lists them again because they ask to join. Plans
    leave them out whatever list names them."""
    refused = set(Refusal.objects.filter(region_code__startswith=region[:4]).values_list("key", flat=True))
    if not refused:
        return []
    people = Person.objects.filter(region_code__startswith=region).exclude(nik=None)
    return [key for key, nik in people.values_list("id_pekerja", "nik").iterator() if _key(str(nik)) in refused]


GONE.append(gone)
