"""Asking whether work was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Min, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs.models import Proof
from jangkau.core.kernel.month import first_day, month_of

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Warned:
    """A person without proof of work, or whose first proof (`first`) is younger than the registration."""

    first: date | None
    registered: int | None

    @property
    def words(self) -> str:
        """What is wrong, and what to do."""
        if self.first is None:
            return _("Belum ada bukti kerja. Klaim pernah ditolak karenanya: mintalah kepada keluarga atau desa.")
        words = {"day": date_format(self.first, "j F Y"), "month": date_format(first_day(self.registered or 0), "F Y")}
        return _("Bukti kerja yang paling awal bertanggal %(day)s, sesudah pendaftaran %(month)s.") % words


def proofs(person: Person) -> "QuerySet[Proof]":
    """Every proof of a person, those of the persons merged into them included, withdrawn ones last."""
    found = Proof.objects.filter(Q(person=person) | Q(person__merged_into=person))
    return found.select_related("by", "withdrawn_by").order_by("withdrawn_at", "date", "pk")


def warnings(registered: Mapping[int, int | None]) -> dict[int, Warned]:
    """Whom to warn about, by the key of the person. In: person -> month (index) of the registration, None before one.

    A proof dated in the month of the registration, or before it, is in time.
    """
    whose = Coalesce("person__merged_into_id", "person_id")
    standing = Proof.objects.filter(withdrawn_at=None).annotate(whose=whose).filter(whose__in=list(registered))
    first = dict(standing.order_by().values("whose").annotate(first=Min("date")).values_list("whose", "first"))
    found = {}
    for person, month in registered.items():
        day = first.get(person)
        if day is None or (month is not None and month_of(day) > month):
            found[person] = Warned(day, month)
    return found


def warning(person: Person, registered: int | None) -> Warned | None:
    """The warning about one person, if there is one."""
    return warnings({person.pk: registered}).get(person.pk)


def unproved(rows: "QuerySet[M]", person: str, month: str) -> "QuerySet[M]":
    """Of rows that register people, those to warn about: `person` is the path to the person, `month` the column of the
    month (index) of registration. The rule is that of `warnings`, asked of any number of rows at once."""
    own = Q(person=OuterRef(person)) | Q(person__merged_into=OuterRef(person))
    shown = Proof.objects.filter(own, withdrawn_at=None)
    index = ExtractYear("date") * 12 + ExtractMonth("date") - 1
    in_time = shown.annotate(index=index).filter(index__lte=OuterRef(month))
    return rows.filter(~Exists(in_time))
