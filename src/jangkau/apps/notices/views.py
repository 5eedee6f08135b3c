"""The page of notices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.notices import actions, selectors

PER_PAGE = 50


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("notices.own")
def notices(request: HttpRequest) -> HttpResponse:
    """What the user was told, newest first; `baru` only what was not read."""
    only_new = bool(request.GET.get("baru"))
    found = selectors.notices(_user(request), unread=only_new)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/notices.html", {"page": page, "only_new": only_new})


@needs("notices.own")
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one, and go where it leads."""
    found = get_object_or_404(selectors.notices(_user(request)), pk=pk)
    actions.read(_user(request), found.pk)
    return redirect(found.link)


@needs("notices.own")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All are read."""
    actions.read(_user(request))
    return redirect("notices")
