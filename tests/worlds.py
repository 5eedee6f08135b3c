"""Worlds that are made once a module, and left by each test as they were found.

_django_db_helper = worlds.in_the_world       # `db`, and what asks for it, write into the world of the module

@pytest.fixture(scope="module")
def world(module_db):                         # made once
    make_regions()
    return make_much().pk

@pytest.fixture
def thing(world, db):                         # each test has it as it was made
    return Thing.objects.get(pk=world)
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User

PASSWORD = "sandi-uji-0001"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@contextmanager
def undone() -> Iterator[None]:
    """What is written while it lasts is taken back at its end."""
    block = transaction.atomic()
    block._from_testcase = True  # as in Django's own tests: a durable block may stand inside
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def in_the_world(module_db: None) -> Iterator[None]:
    """What `db` stands for in a module with a world."""
    with undone():
        yield
        connection.check_constraints()


class Cast:
    """Users who are signed in once. Each `client` is a new browser of theirs: what befell the last is forgotten."""

    def __init__(self, homes: Mapping[str, str], neighbours: Iterable[tuple[str, str]]) -> None:
        self._homes = homes
        self._handler = Client().handler  # middleware is loaded once
        self._sessions = {(role, region): self._sign_in(role, region) for role, region in self._all(neighbours)}

    def _all(self, neighbours: Iterable[tuple[str, str]]) -> list[tuple[str, str | None]]:
        return [*((role, None) for role in self._homes), *neighbours]

    def _sign_in(self, role: str, region: str | None) -> str:
        client = self.nobody()
        client.force_login(self.user(role, region), backend=BACKEND)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def user(self, role: str, region: str | None = None) -> User:
        """As the fixture `user`, but whoever is there already stays signed in."""
        name = role if region is None else f"{role}-{region}"
        known = User.objects.filter(username=name).first()
        return known or make_user(name, PASSWORD, role, region or self._homes[role])

    def client(self, role: str, region: str | None = None) -> Client:
        """A browser in which the user of the role is signed in: in the usual region, or the neighbour of the region."""
        client = self.nobody()
        client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role, region]
        return client

    def nobody(self) -> Client:
        """A browser in which nobody is signed in."""
        client = Client()
        client.handler = self._handler
        return client
