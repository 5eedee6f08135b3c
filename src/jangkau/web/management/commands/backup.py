"""`jangkau-admin backup FILE`: everything kept, in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jangkau.cli.common import progress
from jangkau.web.backup import backup


class Command(BaseCommand):
    """Copy database and files as of one moment, while the site goes on."""

    help = "Salin seluruh isi ke satu berkas .tar.gz."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        with progress(quiet=False) as listener:
            counts = backup(options["file"], listener)
        self.stdout.write(f"{sum(counts.values())} baris dari {len(counts)} tabel tersalin ke {options['file']}.")
