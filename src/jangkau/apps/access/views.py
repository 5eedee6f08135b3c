"""Pages of users, for admins; and the page where an invited user chooses a password."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jangkau.apps.access import actions, selectors
from jangkau.apps.access.forms import ChooseForm, InviteForm, ReasonForm, RoleForm, SearchForm
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs, public
from jangkau.apps.regions.selectors import options
from jangkau.core.kernel.problems import Problem

_PAGE = 50


def _admin(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _managed(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(selectors.with_state(selectors.managed(_admin(request))), pk=pk)


def told(form: Form, act: Callable[[], Any]) -> Any:
    """What the action returns; its problem becomes the form's, and the answer None."""
    try:
        return act()
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return None


@needs("users.manage")
def users(request: HttpRequest) -> HttpResponse:
    """The users an admin manages."""
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "role": ""}
    found = selectors.search(selectors.managed(_admin(request)), wanted["q"], wanted["role"])
    page = Paginator(selectors.with_state(found), _PAGE).get_page(request.GET.get("page"))
    return render(request, "access/users.html", {"form": form, "page": page})


@needs("users.manage")
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """A new user; the page then shows the invitation, where no password was given."""
    by = _admin(request)
    form = InviteForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = told(form, lambda: actions.invite(**data, by=by))
        if made and data["password"]:
            messages.success(request, _("Pengguna dibuat."))
            return redirect("user", made.pk)
        if made:
            return _show_invitation(request, made)
    return render(request, "access/new.html", {"form": form, "regions": options(form.fields["region_code"].codes)})  # type: ignore[attr-defined]


def _show_invitation(request: HttpRequest, user: User) -> HttpResponse:
    link = request.build_absolute_uri(actions.invitation(user, by=_admin(request)))
    return render(request, "access/invitation.html", {"shown": user, "link": link})


@needs("users.manage")
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: roles, state, and what an admin may do. A POST gives a role."""
    by, shown = _admin(request), _managed(request, pk)
    form = RoleForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if told(form, lambda: actions.give_role(shown, data["role"], data["region_code"], by=by)):
            messages.success(request, _("Peran diberikan."))
            return redirect("user", pk)
    regions = options(form.fields["region_code"].codes)  # type: ignore[attr-defined]
    return render(request, "access/user.html", {"shown": shown, "form": form, "regions": regions, "own": shown == by})


@needs("users.manage")
@require_POST
def take_role(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """One role less."""
    shown = _managed(request, pk)
    actions.take_role(get_object_or_404(shown.assignments, pk=held), by=_admin(request))
    messages.success(request, _("Peran dicabut."))
    return redirect("user", pk)


@needs("users.manage")
@never_cache
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A link by which the user chooses a new password."""
    return _show_invitation(request, _managed(request, pk))


@needs("users.manage")
@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """The user may try again at once."""
    actions.unlock(_managed(request, pk), by=_admin(request))
    messages.success(request, _("Akun dibuka; pengguna dapat mencoba masuk lagi."))
    return redirect("user", pk)


@needs("users.manage")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate, or activate again."""
    shown = _managed(request, pk)
    title = _("Nonaktifkan akun") if shown.is_active else _("Aktifkan akun")
    told = _("Pengguna tidak dapat masuk lagi dan sesinya yang terbuka berakhir. Riwayat pekerjaannya tetap ada.")
    why = told if shown.is_active else _("Pengguna dapat masuk lagi dengan peran yang dimilikinya.")
    change = partial(actions.set_active, shown, not shown.is_active, by=_admin(request))
    return _with_reason(request, shown, title, why, change)


@needs("users.manage")
def factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factors of a user who lost them."""
    shown = _managed(request, pk)
    why = _("Kunci sandi, aplikasi kode, dan kode cadangannya dihapus. Pastikan dahulu bahwa yang meminta memang dia.")
    change = partial(actions.reset_factors, shown, by=_admin(request))
    return _with_reason(request, shown, _("Hapus cara masuk kedua"), why, change)


def _with_reason(request: HttpRequest, shown: User, title: str, why: str, act: Callable[[str], None]) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data["reason"])
        messages.success(request, _("Tersimpan."))
        return redirect("user", shown.pk)
    return render(request, "access/reason.html", {"shown": shown, "form": form, "title": title, "why": why})


class _Choose(PasswordResetConfirmView):
    """Django's view, which moves the token into the session so that no page can leak it."""

    form_class = ChooseForm
    template_name = "access/choose.html"
    token_generator = actions.invitations
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so where the user goes next."""
        messages.success(self.request, _("Sandi tersimpan. Silakan masuk."))
        return super().form_valid(form)


invitation = public(_Choose.as_view())
