"""The page of notices."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.notices import actions, selectors
from jangkau.apps.notices.forms import ChannelsForm

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
def channels(request: HttpRequest) -> HttpResponse:
    """How the user wants to be told."""
    form = ChannelsForm(request.POST or None, user=_user(request))
    if request.method == "POST" and form.is_valid():
        actions.choose(_user(request), form.chosen)
        messages.success(request, _("Saluran tersimpan."))
        return redirect("notice_channels")
    wrong = form.is_bound and not form.is_valid()
    return render(request, "notices/channels.html", {"form": form}, status=422 if wrong else 200)


@needs("notices.own")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All are read."""
    actions.read(_user(request))
    return redirect("notices")
