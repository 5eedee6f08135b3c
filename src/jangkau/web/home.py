"""Home: what to do next, for whoever is here, then how far the region has come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import assignments, needs, public
from jangkau.apps.jobs.actions import start
from jangkau.apps.monitoring import selectors as monitoring


@dataclass(frozen=True)
class ToDo:
    """A thing that waits for the user: how many, what, why it matters, and where to do it."""

    count: int
    title: str
    why: str
    url: str
    verb: str
    urgent: bool = False


Source = Callable[[User], list[ToDo]]
SOURCES: list[Source] = []


@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The next things to do, most urgent first; coverage against target."""
    assert isinstance(request.user, User)
    todos = [todo for source in SOURCES for todo in source(request.user) if todo.count]
    code = assignments(request.user)[0].region_code if assignments(request.user) else ""
    context: dict[str, Any] = {
        "todos": sorted(todos, key=lambda todo: not todo.urgent),
        "covered": _coverage(code),
    }
    return render(request, "home.html", context)


def _coverage(code: str) -> monitoring.Covered | None:
    """Coverage of the user's region; counted in the background when registers have come since."""
    found = monitoring.covered(code)
    if (found is None or found.stale) and monitoring.inputs():
        start("monitoring.coverage", {}, by=None)
    return found


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
