"""Asking for cases."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.claims.actions import ENDING_SOON
from jangkau.apps.claims.models import COVERED, Case
from jangkau.core.enrolment.case_states import FIRST, states

VIEW = "claims.view"
GROUPS = {
    "kunjungi": _("Perlu dikunjungi"), "pastikan": _("Pastikan dahulu"), "berjalan": _("Sedang diurus"),
    "jam": _("Jam lapor berjalan"), "akhir": _("Hampir kedaluwarsa"), "selesai": _("Selesai"), "semua": _("Semua"),
}  # fmt: skip
_OVER = [name for name, state in states().items() if state.final]


def _conditions() -> dict[str, Q]:
    """What belongs to each group."""
    soon = timezone.localdate() + timedelta(days=ENDING_SOON)
    still = ~Q(state__in=_OVER)
    return {
        "kunjungi": Q(state=FIRST, status__in=COVERED),
        "pastikan": Q(state=FIRST) & ~Q(status__in=COVERED),
        "berjalan": still & ~Q(state=FIRST),
        "jam": still & Q(report_by__isnull=False, told_at=None),
        "akhir": still & Q(expires__lte=soon),
        "selesai": Q(state__in=_OVER),
        "semua": Q(),
    }


def _narrowed(user: User, asked: Mapping[str, Any]) -> "QuerySet[Case]":
    found = Case.objects.filter(within(user, VIEW))
    if code := asked.get("wilayah"):
        found = found.filter(region_code__startswith=code)
    if kind := asked.get("peristiwa"):
        found = found.filter(happening=kind)
    if name := asked.get("cari"):
        found = found.filter(nama__icontains=name)
    return found


def cases(user: User, asked: Mapping[str, Any]) -> "QuerySet[Case]":
    """Cases of the user's regions, narrowed by `kelompok`, `wilayah`, `peristiwa` and `cari`; the nearest end first."""
    found = _narrowed(user, asked).filter(_conditions()[asked.get("kelompok") or "semua"])
    return found.annotate(family=Count("heirs")).order_by("expires", "pk")


def counts(user: User, asked: Mapping[str, Any]) -> dict[str, int]:
    """How many cases each group has under the other filters."""
    wanted = {name: Count("pk", filter=condition) for name, condition in _conditions().items()}
    return _narrowed(user, asked).order_by().aggregate(**wanted)


def waiting(user: User) -> dict[str, int]:
    """How much waits for someone who reports or edits: families to visit, clocks that run, rights that end."""
    own = Case.objects.filter(within(user, "claims.report"))
    wanted = {name: condition for name, condition in _conditions().items() if name in ("kunjungi", "jam", "akhir")}
    return own.aggregate(**{name: Count("pk", filter=condition) for name, condition in wanted.items()})
