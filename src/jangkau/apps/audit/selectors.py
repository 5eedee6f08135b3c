"""Asking the audit log."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within_codes
from jangkau.apps.audit.chain import START, Verdict, check, stored
from jangkau.apps.audit.models import Event, Head

PROVINCE_DIGITS = 2


def verify(anchor: tuple[int, str] | None = None) -> Verdict:
    """Whether the whole log holds as it stands now; what is added meanwhile is left for the next time."""
    head = Head.objects.first() or Head(nomor=0, hash=START)
    return check(stored(upto=head.nomor), (head.nomor, head.hash), anchor)


def readable(user: User | AnonymousUser) -> Q:
    """The events an auditor may read: those of the user's regions, and those of no region for a whole province."""
    codes = scope(user, "audit.view")
    mine = within_codes(codes, "region_code")
    return mine | Q(region_code="") if any(len(code) == PROVINCE_DIGITS for code in codes) else mine


def verbs(user: User) -> list[str]:
    """The verbs that occur in what the user may read."""
    found = Event.objects.filter(readable(user)).order_by("tindakan").values_list("tindakan", flat=True)
    return list(found.distinct())
