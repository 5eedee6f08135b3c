"""A form that is open, and a phone in desa Niur."""

import fielding
import pytest

from jangkau.apps.field import flow


@pytest.fixture(autouse=True)
def _ask_again(monkeypatch) -> None:
    """Each test asks for background work as if nobody had."""
    monkeypatch.setattr(flow, "_last", [float("-inf")])


@pytest.fixture
def form(regions):
    return fielding.form()


@pytest.fixture
def phone(regions, user):
    """(device, token) of the enumerator of Niur."""
    return fielding.phone(user("pendata"))


@pytest.fixture
def token(phone) -> str:
    return phone[1]
