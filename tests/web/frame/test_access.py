"""Every address declares its permission, and keeps to it: each role, a neighbour, and nobody."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from jangkau.apps.accounts.permissions import PUBLIC
from jangkau.apps.accounts.roles import PERMISSIONS, Role

LIBRARY = ("allauth.",)  # sign-in itself


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        place = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, place)
        else:
            yield place, entry


OWN = [(place, entry) for place, entry in patterns() if not entry.callback.__module__.startswith(LIBRARY)]
GUARDED = [(place, entry) for place, entry in OWN if getattr(entry.callback, "permission", None) != PUBLIC]


def _address(entry: URLPattern) -> str | None:
    """The address of a pattern without arguments."""
    try:
        return reverse(entry.name or "")
    except NoReverseMatch:
        return None


PLAIN = [(place, entry) for place, entry in GUARDED if _address(entry)]


@pytest.mark.parametrize(("place", "entry"), OWN, ids=[place or "/" for place, _ in OWN])
def test_every_view_declares_its_permission(place: str, entry: URLPattern) -> None:
    declared = getattr(entry.callback, "permission", None)
    assert declared == PUBLIC or declared in PERMISSIONS, f"{place}: needs(...) or public is missing"


@pytest.mark.parametrize(("place", "entry"), PLAIN, ids=[place or "/" for place, _ in PLAIN])
def test_nobody_is_sent_to_sign_in(client: Client, db: None, place: str, entry: URLPattern) -> None:
    answer = client.get(_address(entry))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/masuk/")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may_and_nothing_else(sign_in: Callable[..., Client], role: Role) -> None:
    client = sign_in(role)
    for place, entry in PLAIN:
        allowed = role in PERMISSIONS[entry.callback.permission]
        status = client.get(_address(entry)).status_code
        assert (status == 403) != allowed, f"{role} at {place}: {status}"
        assert status < 500
