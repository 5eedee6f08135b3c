"""The page for enumerators that works offline: the same bytes for everybody. Whose phone it is, the phone itself knows;
the key of its address stands behind `#`, which no browser sends.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jangkau.apps.accounts.permissions import public
from jangkau.apps.field.models import Device, Task
from jangkau.apps.field.openrosa.doors import device_view
from jangkau.apps.regions.selectors import region_name

_ABILITIES = "camera=(self), microphone=(self), geolocation=(self), display-capture=(), midi=(), payment=(), usb=()"
_ALLOWED = {
    "default-src": [SELF], "script-src": [SELF, "'wasm-unsafe-eval'"], "style-src": [SELF], "font-src": [SELF],
    "img-src": [SELF, "blob:"], "media-src": ["blob:"], "connect-src": [SELF], "worker-src": [SELF],
    "manifest-src": [SELF], "object-src": [NONE], "base-uri": [NONE], "form-action": [NONE], "frame-ancestors": [NONE],
}  # fmt: skip


def filling(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page on which forms are filled in, with the abilities that this needs; asked for anew at each visit."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Permissions-Policy"] = _ABILITIES
        return answer

    return csp_replace(_ALLOWED)(answered)


def _offline(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A file of the page that works offline."""
    return public(require_safe(filling(view)))


def built(name: str, kind: str) -> HttpResponse:
    """A file that the build made, whole."""
    file = Path(settings.STATIC_ROOT) / "isi" / name
    if not file.is_file():
        raise Http404
    return HttpResponse(file.read_bytes(), content_type=kind)


@_offline
def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return built("index.html", "text/html; charset=utf-8")


@_offline
def worker(request: HttpRequest) -> HttpResponse:
    """What answers for the page while there is no signal."""
    return built("sw.js", "text/javascript; charset=utf-8")


@_offline
def manifest(request: HttpRequest) -> HttpResponse:
    """How the page stands among the apps of a phone."""
    return built("manifest.webmanifest", "application/manifest+json")


@device_view
@require_safe
def whose(request: HttpRequest, device: Device) -> JsonResponse:
    """Whose phone this is, and the tasks given to whoever fills in with it."""
    return JsonResponse({
        "perangkat": device.nama, "pendata": str(device.user or ""), "wilayah": region_name(device.region_code),
        "tugas": [_told(task) for task in _tasks(device)],
    })  # fmt: skip


def _tasks(device: Device) -> "list[Task]":
    if device.user_id is None:
        return []
    found = Task.objects.filter(user=device.user_id, withdrawn_at=None, region_code__startswith=device.area)
    return list(found[:50])


def _told(task: Task) -> dict[str, object]:
    due = task.due.isoformat() if task.due else ""
    return {"formulir": task.form_id, "wilayah": region_name(task.region_code), "sasaran": task.target, "sampai": due}


def link(request: HttpRequest, token: str) -> str:
    """The address that a phone opens once."""
    return f"{request.build_absolute_uri(reverse('field_page'))}#k={token}"
