"""Who stands at the door: a phone with its token in the address, or (address `-`) with Basic or Digest."""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hmac import compare_digest
from typing import Any

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from jangkau.apps.accounts.permissions import allowed, public
from jangkau.apps.field.actions.devices import REALM, digest
from jangkau.apps.field.models import Device
from jangkau.core.field.openrosa import response
from jangkau.core.kernel.problems import Problem, kind

MOST_BYTES = 10_000_000
BY_HEADER = "-"
_NONCE_AGE, _SEEN_EVERY = timedelta(minutes=30), timedelta(minutes=10)
_signer = TimestampSigner(salt="jangkau.apps.field.digest")
_PART = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')
View = Callable[..., HttpResponseBase]


def device_view(view: View) -> View:
    """A view for phones: `view(request, device, ...)`.

    403 on a token that is not known or revoked, since 401 would make the phone ask for a password; 401 with a challenge
    where the address asks for one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        device = _by_header(request) if token == BY_HEADER else _by_token(token)
        if isinstance(device, HttpResponse):
            return spoken(device)
        try:
            answer = view(request, device, *args, **kwargs) if device else refused("PERANGKAT_DITOLAK")
        except Problem as problem:
            answer = said(f"{problem.pesan} {problem.saran}", problem.kind.http)
        except Http404:
            answer = said(_("Tidak ada di sini. Perbarui daftar formulir di telepon."), 404)
        return spoken(answer)

    return public(csrf_exempt(guarded))


def spoken(answer: HttpResponseBase) -> HttpResponseBase:
    """With the headers that every answer carries."""
    answer.headers["X-OpenRosa-Version"] = "1.0"
    answer.headers["Date"] = http_date()
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(MOST_BYTES)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def said(message: str, status: int, **receipt: str) -> HttpResponse:
    """An answer whose words a phone shows."""
    return HttpResponse(response(message, **receipt), status=status, content_type="text/xml; charset=utf-8")


def refused(kode: str, **words: str) -> HttpResponse:
    """A problem of the catalogue as an answer."""
    found = kind(kode)
    return said(f"{found.pesan} {found.saran}".format(**words), found.http)


def _by_token(token: str) -> Device | None:
    return _entitled(Device.objects.select_related("user").filter(sha256=digest(token), revoked_at=None).first())


def _entitled(device: Device | None) -> Device | None:
    """The device, if whoever it was given to may still collect there."""
    if device is None or (device.user and not allowed(device.user, "field.collect", device.region_code)):
        return None
    now = timezone.now()
    if device.seen_at is None or now - device.seen_at > _SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=now)
    return device


def _by_header(request: HttpRequest) -> Device | HttpResponse:
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return _basic(rest) or _challenge()
    if scheme.lower() == "digest":
        return _digest(request, {name: quoted or plain for name, quoted, plain in _PART.findall(rest)})
    return _challenge()


def _basic(text: str) -> Device | None:
    try:
        username, _, token = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    device = _by_token(token)
    return device if device and compare_digest(device.username, username) else None


def _challenge(*, stale: bool = False) -> HttpResponse:
    """Digest first: phones answer it on any connection, Basic on https only."""
    answer = refused("PERANGKAT_DITOLAK")
    answer.status_code = 401
    nonce = _signer.sign(secrets.token_urlsafe(8))
    old = ", stale=true" if stale else ""
    answer.headers["WWW-Authenticate"] = (
        f'Digest realm="{REALM}", nonce="{nonce}", algorithm=MD5, qop="auth", domain="/k/{BY_HEADER}/"{old}'
    )
    return answer


def _digest(request: HttpRequest, told: dict[str, str]) -> Device | HttpResponse:
    try:
        _signer.unsign(told.get("nonce", ""), max_age=_NONCE_AGE)
    except SignatureExpired:
        return _challenge(stale=True)
    except BadSignature:
        return _challenge()
    found = Device.objects.select_related("user").filter(username=told.get("username", ""), revoked_at=None).first()
    device = _entitled(found) if found and told.get("uri") == request.get_full_path() else None
    if device is None or not compare_digest(_response(device, request.method or "", told), told.get("response", "")):
        return _challenge()
    return device


def _response(device: Device, method: str, told: dict[str, str]) -> str:
    """What the phone must have answered (RFC 2617, MD5; qop `auth` or none)."""
    ha2 = _md5(f"{method}:{told['uri']}")
    if told.get("qop"):
        middle = f"{told['nonce']}:{told.get('nc', '')}:{told.get('cnonce', '')}:{told['qop']}"
    else:
        middle = told["nonce"]
    return _md5(f"{device.ha1}:{middle}:{ha2}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
