"""Asking about runs, pairs and decisions."""

from dataclasses import dataclass

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage.actions import KIND
from jangkau.apps.linkage.models import Decision, Link, LinkRun
from jangkau.apps.linkage.queue import waiting


@dataclass(frozen=True)
class Told:
    """A pair or a decision in one line: both names."""

    thing: Link | Decision
    left: str
    right: str


def last_run() -> LinkRun | None:
    """The run whose result stands."""
    return LinkRun.objects.first()


def last_job() -> Job | None:
    """The newest run queued, running or over."""
    return Job.objects.filter(kind=KIND).first()


def soon(user: User, but: Link | None, count: int = 5) -> list[Told]:
    """The next pairs of the user's queue."""
    others = waiting(user).exclude(pk=but.pk) if but else waiting(user)
    pairs = others.select_related("member")[:count]
    return _told([(link, link.member.id_usulan, (link.isi or {}).get("nama")) for link in pairs])


def just_decided(user: User, count: int = 3) -> list[Told]:
    """The user's last decisions that stand."""
    words = list(Decision.objects.filter(by=user, undone_at=None).order_by("-pk")[:count])
    return _told([(word, word.id_usulan, None) for word in words])


def unsettled(user: User) -> int:
    """Decisions in the user's regions that no run has built on yet."""
    return Decision.objects.filter(within(user, "review.view"), run=None, undone_at=None).count()


def history(link: Link) -> list[Decision]:
    """Everything ever said of a pair, the newest first."""
    known = Decision.objects.filter(
        id_usulan=link.member.id_usulan, register=link.register, id_register=link.id_register
    )
    return list(known.select_related("by", "undone_by").order_by("-pk"))


def _told(things: list[tuple[Link | Decision, str, str | None]]) -> list[Told]:
    ids = [key for _, key, _ in things]
    names = dict(ProposalRow.objects.filter(id_usulan__in=ids).values_list("id_usulan", "nama"))
    return [Told(thing, names.get(key) or "–", right or "–") for thing, key, right in things]
