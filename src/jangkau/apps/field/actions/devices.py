"""Phones let in and out. The token is told once; what is kept of it opens nothing, but for Digest."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.audit.actions import record
from jangkau.apps.field.models import Device
from jangkau.core.kernel.problems import Problem

REALM = "Jangkau"


@transaction.atomic
def make(user: User | None, region_code: str, nama: str, *, by: User | None) -> tuple[Device, str]:
    """A device and its token. Raises PERANGKAT_TANPA_PENDATA where the user may not collect there."""
    if user is not None and not allowed(user, "field.collect", region_code):
        raise Problem("PERANGKAT_TANPA_PENDATA", nama=str(user))
    username = f"hp-{secrets.token_hex(4)}"
    token, kept = _token(username)
    device = Device.objects.create(user=user, nama=nama, region_code=region_code, username=username, by=by, **kept)
    told = {"pengguna": user.username if user else "", "nama": nama}
    record("field.device_add", by=by, thing=device, after=told)
    return device, token


@transaction.atomic
def renew(device: Device, *, by: User) -> str:
    """A new token; the old one opens nothing any more. What waits on the phone is sent with the new one."""
    token, kept = _token(device.username)
    Device.objects.filter(pk=device.pk).update(**kept, revoked_at=None)
    record("field.device_renew", by=by, thing=device)
    return token


def _token(username: str) -> tuple[str, dict[str, str]]:
    """A token, and what is kept of it."""
    token = secrets.token_urlsafe(24)
    ha1 = hashlib.md5(f"{username}:{REALM}:{token}".encode(), usedforsecurity=False).hexdigest()
    return token, {"sha256": digest(token), "ha1": ha1}


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def revoke(device: Device, *, by: User) -> None:
    """The phone can fetch and send no more; what it has sent stays."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("field.device_revoke", by=by, thing=device)
