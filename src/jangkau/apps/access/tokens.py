"""Tokens: made, shown once, used, revoked."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jangkau.apps.access.models import ApiToken
from jangkau.apps.accounts.models import Assignment, User
from jangkau.apps.accounts.permissions import assignments
from jangkau.apps.audit.actions import record
from jangkau.core.kernel.problems import Problem

MARK = "jk_"  # so that a token lying about is recognised as one
BETWEEN_NOTES = timedelta(minutes=1)


@transaction.atomic
def make(user: User, *, nama: str, role: str, region_code: str, days: int) -> tuple[ApiToken, str]:
    """A token of the user's own, and its text, which is known only now. Raises TOKEN_DI_LUAR_PERAN."""
    if not _holds(user, role, region_code):
        raise Problem("TOKEN_DI_LUAR_PERAN")
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, nama=nama, start=text[:8], sha256=_digest(text), role=role, region_code=region_code,
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    record("tokens.make", by=user, thing=token, after={"untuk": nama, "peran": role, "hari": days})
    return token, text


@transaction.atomic
def revoke(token: ApiToken, *, by: User) -> None:
    """The token no longer works."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record("tokens.revoke", by=by, thing=token, before={"untuk": token.nama})


def authenticate(text: str) -> tuple[ApiToken, User] | None:
    """The token with that text and its owner, who here holds the token's role and region and nothing else.

    None where it is unknown, revoked or expired, and where its owner is shut out or holds the role no longer.
    """
    token = ApiToken.objects.select_related("user").filter(sha256=_digest(text)).first()
    if token is None or not token.alive or not _holds(token.user, token.role, token.region_code):
        return None
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - BETWEEN_NOTES:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    user = token.user
    user.held = [Assignment(user=user, role=token.role, region_code=token.region_code)]
    return token, user


def _holds(user: User, role: str, region_code: str) -> bool:
    return any(held.role == role and region_code.startswith(held.region_code) for held in assignments(user))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
