"""Searching for a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.people.forms import SearchForm
from jangkau.apps.people.search import Found, search


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("people.view")
def people(request: HttpRequest) -> HttpResponse:
    """Search by name, NIK, place and year; nothing is shown before something is asked."""
    form = SearchForm(request.GET or None, user=_user(request))
    found: Found | None = None
    if form.is_valid() and form.cleaned_data["q"]:
        asked = form.cleaned_data
        found = search(_user(request), asked["q"], asked["wilayah"], asked["tahun"])
    return render(request, "people/search.html", {"form": form, "found": found})
