"""What a piece of work is given while it runs: it says where it is, and learns that it should stop."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils import timezone

from jangkau.apps.jobs.models import Job

Work = Callable[["Running"], dict[str, Any]]
KINDS: dict[str, Work] = {}
BETWEEN_REPORTS = 0.4  # seconds
BETWEEN_BEATS = 5.0
AWAY = (OperationalError, InterfaceError)  # how a database that cannot be reached shows


def work(kind: str) -> Callable[[Work], Work]:
    """Declare what does jobs of a kind. It may be started again after a crash, so it must be idempotent."""

    def declare(function: Work) -> Work:
        KINDS[kind] = function
        return function

    return declare


Follow = Callable[[Job], object]
AFTER: dict[str, list[Follow]] = {}


def after(kind: str) -> Callable[[Follow], Follow]:
    """Declare what is done when a job of a kind is over without fault."""

    def declare(function: Follow) -> Follow:
        AFTER.setdefault(kind, []).append(function)
        return function

    return declare


class Cancelled(Exception):
    """Someone asked the work to stop."""


class Running:
    """The job at hand, as a listener of progress (`jangkau.core.kernel.progress.Progress`)."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.args: dict[str, Any] = job.args
        self._done, self._told = 0, 0.0

    def step(self, name: str, total: int | None = None) -> None:
        """A new step begins. Raises Cancelled where someone asked to stop."""
        self._done = 0
        self._tell(step=name, done=0, total=total)

    def advance(self, count: int = 1) -> None:
        """`count` more things are done. Raises Cancelled where someone asked to stop."""
        self._done += count
        if time.monotonic() - self._told > BETWEEN_REPORTS:
            self._tell(done=self._done)

    def _tell(self, **values: Any) -> None:
        self._told = time.monotonic()
        Job.objects.filter(pk=self.job.pk).update(heartbeat=timezone.now(), **values)
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled


class Heartbeat:
    """While the block runs, the job gives a sign of life from a thread of its own."""

    def __init__(self, job: Job) -> None:
        self._job, self._stop = job, Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(BETWEEN_BEATS):
            with suppress(*AWAY):  # the beat goes on when the database is back
                Job.objects.filter(pk=self._job.pk).update(heartbeat=timezone.now(), done=F("done"))
            connection.close()
