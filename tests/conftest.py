"""What all tests with a database share."""

from typing import Any

import pytest
from dealing import ByFile
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

_emptied = TransactionTestCase._fixture_teardown


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any) -> Any:
    """The database of this worker, also where no test asks for `db` but only for a world of its module."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


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
