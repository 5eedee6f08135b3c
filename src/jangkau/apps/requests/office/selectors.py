"""Asking for petitions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, scope, within
from jangkau.apps.requests import receipts
from jangkau.apps.requests.desks import ANSWER
from jangkau.apps.requests.models import OPEN, Petition

VIEW = "requests.view"
GROUPS = {
    "meja": _("Di meja Anda"), "lewat": _("Lewat batas"), "terbuka": _("Belum dijawab"), "selesai": _("Selesai"),
    "semua": _("Semua"),
}  # fmt: skip


def _desk(user: User) -> Q:
    """What lies on the desks at which the user sits."""
    here = Q(pk__in=[])
    for code in scope(user, ANSWER):
        here |= Q(region_code__startswith=code, level=10 if len(code) == 6 else len(code))
    return here


def _conditions(user: User) -> dict[str, Q]:
    still = Q(state__in=OPEN)
    return {
        "meja": still & _desk(user), "lewat": still & Q(due__lt=timezone.localdate()), "terbuka": still,
        "selesai": ~still, "semua": Q(),
    }  # fmt: skip


def _narrowed(user: User, asked: Mapping[str, Any]) -> "QuerySet[Petition]":
    found = Petition.objects.filter(within(user, VIEW))
    if kind := asked.get("jenis"):
        found = found.filter(kind=kind)
    if text := asked.get("cari"):
        code = receipts.read(text)
        found = found.filter(code_sum=receipts.sum_of(code)) if code else found.filter(nama__icontains=text)
    return found


def petitions(user: User, asked: Mapping[str, Any]) -> "QuerySet[Petition]":
    """Those of the user's regions that are asked for: the ones whose day comes first, what is over last."""
    group = asked.get("kelompok") or "semua"
    found = _narrowed(user, asked).filter(_conditions(user)[group])
    return found.order_by("-id") if group in ("selesai", "semua") else found.order_by("due", "id")


def counts(user: User, asked: Mapping[str, Any]) -> dict[str, int]:
    """How many are in each group, in one question."""
    groups = {name: Count("pk", filter=condition) for name, condition in _conditions(user).items()}
    return _narrowed(user, asked).aggregate(**groups)


def waiting(user: User) -> tuple[int, int]:
    """How many lie on the user's desks, and how many of them have let their day pass."""
    if not allowed(user, ANSWER):
        return 0, 0
    late = Count("pk", filter=Q(due__lt=timezone.localdate()))
    found = Petition.objects.filter(_desk(user), state__in=OPEN).aggregate(all=Count("pk"), late=late)
    return found["all"], found["late"]
