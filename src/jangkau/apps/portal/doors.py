"""The doors of the public's pages: no cookie is given or needed, no script runs, nothing comes from elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jangkau.apps.accounts.permissions import public

View = Callable[..., HttpResponseBase]
FRESH = 300  # seconds for which a page may be shown again as it was
_POLICY = {
    "default-src": [NONE], "style-src": [SELF], "font-src": [SELF], "img-src": [SELF, "data:"], "form-action": [SELF],
    "base-uri": [NONE], "frame-ancestors": [NONE],
}  # fmt: skip


def page(view: View) -> View:
    """A page that is the same for everybody, and may be kept."""
    return _door(view, ("GET", "HEAD"))


def form(view: View) -> View:
    """A page with a form: as it is opened the same for everybody; what is sent comes from this site, and neither it nor
    the answer is kept anywhere.

    Nobody is signed in here, so there is no session that another site could misuse: instead of a token in a cookie,
    browsers say where a form comes from.
    """
    return _door(view, ("GET", "HEAD", "POST"))


def _door(view: View, methods: tuple[str, ...]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _from_elsewhere(request):
            raise PermissionDenied
        answer = view(request, *args, **kwargs)
        if request.method == "POST" or answer.status_code != 200:
            add_never_cache_headers(answer)
        else:
            patch_cache_control(answer, public=True, max_age=FRESH)
        return answer

    opened: View = csrf_exempt(require_http_methods(list(methods))(guarded))
    return public(csp(_POLICY)(opened))


def _from_elsewhere(request: HttpRequest) -> bool:
    """By what browsers say themselves; those too old to say so send no harm that they could not send without us."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    return site in ("cross-site", "same-site") or (bool(origin) and urlsplit(origin).netloc != request.get_host())
