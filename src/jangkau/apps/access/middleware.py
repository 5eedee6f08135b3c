"""Roles that must have a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jangkau.apps.accounts.permissions import assignments

Answer = Callable[[HttpRequest], HttpResponse]
_OPEN = ("/akun/2fa/", "/akun/ulang/", "/keluar/", "/tampilan/")


def demand_second_factor(get_response: Answer) -> Answer:
    """Whoever holds a role of JANGKAU_MFA_ROLES sets a passkey or an app up before anything else opens.

    From then on the library asks for it at each sign-in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_OPEN) or not _lacks_factor(request):
            return get_response(request)
        messages.warning(request, _("Peran Anda memerlukan cara masuk kedua. Pasang salah satu dahulu."))
        return redirect("mfa_index")

    return middleware


def _lacks_factor(request: HttpRequest) -> bool:
    roles = settings.JANGKAU_MFA_ROLES
    demanded = bool(roles) and any(held.role in roles for held in assignments(request.user))
    return demanded and request.user.is_authenticated and not is_mfa_enabled(request.user)
