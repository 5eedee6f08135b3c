"""Every address declares its permission, and keeps to it: each role, a neighbour, and nobody.

The guard stands outermost and knows no methods, so a role that it stops is tried with GET; who is stopped further in,
for the region or the thing, with POST as well. Only pages that are due are drawn: GET of each role that may. A refusal
is told by its status (its page: test_home), and so is what POST without a body comes to.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import examples
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from worlds import Cast, undone

from jangkau.apps.accounts.permissions import PUBLIC, needs
from jangkau.apps.accounts.roles import PERMISSIONS, Role
from tests.web.conftest import NEIGHBOURS

DUE = {"get": {200, 302, 405}, "post": {200, 302, 404, 405, 409, 422}}
GUARD = needs("home.view")(lambda request: HttpResponse()).__code__  # what `needs` wraps every view in
LIBRARY = ("allauth.",)  # sign-in itself
API = "api/v1/"  # tried in tests/web/api


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        place = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, place)
        else:
            yield place, entry


OWN = [
    (place, entry)
    for place, entry in patterns()
    if not place.startswith(API) and not entry.callback.__module__.startswith(LIBRARY)
]
GUARDED = [(place, entry) for place, entry in OWN if getattr(entry.callback, "permission", None) != PUBLIC]


def _address(entry: URLPattern) -> str | None:
    """The address of a pattern without arguments."""
    try:
        return reverse(entry.name or "")
    except NoReverseMatch:
        return None


PLAIN = [(place, entry) for place, entry in GUARDED if _address(entry)]
DETAILED = [(place, entry) for place, entry in GUARDED if not _address(entry)]
EXAMPLES = examples.load()
THINGS = {example: [name for name in sorted(EXAMPLES) if EXAMPLES[name] is example] for example in EXAMPLES.values()}


def any_database(role: Role) -> Any:
    """On PostgreSQL the pages are tried by one role: who may do what does not depend on the database."""
    return pytest.param(role, marks=pytest.mark.any_database)


@pytest.fixture(autouse=True)
def _refusals_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    for status in (403, 404):
        monkeypatch.setattr(f"jangkau.urls.handler{status}", _told(status))


def _told(status: int) -> Callable[..., HttpResponse]:
    def handler(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponse(status=status)

    return handler


def _is_refused(client: Client, address: str) -> bool:
    return client.get(address).status_code == 403


@contextmanager
def _undrawn() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.template.loader.render_to_string", lambda *given, **named: "")
        yield


def _statuses(client: Client, address: str) -> dict[str, int]:
    """What GET, and POST without a body, answer."""
    drawn = _status(client.get(address))
    with _undrawn():
        return {"GET": drawn, "POST": _status(client.post(address))}


def _status(answer: HttpResponse) -> int:
    if answer.streaming:  # a file that is sent is closed at its end
        b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize(("place", "entry"), OWN, ids=[place or "/" for place, _ in OWN])
def test_every_view_declares_its_permission(place: str, entry: URLPattern) -> None:
    declared = getattr(entry.callback, "permission", None)
    assert declared == PUBLIC or declared in PERMISSIONS, f"{place}: needs(...) or public is missing"
    assert declared == PUBLIC or entry.callback.__code__ is GUARD, f"{place}: needs(...) must stand outermost"


@pytest.mark.any_database
@pytest.mark.parametrize(("place", "entry"), PLAIN, ids=[place or "/" for place, _ in PLAIN])
def test_nobody_is_sent_to_sign_in(cast: Cast, place: str, entry: URLPattern) -> None:
    client = cast.nobody()
    for answer in (client.get(_address(entry)), client.post(_address(entry))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/masuk/")


@pytest.mark.parametrize("role", [Role.PENGELOLA, *(any_database(role) for role in Role if role != Role.PENGELOLA)])
def test_each_role_opens_what_it_may_and_nothing_else(cast: Cast, role: Role) -> None:
    client = cast.client(role)
    for place, entry in PLAIN:
        if role not in PERMISSIONS[entry.callback.permission]:
            assert _is_refused(client, _address(entry)), f"{role} {place}"
            continue
        for verb, status in _statuses(client, _address(entry)).items():
            assert status < 500, f"{role} {verb} {place}: {status}"
            assert status != 403, f"{role} {verb} {place}"


def test_every_address_with_arguments_has_an_example() -> None:
    missing = sorted({entry.name or place for place, entry in DETAILED} - set(EXAMPLES))
    assert not missing, f"add to tests/web/<app>/examples.py (see tests/examples.py): {missing}"


@pytest.mark.any_database
@pytest.mark.parametrize("example", [*THINGS], ids=[names[0] for names in THINGS.values()])
def test_a_thing_opens_for_its_roles_in_its_region_only(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, example: examples.Example
) -> None:
    """At every address of the thing, which is made once and is for each address as it was made."""
    monkeypatch.setattr("jangkau.web.context.menu", lambda user: [])  # costs more than the rest of a refusal
    with undone():
        arguments = example.make(cast.user)
        wrong = [(name, *fault) for name in THINGS[example] for fault in _tried(cast, example, name, arguments)]
    assert not wrong


def _tried(cast: Cast, example: examples.Example, name: str, arguments: dict[str, object]) -> list[tuple[object, ...]]:
    with undone():
        return [*_faults(cast, example, name, reverse(name, kwargs=arguments))]


def _faults(cast: Cast, example: examples.Example, name: str, address: str) -> Iterator[tuple[object, ...]]:
    """Who gets an answer that is not due: (who, answers)."""
    allowed = PERMISSIONS[next(entry for _, entry in DETAILED if entry.name == name).callback.permission]
    owners = {Role.OPERATOR_KAB} if example.personal else allowed
    due = [("nobody", cast.nobody(), {302})]
    for role, region in NEIGHBOURS:
        shut = {403, 404, 405} if role not in allowed or not example.shared else {200, 302, 404, 405}
        due.append((f"{role} {region}", cast.client(role, region), shut))
    due += [(role, cast.client(role), {404, 405}) for role in allowed - owners]
    for who, client, right in due:
        answers = {*_statuses(client, address).values()}
        if not answers <= right:
            yield who, answers
    yield from (
        (role, "passed") for role in Role if role not in allowed and not _is_refused(cast.client(role), address)
    )
    for number, role in enumerate(sorted(owners)):
        client = cast.client(role)
        answers = {"get": _status(client.get(address))}
        with _undrawn() if number else nullcontext():
            answers["post"] = _status(client.post(address))
        yield from ((role, verb, answer) for verb, answer in answers.items() if answer not in DUE[verb])
