"""`jangkau-admin user NAME --role admin --region 17`: the first user; the others are made on the pages."""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.roles import Role
from jangkau.apps.audit.actions import record
from jangkau.apps.regions.models import Region


class Command(BaseCommand):
    """Make a user with a role in a region, or give an existing one another role and password."""

    help = "Buat pengguna pertama; sandi ditanyakan, atau dari JANGKAU_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, where."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN.value)
        parser.add_argument("--region", required=True, help="kode wilayah")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if not Region.objects.filter(code=options["region"]).exists():
            raise CommandError("Kode wilayah ini tidak ada. Jalankan dahulu: jangkau-admin setup --province KODE")
        password = os.environ.get("JANGKAU_PASSWORD") or getpass("Sandi: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user = make_user(options["username"], password, options["role"], options["region"], options["name"])
        given = {"role": options["role"], "region": options["region"]}
        record("users.command", by=None, thing=user, region_code=options["region"], after=given)
        self.stdout.write(f"{user.username} siap.")
