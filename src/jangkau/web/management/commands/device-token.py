"""`jangkau-admin device-token`: an address for a phone, from the console."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jangkau.apps.accounts.models import User
from jangkau.apps.field.actions import devices
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.problems import Problem


class Command(BaseCommand):
    """A token is printed alone on standard output, what it is for on standard error; it is shown this once."""

    help = "Beri telepon sebuah token untuk mengambil formulir dan mengirim isian."

    def add_arguments(self, parser: CommandParser) -> None:
        """For where, and for whom."""
        parser.add_argument("--desa", required=True, help="kode desa (10 angka), atau kecamatan (6 angka)")
        parser.add_argument("--user", help="nama pengguna pendata; tanpa ini untuk desa itu")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it."""
        region = Region.objects.filter(code=options["desa"], level__in=("desa", "kecamatan")).first()
        if region is None:
            raise CommandError(f"Desa {options['desa']} tidak dikenal. Tulis kode Kemendagri 10 angka.", returncode=2)
        try:
            device, token = devices.make(self._user(options["user"]), region.code, f"HP {region.name}", by=None)
        except Problem as problem:
            raise CommandError(f"{problem.pesan} {problem.saran}", returncode=1) from problem
        address = f"{settings.JANGKAU_SITE_URL}/k/{token}"
        told = {"token": token, "alamat": address, "desa": region.code, "nama_pengguna": device.username}
        self.stderr.write(f"Alamat server untuk ODK Collect: {address}")
        self.stderr.write(f"Atau alamat .../k/- dengan nama {device.username} dan token ini sebagai sandi.")
        self.stdout.write(json.dumps(told) if options["as_json"] else token)

    def _user(self, username: str | None) -> User | None:
        found = User.objects.filter(username=username).first() if username else None
        if username and found is None:
            raise CommandError(f"Pengguna {username} tidak ada.", returncode=2)
        return found
