"""What all tests with a database share."""

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

_emptied = TransactionTestCase._fixture_teardown


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a province go to one worker, so that it is made once; the larger such groups begin first."""
    for item in items:
        if item.path.parent.name in ("golden", "integration") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("matched" if "matched" in item.fixturenames else item.path.stem))


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_seal() -> Any:
    """Emptying the database between tests deletes audit events and entries, which the database refuses: open it
    for that alone."""

    def teardown(self: TransactionTestCase) -> None:
        from jangkau.apps.audit.seal import seal, unseal
        from jangkau.apps.enrolment.holding import let_go

        unseal(connection)
        with let_go(connection):
            _emptied(self)
        seal(connection)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined,method-assign]
    yield
    TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined,method-assign]
