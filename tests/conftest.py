"""What all tests with a database share."""

import gc
from contextlib import ExitStack
from typing import Any

import pytest
from costs import Costs
from database import migrated
from dealing import ByFile
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from tries import tries

_emptied = TransactionTestCase._fixture_teardown


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Costs())
    # No test is about time: a busy machine is no fault.
    settings.register_profile(
        "jangkau", max_examples=tries(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("jangkau")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded by now stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


_ASKS = {"db", "transactional_db", "live_server", "module_db"}


def _asks(item: pytest.Item) -> bool:
    """Whether a test asks for the database, and for this one: not where any would answer alike (`any_database`), nor
    where processes have an SQLite of their own."""
    fixtures = set(getattr(item, "fixturenames", _ASKS))
    if "own_site" in fixtures or item.get_closest_marker("any_database"):
        return False
    return bool(_ASKS & fixtures or item.get_closest_marker("django_db"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL what asks for no database is not run a second time: it cannot tell one from the other."""
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not _asks(item)])
        items[:] = filter(_asks, items)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any) -> Any:
    """The database of this worker, also where no test asks for `db` but only for a world of its module."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(migrated())
        yield
        with django_db_blocker.unblock():
            stack.close()


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
