"""Language and light or dark: kept in cookies, so they work before sign-in and without JavaScript."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import public

_YEAR = 365 * 24 * 3600
_THEMES = ("light", "dark")


@public
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember the choice and go back to where it was made."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if safe else "/")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.POST["language"], _YEAR, samesite="Lax")
    if request.POST.get("tema") in _THEMES:
        answer.set_cookie("tema", request.POST["tema"], _YEAR, samesite="Lax")
    return answer
