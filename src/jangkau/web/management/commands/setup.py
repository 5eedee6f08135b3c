"""`jangkau-admin setup`: a database ready for one province."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jangkau.web.bring import ready


class Command(BaseCommand):
    """Migrate, and load the regions of the province. Safe to run again, and after every update."""

    help = "Siapkan basis data dan wilayah satu provinsi; aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which province."""
        parser.add_argument("--province", default="17", help="kode provinsi, dua angka")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        self.stdout.write(f"{ready(options['province'])} wilayah siap.")
