"""`jangkau-admin restore FILE`: from a copy to a working installation."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from jangkau.cli.common import progress
from jangkau.core.kernel.problems import Problem
from jangkau.web.backup import restore


class Command(BaseCommand):
    """Bring a copy into an empty database and folder: all of it or nothing."""

    help = "Kembalikan salinan ke basis data dan folder yang masih kosong."

    def add_arguments(self, parser: CommandParser) -> None:
        """From where."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        call_command("migrate", verbosity=0)
        try:
            with progress(quiet=False) as listener:
                counts = restore(options["file"], listener)
        except Problem as problem:
            self.stderr.write(f"{problem.pesan}\n{problem.saran}")
            sys.exit(problem.kind.keluar)
        self.stdout.write(f"{sum(counts.values())} baris dari {len(counts)} tabel kembali.")
