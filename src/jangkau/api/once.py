"""A request that is sent again is not done again (the Idempotency-Key header of the HTTP API working group)."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jangkau.apps.access.models import ApiToken, Sent
from jangkau.core.kernel.problems import Problem

KEPT = timedelta(days=30)


def forget() -> int:
    """Delete answers that are older than KEPT; returns how many."""
    return Sent.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


@transaction.atomic
def once(request: HttpRequest, key: str, body: str, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `act` answers or, where there is a key, what it answered when the token sent the same key within KEPT.

    Raises KUNCI_DIPAKAI_LAIN.
    """
    if not key:
        return act()
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    ApiToken.objects.select_for_update().get(pk=token.pk)  # the same key at once: one after the other
    digest = hashlib.sha256(f"{request.path}\n{body}".encode()).hexdigest()
    known = Sent.objects.filter(token=token, key=key).first()
    if known and known.sha256 != digest:
        raise Problem("KUNCI_DIPAKAI_LAIN")
    if known:
        return dict(known.answer)
    answer = act()
    Sent.objects.create(token=token, key=key, sha256=digest, answer=answer)
    return answer
