"""Asking the audit log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

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


def events(user: User, wanted: Mapping[str, Any]) -> QuerySet[Event]:
    """The events the user may read that are as wanted (fields of `FilterForm`), newest first."""
    tests = {
        "pelaku": "nama_pelaku__icontains", "tindakan": "tindakan", "benda": "benda", "nomor": "id_benda",
        "wilayah": "region_code__startswith", "dari": "waktu__date__gte", "sampai": "waktu__date__lte",
    }  # fmt: skip
    asked = {tests[name]: value for name, value in wanted.items() if value}
    return Event.objects.filter(readable(user), **asked)


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether anything changed."""
        return self.before != self.after


def changes(event: Event) -> list[Change]:
    """What the event changed, field by field, as text."""
    names = list(dict.fromkeys([*event.sebelum, *event.sesudah]))
    return [Change(name, _shown(event.sebelum.get(name)), _shown(event.sesudah.get(name))) for name in names]


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
