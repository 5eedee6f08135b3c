"""Rows that change are linked anew: a little later, once for all of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import matched
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions.shelf import restore, withdraw
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage import actions

Commits = Callable[..., Any]


@pytest.fixture
def by(user: Callable[..., User], regions: None) -> User:
    return user("operator_kab")


def test_a_withdrawal_and_what_follows_it_start_one_run_a_little_later(
    by: User, django_capture_on_commit_callbacks: Commits
) -> None:
    matched.registers()
    file = matched.niur(by)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(file, "salah kirim", by=by)
        file.refresh_from_db()
        restore(file, by=by)
    assert Job.objects.get().kind == actions.KIND
    begins = DBTaskResult.objects.get().run_after - timezone.now()
    assert timedelta(seconds=90) < begins <= timedelta(minutes=2)
    assert not DBTaskResult.objects.ready().exists()


def test_who_asks_for_a_run_meanwhile_does_not_wait(by: User, django_capture_on_commit_callbacks: Commits) -> None:
    matched.registers()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(matched.niur(by), "salah kirim", by=by)
        actions.start(by=by)
    assert Job.objects.count() == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_without_a_register_of_residents_nothing_is_started(by: User) -> None:
    withdraw(matched.niur(by), "salah kirim", by=by)
    assert not Job.objects.exists()
