"""`jangkau-admin serve`: the site and its worker, in one command."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


@contextmanager
def _worker(*, wanted: bool) -> Iterator[None]:
    """A worker process beside the site, ended with it."""
    process = subprocess.Popen([sys.executable, "-m", "jangkau.admin", "worker"]) if wanted else None
    try:
        yield
    finally:
        if process:
            process.terminate()
            process.wait()


class Command(BaseCommand):
    """Serve the site, with one worker process for background jobs beside it; both end together."""

    help = "Jalankan situs dan pekerja latar belakang."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="proses web")
        parser.add_argument("--no-worker", action="store_true", help="pekerja latar belakang dijalankan sendiri")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until interrupted."""
        call_command("migrate", verbosity=0)
        with _worker(wanted=not options["no_worker"]):
            self._serve(options)

    def _serve(self, options: dict[str, Any]) -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        self.stdout.write(f"Jangkau di http://localhost:{options['port']} (hentikan dengan Ctrl+C)")
        Granian(
            "jangkau.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=8,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
