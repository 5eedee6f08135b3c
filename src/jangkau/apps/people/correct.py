"""Joining two persons and taking a row out of one, as decisions that can be undone."""

from collections.abc import Iterable
from itertools import product

from django.db import transaction
from django.db.models import Q, QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.effects import link_of
from jangkau.apps.linkage.models import Decision, Link, Member, Person, PersonState
from jangkau.apps.linkage.review import decide_together
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.common import PROPOSALS


def resident(person: Person) -> Link | None:
    """The link to the resident that the person is."""
    links = Link.objects.filter(member__person=person, register="penduduk", keputusan="cocok")
    return links.order_by("-peluang", "pk").first()


@transaction.atomic
def split(member: Member, *, by: User, reason: str) -> None:
    """The row is not this person: it becomes a person of its own. Raises PISAH_SENDIRI where it is the only one."""
    others = member.person.members.exclude(pk=member.pk).order_by("pk")
    if not others:
        raise Problem("PISAH_SENDIRI")
    link = resident(member.person)
    pairs = _with_resident([member], link) if link else _with_rows([member], others)
    decide_together(pairs, "tidak", by=by, reason=reason)


@transaction.atomic
def merge(person: Person, other: Person, *, by: User, reason: str) -> None:
    """Both are one person: the resident that either is known to be, `person`'s own first; else by their rows.

    Raises GABUNG_SENDIRI.
    """
    if other.pk == person.pk or other.state != PersonState.HERE:
        raise Problem("GABUNG_SENDIRI")
    own, theirs = resident(person), resident(other)
    link = own or theirs
    coming = (other if own or not link else person).members.order_by("pk")
    pairs = _with_resident(coming, link) if link else _with_rows(coming, person.members.order_by("pk"))
    decide_together(pairs, "cocok", by=by, reason=reason)


def _with_resident(rows: Iterable[Member], link: Link) -> list[Link]:
    return _links((row.id_usulan, "penduduk", link.id_register) for row in rows)


def _with_rows(rows: Iterable[Member], others: Iterable[Member]) -> list[Link]:
    """Every row with every other: whichever of them leaves later, the rest stay as they are."""
    return _links((row.id_usulan, PROPOSALS, other.id_usulan) for row, other in product(rows, others))


def _links(pairs: Iterable[tuple[str, str, str]]) -> list[Link]:
    return [link for pair in pairs if (link := link_of(pair))]


def decisions(members: Iterable[Member]) -> "QuerySet[Decision]":
    """Everything that was ever said of these rows."""
    ids = [member.id_usulan for member in members]
    own = Q(id_usulan__in=ids) | Q(register=PROPOSALS, id_register__in=ids)
    return Decision.objects.filter(own).select_related("by", "undone_by")


def standing(said: Iterable[Decision]) -> list[Decision]:
    """The corrections that hold, one decision of each, the newest first."""
    held = {(word.by_id, word.at): word for word in said if word.reason and not word.undone_at}
    return list(held.values())[::-1]
