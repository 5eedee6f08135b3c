"""`jangkau-admin worker`: does background jobs, and picks up those of a worker that died."""

import contextlib
import time
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from jangkau.apps.jobs.actions import pick_up_the_fallen

BETWEEN_ROUNDS = 20.0


class Command(BaseCommand):
    """One worker; start as many as the machine has room for."""

    help = "Kerjakan pekerjaan latar belakang."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until interrupted; where the database goes away, wait for it."""
        Thread(target=_rounds, daemon=True).start()
        while True:
            try:
                call_command("db_worker", "--no-reload", verbosity=0)
            except DatabaseError:
                connection.close()
                time.sleep(2)
                continue
            return


def _rounds() -> None:
    while True:
        with contextlib.suppress(DatabaseError):
            pick_up_the_fallen()
        connection.close()
        time.sleep(BETWEEN_ROUNDS)
