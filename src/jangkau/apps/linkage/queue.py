"""Which pair a clerk sees next: the most telling first, nobody else's, never one's own second look."""

from dataclasses import dataclass
from math import ceil
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within, within_codes
from jangkau.apps.linkage.models import Decision, Link, Turn
from jangkau.apps.linkage.review import LONGEST_LOOK

USUAL_SECONDS = 40.0  # of a pair, until the clerk's own pace is known
_PACE = 30
_ORDER = (F("urutan").asc(nulls_last=True), "pk")


def waiting(user: User) -> "QuerySet[Link]":
    """Pairs in the user's regions whose turn is this user's, the most telling first."""
    own = Decision.objects.filter(
        id_usulan=OuterRef("member__id_usulan"), register=OuterRef("register"), id_register=OuterRef("id_register"),
        by=user, undone_at=None,
    )  # fmt: skip
    pairs = Link.objects.exclude(turn=Turn.NONE).filter(within_codes(scope(user, "review.view")))
    return pairs.filter(Q(turn=Turn.FIRST) | ~Exists(own)).order_by(*_ORDER)


def take(user: User, skipped: list[int]) -> Link | None:
    """The pair on this user's screen, held for a while; skipped ones come again when there is no other."""
    pairs = waiting(user)
    for _ in range(5):  # another clerk may take the same pair between looking and holding
        found = _first(pairs.exclude(pk__in=skipped), user) or (_first(pairs, user) if skipped else None)
        if found is None or _hold(found, user):
            return found and Link.objects.select_related("member__person").get(pk=found.pk)
    return None


def _first(pairs: "QuerySet[Link]", user: User) -> Link | None:
    now = timezone.now()
    mine = pairs.filter(held_by=user, held_until__gt=now).first()
    return mine or pairs.filter(Q(held_until=None) | Q(held_until__lte=now) | Q(held_by=user)).first()


def _hold(link: Link, user: User) -> bool:
    now = timezone.now()
    if link.held_by_id == user.pk and link.held_until and link.held_until > now:
        return True
    free = Q(held_until=None) | Q(held_until__lte=now) | Q(held_by=user)
    held = Link.objects.filter(free, pk=link.pk).update(held_by=user, held_until=now + LONGEST_LOOK)
    return bool(held)


def let_go(link: Link, user: User) -> None:
    """Give a pair back unseen."""
    Link.objects.filter(pk=link.pk, held_by=user).update(held_by=None, held_until=None)


@dataclass(frozen=True)
class Progress:
    """How far today's review is in the user's regions."""

    done: int
    left: int
    seconds: float

    @property
    def total(self) -> int:
        """All of today."""
        return self.done + self.left

    @property
    def minutes(self) -> int:
        """What is left, at this clerk's pace."""
        return ceil(self.left * self.seconds / 60)


def progress(user: User) -> Progress:
    """Decided today and still waiting, and the pace of this clerk's last pairs."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Decision.objects.filter(within(user, "review.view"), at__gte=start, undone_at=None, reason="")
    return Progress(today.count(), waiting(user).order_by().count(), pace(user))


def pace(user: User) -> float:
    """Seconds a pair takes this clerk: the median of the last ones."""
    last = Decision.objects.filter(by=user, seconds__isnull=False).order_by("-at").values_list("seconds", flat=True)
    known = [value for value in last[:_PACE] if value]
    return max(median(known), 5.0) if len(known) >= 5 else USUAL_SECONDS


def last_of(user: User) -> Decision | None:
    """The user's last decision that stands: what U takes back."""
    return Decision.objects.filter(by=user, undone_at=None, reason="").order_by("-pk").first()
