"""Programs of the cast: a client that bears a token of a role."""

from collections.abc import Callable

import pytest
from django.test import Client

from jangkau.apps.access.tokens import make
from jangkau.apps.accounts.models import User

Program = Callable[..., Client]


@pytest.fixture
def token(user: Callable[..., User], regions: None) -> Callable[..., str]:
    """The text of a token of a role, in its usual region or the one given."""

    def give(role: str, region: str | None = None) -> str:
        owner = user(role, region)
        held = owner.assignments.get()
        return make(owner, nama="uji", role=held.role, region_code=held.region_code, days=1)[1]

    return give


@pytest.fixture
def program(token: Callable[..., str]) -> Program:
    """A program with such a token."""

    def enter(role: str, region: str | None = None) -> Client:
        return Client(headers={"Authorization": f"Bearer {token(role, region)}"})

    return enter
