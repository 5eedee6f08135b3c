"""The door of the room: the first of its pages that the user may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jangkau.apps.accounts.permissions import allowed, needs

_ROOMS = (("pledges", "pledges.view"), ("companies", "companies.view"), ("groups", "groups.view"),
          ("permit_check", "permits.check"))  # fmt: skip


@needs("partners.home")
def partners(request: HttpRequest) -> HttpResponse:
    """Go there."""
    return redirect(next(url for url, permission in _ROOMS if allowed(request.user, permission)))
