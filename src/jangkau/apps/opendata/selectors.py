"""Asking for editions, by those who make and approve them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within
from jangkau.apps.opendata.models import Edition, EditionState

REASONS = ("kecil", "nol", "sisa", "selisih")


def editions() -> QuerySet[Edition]:
    """All of them, the newest first; an edition belongs to the whole province."""
    return Edition.objects.select_related("made_by", "decided_by", "job")


def waiting(user: User) -> int:
    """Editions that wait for the user's word."""
    if not scope(user, "opendata.approve"):
        return 0
    own = Edition.objects.filter(within(user, "opendata.approve"), state=EditionState.PROPOSED)
    return own.exclude(made_by=user).exclude(proposed_by=user).count()


def closed(edition: Edition) -> list[dict[str, Any]]:
    """Of each indicator and level: figures, closed ones by reason, and those that only protect."""
    names = {one["kode"]: one["nama"] for one in edition.datasets}
    rows = edition.summary.get("sebab", [])
    return [
        {
            **row, "nama": names.get(row["indikator"], row["indikator"]), "sendiri": _sum(row, REASONS),
            "persen": 100 * _sum(row, (*REASONS, "pelindung")) / row["angka"],
        }
        for row in rows
    ]  # fmt: skip


def total(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The same over all indicators and levels."""
    kept = list(rows)
    return {name: sum(row[name] for row in kept) for name in ("angka", "sendiri", "pelindung", *REASONS)}


def _sum(row: dict[str, Any], names: Iterable[str]) -> int:
    return sum(row[name] for name in names)
