"""Home: what to do next, for whoever is here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs, public


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
CARDS: list[str] = []


@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The next things to do, most urgent first."""
    assert isinstance(request.user, User)
    todos = [todo for source in SOURCES for todo in source(request.user) if todo.count]
    return render(request, "home.html", {"todos": sorted(todos, key=lambda todo: not todo.urgent)})


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
