"""Pages for what did not work: what failed, what is safe, what to do, a code to quote; never a person's data."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.apps.accounts.permissions import public
from jangkau.apps.accounts.roles import PERMISSIONS, Role

log = logging.getLogger("jangkau.web")


@public
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says which roles may."""
    roles = PERMISSIONS.get(str(exception), frozenset())
    names = [role.label for role in Role if role in roles]
    return render(request, "403.html", {"roles": names}, status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


@public
def failed(request: HttpRequest) -> HttpResponse:
    """500: the code shown is the code in the log."""
    code = secrets.token_hex(4)
    place = request.resolver_match.view_name if request.resolver_match else "?"
    log.error("halaman gagal, kode %s, di %s", code, place)
    return render(request, "500.html", {"code": code}, status=500)


@public
def unreadable(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """400, and 403 for a form that does not come from our own page."""
    return render(request, "400.html", status=403 if reason else 400)
