"""Pages for what did not work: what failed, what is safe, what to do, a code to quote; never a person's data."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.apps.accounts.permissions import public
from jangkau.apps.accounts.roles import PERMISSIONS, Role


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
    """500."""
    return render(request, "500.html", {"code": secrets.token_hex(4)}, status=500)
