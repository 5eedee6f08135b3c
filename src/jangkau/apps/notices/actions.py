"""Telling users something, and taking it back when it no longer waits."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.accounts.roles import PERMISSIONS
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.masking import mask_text
from jangkau.apps.notices.kinds import KINDS, said
from jangkau.apps.notices.models import Choice, Notice
from jangkau.apps.notices.sending import queue_now

_LEVELS = (2, 4, 6, 10)


def tell(
    kind: str,
    *,
    region_code: str,
    link: str,
    key: str,
    to: User | None = None,
    but: User | None = None,
    **values: int | str,
) -> int:
    """Tell everyone who has the kind's permission in a region, or one user `to`; returns how many are told anew.

    `values` fill the kind's words (no names, no numbers of persons); `link` is a path of this site. The same `key`
    tells a user once, so whatever tells may run again. `but` is who did it and knows.
    """
    said(kind, values)  # a missing value shows here, not on somebody's page
    users = [to.pk] if to else _concerned(kind, region_code)
    clean = {name: mask_text(value) if isinstance(value, str) else value for name, value in values.items()}
    known = set(Notice.objects.filter(key=key, user__in=users).values_list("user_id", flat=True))
    made = [
        Notice(user_id=pk, kind=kind, region_code=region_code, values=clean, link=link, key=key)
        for pk in users if pk not in known and pk != (but and but.pk)
    ]  # fmt: skip
    Notice.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    queue_now(made)
    return len(made)


def _concerned(kind: str, region_code: str) -> list[int]:
    """Whoever has the permission in the region or above it."""
    places = {region_code[:level] for level in _LEVELS if len(region_code) >= level}
    held = Assignment.objects.filter(role__in=PERMISSIONS[KINDS[kind].permission], region_code__in=places)
    return sorted(set(held.filter(user__is_active=True).values_list("user_id", flat=True)))


def settle(key: str) -> int:
    """What was told under `key` no longer waits: nobody need read it. Returns for how many."""
    return Notice.objects.filter(key=key, read_at=None).update(read_at=timezone.now())


def read(user: User, pk: int | None = None) -> None:
    """The user has read one notice, or all."""
    own = Notice.objects.filter(user=user, read_at=None)
    (own.filter(pk=pk) if pk else own).update(read_at=timezone.now())


@transaction.atomic
def choose(user: User, chosen: Mapping[str, tuple[bool, str]]) -> None:
    """How the user wants to be told: channel -> on, address."""
    for channel, (on, address) in chosen.items():
        Choice.objects.update_or_create(user=user, channel=channel, defaults={"on": on, "address": address})
    record("notices.channels", by=user, thing=user, after={channel: on for channel, (on, _) in chosen.items()})
