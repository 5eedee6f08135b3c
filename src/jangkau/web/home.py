"""Home: what to do next, for whoever is here, then how far the region has come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, assignments, needs, public, scope, within_codes
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.monitoring import selectors as monitoring
from jangkau.apps.monitoring.actions import ask_to_count
from jangkau.web.counts import TODOS, kept
from jangkau.web.templatetags.jangkau import angka


@dataclass(frozen=True)
class ToDo:
    """A thing that waits for the user: how many, what, why it matters, and where to do it."""

    count: int
    title: str
    why: str
    url: str
    verb: str
    urgent: bool = False


MINUTE = 60
Counted = tuple[int, dict[str, int]]
Source = Callable[[User], list[ToDo]]
SOURCES: list[Source] = []


@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The next things to do, most urgent first; coverage against target."""
    assert isinstance(request.user, User)
    todos = kept(request.user, TODOS, partial(_todos, request.user))
    code = assignments(request.user)[0].region_code if assignments(request.user) else ""
    context: dict[str, Any] = {
        "todos": todos,
        "covered": _coverage(code),
        "funnel": _funnel(request.user),
        "may_monev": allowed(request.user, "monev.view"),
    }
    return render(request, "home.html", context)


def _todos(user: User) -> list[ToDo]:
    waiting = [todo for source in SOURCES for todo in source(user) if todo.count]
    return sorted(waiting, key=lambda todo: not todo.urgent)


def _coverage(code: str) -> monitoring.Covered | None:
    """Coverage of the user's region, as of the last MINUTE; counted in the background once registers have come."""
    key = f"cakupan-{code}"
    if known := cache.get(key):
        return cast("monitoring.Covered", known)
    found = monitoring.covered(code)
    if found is not None:
        cache.set(key, found, MINUTE)
    if found is None or found.stale:
        ask_to_count()
    return found


def _funnel(user: User) -> list[tuple[object, int, str]]:
    """From rows received to people found, in the user's regions: label, count, what fell away at this step."""
    if not allowed(user, "people.view"):
        return []
    rows, people = _counted(scope(user, "people.view"))
    total = sum(people.values())
    return [
        (_("Baris diterima"), rows, ""),
        (
            _("Orang berbeda"),
            total,
            _("%(n)s baris menyebut orang yang sudah ada") % {"n": angka(max(0, rows - total))},
        ),
        (_("Ditemukan di kependudukan"), people.get("cocok", 0), _missing(people)),
    ]


def _counted(codes: list[str]) -> Counted:
    """Rows received and people by how they were found, in these regions, as of the last MINUTE: tables are long."""
    key = "corong-" + sha256(" ".join(codes).encode()).hexdigest()
    return cast("Counted", cache.get_or_set(key, lambda: _count(codes), MINUTE))


def _count(codes: list[str]) -> Counted:
    states = Person.objects.filter(within_codes(codes), state=PersonState.HERE).values_list("status_tautan")
    return effective_rows().filter(within_codes(codes)).count(), dict(states.annotate(number=Count("id")))


def _missing(people: dict[str, int]) -> str:
    words = {"a": angka(people.get("tinjau", 0)), "b": angka(people.get("tidak", 0))}
    return _("%(a)s menunggu tinjauan, %(b)s tidak ditemukan") % words


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
