"""Editions of open data in the database, made as the site makes them, from figures made up by hand."""

from collections.abc import Callable
from datetime import date

import opened
import polars as pl
import pytest
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.opendata import actions, making
from jangkau.apps.opendata.choice import Choice
from jangkau.apps.opendata.models import Edition, EditionState

CHOICE = Choice(("cakupan",), "kecamatan", ("segmen",), 5)
COVERED = {("170501", "PU"): 41, ("170501", "BPU"): 2, ("170401", "PU"): 50, ("170401", "BPU"): 30}
PEOPLE = {("170501", "PU"): 60, ("170501", "BPU"): 90, ("170401", "PU"): 70, ("170401", "BPU"): 50}
REGIONS = ("17", "1704", "1705", "170401", "170501")


def figures(covered: dict | None = None, per: date = date(2026, 12, 31)) -> pl.DataFrame:
    return opened.figures(covered or COVERED, PEOPLE, REGIONS, per)


def count(monkeypatch: pytest.MonkeyPatch, table: pl.DataFrame) -> None:
    """From now on the figures counted are these."""
    monkeypatch.setattr(making, "figures", lambda: (table, "ab" * 32))


def made(by: User, title: str = "Desember 2026") -> Edition:
    edition = actions.ask(title, CHOICE, by=by, region_code="17")
    run_job.call(edition.job_id)
    edition.refresh_from_db()
    assert edition.state == EditionState.READY, Job.objects.get(pk=edition.job_id).problem
    return edition


def published(user: Callable[..., User], title: str = "Desember 2026") -> Edition:
    edition = actions.propose(made(user("pengelola"), title), by=user("pengelola"))
    return actions.approve(edition, by=user("penyetuju", "17"))


def row(user: Callable[..., User], state: str = EditionState.READY) -> Edition:
    """An edition without files, for what needs none."""
    return Edition.objects.create(
        region_code="17", number=1, title="Desember 2026", state=state, choice=CHOICE.written(),
        made_by=user("pengelola"),
        published_at=timezone.now() if state == EditionState.PUBLISHED else None,
    )  # fmt: skip
