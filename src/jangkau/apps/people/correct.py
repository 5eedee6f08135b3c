"""Joining two persons and taking a row out of one, as decisions that can be undone."""

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.effects import link_of
from jangkau.apps.linkage.models import Link, Member, Person, PersonState
from jangkau.apps.linkage.review import decide
from jangkau.core.kernel.problems import Problem


def resident(person: Person) -> Link | None:
    """The link to the resident that the person is."""
    links = Link.objects.filter(member__person=person, register="penduduk", keputusan="cocok")
    return links.order_by("-peluang", "pk").first()


@transaction.atomic
def split(member: Member, *, by: User, reason: str) -> None:
    """The row is not this person: it becomes a person of its own. Raises PISAH_TANPA_PENDUDUK."""
    link = resident(member.person)
    if link is None:
        raise Problem("PISAH_TANPA_PENDUDUK")
    made = link_of((member.id_usulan, "penduduk", link.id_register))
    assert made
    decide(made, "tidak", by=by, reason=reason)


@transaction.atomic
def merge(person: Person, other: Person, *, by: User, reason: str) -> None:
    """Both are one person: the resident that either is known to be, `person`'s own first.

    Raises GABUNG_SENDIRI, and GABUNG_TANPA_PENDUDUK where neither is known to be one.
    """
    if other.pk == person.pk or other.state != PersonState.HERE:
        raise Problem("GABUNG_SENDIRI")
    own, theirs = resident(person), resident(other)
    link = own or theirs
    if link is None:
        raise Problem("GABUNG_TANPA_PENDUDUK")
    for member in list((other if own else person).members.order_by("pk")):
        made = link_of((member.id_usulan, "penduduk", link.id_register))
        assert made
        decide(made, "cocok", by=by, reason=reason)
