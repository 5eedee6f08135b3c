"""The modules of the top bar, in order; each shows only to those who may open it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.claims.selectors import waiting as claims_waiting
from jangkau.apps.enrolment.selectors import waiting as enrolment_waiting
from jangkau.apps.field.overview import waiting as field_waiting
from jangkau.apps.intake.listing import faulty
from jangkau.apps.linkage.queue import waiting
from jangkau.apps.opendata.selectors import waiting as editions_waiting
from jangkau.apps.outreach.selectors import waiting as outreach_waiting
from jangkau.apps.partners.selectors import waiting as partners_waiting
from jangkau.apps.planning.selectors import waiting as plans_waiting
from jangkau.apps.reconciliation.selectors import waiting as findings
from jangkau.web.counts import MENU, kept

Count = Callable[[User], int]


@dataclass(frozen=True)
class Module:
    """A module: its url name, permission and label; `waiting` counts the work that waits in it."""

    url: str
    permission: str
    label: object
    waiting: Count | None = None


MODULES: list[Module] = [
    Module("home", "home.view", _("Beranda")),
    Module("intake", "intake.view", _("Pendataan"), faulty),
    Module("field", "field.supervise", _("Lapangan"), field_waiting),
    Module("petitions", "requests.view", _("Permintaan")),
    Module("review", "review.view", _("Tinjauan"), lambda user: waiting(user).order_by().count()),
    Module("people", "people.view", _("Pekerja")),
    Module("plans", "plans.view", _("Rencana"), lambda user: plans_waiting(user).count()),
    Module("enrolment", "enrolment.view", _("Kepesertaan"), lambda user: enrolment_waiting(user) + findings(user)),
    Module("claims", "claims.view", _("Klaim"), lambda user: claims_waiting(user)["kunjungi"]),
    Module("monev", "monev.view", _("Monev"), editions_waiting),
    Module("partners", "partners.home", _("Mitra"), partners_waiting),
    Module("snapshots", "registers.view", _("Data")),
    Module("audit", "audit.view", _("Audit")),
    Module("users", "users.manage", _("Pengguna")),
]

# The pages of one module that keep their own addresses: its tabs.
MEMBERSHIP: list[Module] = [
    Module("enrolment", "enrolment.view", _("Pengajuan")),
    Module("decrees", "enrolment.view", _("SK")),
    Module("book", "ledger.view", _("Buku dana")),
    Module("reconciliations", "reconciliation.view", _("Rekonsiliasi")),
    Module("radar", "reconciliation.view", _("Radar lapse")),
    Module("handovers", "reconciliation.view", _("Serah terima")),
]
MONITORING: list[Module] = [
    Module("monev", "monev.view", _("Cakupan")),
    Module("reports", "reports.view", _("Laporan")),
    Module("surveys", "monev.view", _("Survei")),
    Module("editions", "opendata.view", _("Data terbuka"), editions_waiting),
    Module("scorecards", "scorecards.view", _("Kartu nilai")),
    Module("impacts", "impact.view", _("Dampak")),
]
PARTNERS: list[Module] = [
    Module("pledges", "pledges.view", _("Janji dana")),
    Module("sponsors", "pledges.view", _("Penyandang dana")),
    Module("companies", "companies.view", _("Perusahaan")),
    Module("groups", "groups.view", _("Kelompok")),
    Module("permit_check", "permits.check", _("Periksa untuk izin")),
    Module("campaigns", "outreach.view", _("Sosialisasi"), outreach_waiting),
]


@dataclass(frozen=True)
class Entry:
    """A module in the bar of one user, with how much waits in it."""

    url: str
    label: object
    count: int


def menu(user: User) -> list[Entry]:
    """The modules that the user may open."""
    own = [module for module in MODULES if allowed(user, module.permission)]
    waiting = kept(user, MENU, lambda: {m.url: m.waiting(user) for m in own if m.waiting})
    return [Entry(m.url, m.label, waiting.get(m.url, 0)) for m in own]
