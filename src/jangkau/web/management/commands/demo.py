"""`jangkau-admin demo`: a made-up province, brought in the same way as a real one, and one user a role."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Sum
from rich.console import Console
from rich.table import Table

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.roles import Role
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.models import ListFile
from jangkau.apps.regions.models import Region
from jangkau.cli.common import progress
from jangkau.core.synthetic import generate
from jangkau.web.bring import bring_everything, ready
from jangkau.web.sample import show_claims
from jangkau.web.sample_batches import show_batches
from jangkau.web.sample_books import show_membership
from jangkau.web.sample_field import show_field
from jangkau.web.sample_monev import show_monitoring
from jangkau.web.sample_opendata import show_open_data
from jangkau.web.sample_outreach import show_outreach
from jangkau.web.sample_partners import show_partners
from jangkau.web.sample_plans import show_plans
from jangkau.web.sample_reports import show_reports
from jangkau.web.sample_requests import show_requests
from jangkau.web.sample_scorecards import show_scorecards

SENDER, APPROVER = "operator_prov", "penyetuju_prov"
LEVELS = {
    Role.PENDATA: 10, Role.OPERATOR_DESA: 10, Role.OPERATOR_KAB: 4, Role.PENYETUJU: 4, Role.SPONSOR: 4,
    Role.PENGHUBUNG: 4, Role.PTSP: 4,
}  # fmt: skip
_ABOVE = {Role.OPERATOR_KAB: SENDER, Role.PENYETUJU: APPROVER}  # a second one, of the province


@transaction.atomic
def _user(username: str, password: str, role: Role, region_code: str, nama: str) -> User:
    """A demo user, on record as one made from the console; made once."""
    known = User.objects.filter(username=username).exists()
    user = make_user(username, password, role.value, region_code, nama)
    if not known:
        record(
            "users.command",
            by=None,
            thing=user,
            region_code=region_code,
            after={"role": role.value, "region": region_code},
        )
    return user


class Command(BaseCommand):
    """The demo province. Safe to run again: what is there stays."""

    help = "Buat provinsi contoh dengan satu pengguna tiap peran."

    def add_arguments(self, parser: CommandParser) -> None:
        """How large, and the password of every demo user."""
        parser.add_argument("--scale", type=float, default=0.02, help="1 = sebesar aslinya")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--province", default="17")
        parser.add_argument("--workspace", type=Path, help="ruang kerja yang sudah ada, bukan yang baru dibuat")
        parser.add_argument("--password", default="jangkau-contoh", help="sandi semua pengguna contoh")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it."""
        folder = options["workspace"] or Path(settings.DATA) / "contoh"
        with progress(quiet=False) as listener:
            ready(options["province"])
            if not (folder / "jangkau.yaml").is_file():
                generate(folder, options["province"], options["scale"], options["seed"], on_step=listener.step)
            sender = _user(SENDER, options["password"], Role.OPERATOR_KAB, options["province"], "Dinas provinsi")
            bring_everything(folder, listener, by=sender)
            users = self._users(options["province"], options["password"])
            clerk, approver = (User.objects.get(username=role.value) for role in (Role.OPERATOR_KAB, Role.PENYETUJU))
            show_plans(users[1][1][:4], by=clerk, approver=approver, progress=listener)
            show_claims(users[1][1][:4], listener, by=clerk)
            show_batches(users[1][1][:4], listener, by=clerk, approver=approver)
            show_membership(users[1][1][:4], listener, by=clerk)
            manager = User.objects.get(username=Role.PENGELOLA.value)
            show_monitoring(listener, by=manager)
            show_reports(options["province"], users[1][1][:4], listener, by=manager)
            collector = User.objects.get(username=Role.PENDATA.value)
            show_field(users[0][1], listener, by=clerk, collector=collector, manager=manager)
            above = User.objects.get(username=APPROVER)
            show_open_data(options["province"], listener, by=manager, approver=above)
            show_requests(users[1][1], by=User.objects.get(username=Role.OPERATOR_DESA.value))
            judge = User.objects.get(username=Role.EVALUATOR.value)
            show_scorecards(users[1][1][:4], by=clerk, judge=judge)
            guests = [User.objects.get(username=role.value) for role in (Role.SPONSOR, Role.PENGHUBUNG)]
            show_partners(users[1][1][:4], listener, by=manager, approver=approver, guests=guests)
            show_outreach(users[1][1][:4], users[1][1], listener, by=clerk)
        self._show(users, options["password"])

    def _users(self, province: str, password: str) -> list[tuple[Role, str]]:
        desa = self._village(province)
        places = {2: province, 4: desa[:4], 10: desa}
        held = [(role, places[LEVELS.get(role, 2)]) for role in Role]
        for role, code in held:
            _user(role.value, password, role, code, str(role.label))
        _user(APPROVER, password, Role.PENYETUJU, province, "Penyetuju provinsi")
        return [*held, *((role, province) for role in _ABOVE)]

    def _village(self, province: str) -> str:
        """The desa from which most people were proposed; the first, where no list came."""
        lists = ListFile.objects.filter(region_code__regex=r"^\d{10}$").values("region_code")
        most = lists.annotate(total=Sum("people")).order_by("-total", "region_code").first()
        first = Region.objects.filter(code__startswith=province, level="desa").order_by("code")
        return most["region_code"] if most else first[0].code

    def _show(self, users: list[tuple[Role, str]], password: str) -> None:
        table = Table("pengguna", "sandi", "peran", "wilayah")
        names = dict(Region.objects.filter(code__in=[code for _, code in users]).values_list("code", "name"))
        for role, code in users:
            name = _ABOVE[role] if role in _ABOVE and len(code) == 2 else role.value
            table.add_row(name, password, str(role.label), names[code])
        Console().print(table)
