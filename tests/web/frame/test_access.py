"""Every address declares its permission, and keeps to it: each role, a neighbour, and nobody."""

from collections.abc import Callable, Iterator

import examples
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import PUBLIC
from jangkau.apps.accounts.roles import PERMISSIONS, Role

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
ABROAD = (("operator_kab", "1704"), ("operator_desa", "1704012001"), ("operator_desa", "1705012001"))


def _statuses(client: Client, address: str) -> dict[str, int]:
    """What GET, and POST without a body, answer."""
    return {"GET": _status(client.get(address)), "POST": _status(client.post(address))}


def _status(answer: HttpResponse) -> int:
    if answer.streaming:  # a file that is sent is closed at its end
        b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize(("place", "entry"), OWN, ids=[place or "/" for place, _ in OWN])
def test_every_view_declares_its_permission(place: str, entry: URLPattern) -> None:
    declared = getattr(entry.callback, "permission", None)
    assert declared == PUBLIC or declared in PERMISSIONS, f"{place}: needs(...) or public is missing"


@pytest.mark.parametrize(("place", "entry"), PLAIN, ids=[place or "/" for place, _ in PLAIN])
def test_nobody_is_sent_to_sign_in(client: Client, db: None, place: str, entry: URLPattern) -> None:
    for answer in (client.get(_address(entry)), client.post(_address(entry))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/masuk/")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may_and_nothing_else(sign_in: Callable[..., Client], role: Role) -> None:
    client = sign_in(role)
    for place, entry in PLAIN:
        allowed = role in PERMISSIONS[entry.callback.permission]
        for verb, status in _statuses(client, _address(entry)).items():
            assert (status == 403) != allowed, f"{role} {verb} {place}: {status}"
            assert status < 500, f"{role} {verb} {place}: {status}"


def test_every_address_with_arguments_has_an_example() -> None:
    missing = sorted({entry.name or place for place, entry in DETAILED} - set(EXAMPLES))
    assert not missing, f"add to tests/web/<app>/examples.py (see tests/examples.py): {missing}"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_thing_opens_for_its_roles_in_its_region_only(
    sign_in: Callable[..., Client], user: Callable[..., User], name: str
) -> None:
    entry = next(entry for _, entry in DETAILED if entry.name == name)
    address = reverse(name, kwargs=EXAMPLES[name].make(user))
    allowed = PERMISSIONS[entry.callback.permission]
    assert {*_statuses(Client(), address).values()} == {302}
    for role, region in ABROAD:
        shut = {403, 404, 405} if role not in allowed or not EXAMPLES[name].shared else {200, 302, 404, 405}
        assert {*_statuses(sign_in(role, region), address).values()} <= shut, f"{role} {region}"
    for role in Role:
        if role not in allowed:
            assert {*_statuses(sign_in(role), address).values()} == {403}, role
    owners = {Role.OPERATOR_KAB} if EXAMPLES[name].personal else allowed
    for role in allowed - owners:
        assert {*_statuses(sign_in(role), address).values()} <= {404, 405}, role
    insiders = [sign_in(role) for role in owners]
    assert {_status(client.get(address)) for client in insiders} <= {200, 302, 405}
    assert {_status(client.post(address)) for client in insiders} <= {200, 302, 404, 405, 409, 422}
