"""Adding to the audit log."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.chain import START, digest
from jangkau.apps.audit.masking import masked
from jangkau.apps.audit.models import Event, Head
from jangkau.apps.audit.origin import ORIGIN


@transaction.atomic
def record(
    tindakan: str,
    *,
    by: User | None,
    thing: Model | None = None,
    region_code: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Add one event at the end of the chain, in the caller's transaction: both are kept or neither.

    `before` and `after` are masked here by field name. Call it last in a transaction: the end of the chain is locked
    from here to the commit.
    """
    Head.objects.get_or_create(pk=1, defaults={"nomor": 0, "hash": START})
    head = Head.objects.select_for_update().get(pk=1)
    event = Event(
        nomor=head.nomor + 1,
        waktu=timezone.now(),
        oleh=by,
        nama_pelaku=by.username if by else "sistem",
        dari=ORIGIN.get(),
        tindakan=tindakan,
        benda=thing._meta.model_name or "" if thing else "",
        id_benda=str(thing.pk) if thing else "",
        region_code=region_code or getattr(thing, "region_code", "") or "",
        sebelum=masked(before or {}),
        sesudah=masked(after or {}),
        alasan=reason,
    )
    event.hash = digest(event, head.hash)
    event.save(force_insert=True)
    head.nomor, head.hash = event.nomor, event.hash
    head.save()
    return event
