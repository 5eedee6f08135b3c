"""Asks for the background work on what has come, at most once every few seconds, and never at a phone's cost."""

import logging
import time
from datetime import timedelta

from django.db import DatabaseError

from jangkau.apps.jobs import actions as jobs

KIND = "field.settle"
_EVERY, _WAIT = 8.0, timedelta(seconds=10)
_last = [float("-inf")]  # of this process
log = logging.getLogger("jangkau.field")


def poke() -> None:
    """See to it that what was received until now is settled soon: work asked for now begins after `_WAIT`, which is
    longer than nobody asks again, so whatever comes meanwhile is met by it."""
    now = time.monotonic()
    if now - _last[0] < _EVERY:
        return
    _last[0] = now
    try:
        jobs.start(KIND, {}, by=None, wait=_WAIT)
    except DatabaseError as error:  # what was received is safe; the timer's work finds it
        log.warning("field.settle could not be queued: %s", type(error).__name__)
