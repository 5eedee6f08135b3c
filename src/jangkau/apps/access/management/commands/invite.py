"""`jangkau-admin invite`: the first admin, and whoever has shut everyone out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jangkau.apps.access.actions import invite_from_console
from jangkau.apps.accounts.roles import Role
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.problems import Problem


class Command(BaseCommand):
    """Make a user, or add a role to one, and print the address at which a password is chosen."""

    help = "Buat pengguna (atau tambah perannya) dan cetak tautan untuk memilih sandi."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, where."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=list(Role.values), default=Role.ADMIN.value)
        parser.add_argument("--region", default="17", help="kode wilayah")
        parser.add_argument("--site", default="http://localhost:8000", help="alamat situs ini")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if not Region.objects.filter(code=options["region"]).exists():
            raise CommandError("Tidak ada wilayah dengan kode itu; jalankan dahulu `jangkau-admin setup`.")
        try:
            path = invite_from_console(options["username"], options["role"], options["region"])
        except Problem as problem:
            raise CommandError(f"{problem.pesan} {problem.saran}") from problem
        self.stdout.write(f"Buka sekali, dalam tiga hari: {options['site'].rstrip('/')}{path}")
