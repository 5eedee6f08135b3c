"""How often the public may ask: each place a few times a day, all places together a few hundred times an hour.

Questions of cover, requests and receipts are counted apart: whoever uses up one may still do the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection, transaction

from jangkau.apps.portal.models import Check
from jangkau.apps.portal.sums import keyed

_KEPT = timedelta(days=30)
_PREFIX = 64  # of an IPv6 address: one household has them all


@dataclass(frozen=True)
class Limit:
    """Kinds that share a count; the settings that hold how many a place may ask a day, and all an hour."""

    kinds: tuple[str, ...]
    a_day: str
    an_hour: str
    lock: int


CHECK = Limit(("cek", "waris"), "CHECKS_A_DAY", "CHECKS_AN_HOUR", 740_001)
ASK = Limit(("minta",), "REQUESTS_A_DAY", "REQUESTS_AN_HOUR", 740_002)
RECEIPT = Limit(("tanda",), "RECEIPTS_A_DAY", "RECEIPTS_AN_HOUR", 740_003)


def may_ask(limit: Limit, kind: str, address: str, now: datetime) -> bool:
    """Whether this place may ask once more, noting that it does and nothing else."""
    if _used_up(limit, now):  # a flood is turned away without a lock
        return False
    place, asked = place_of(address, now), Check.objects.filter(kind__in=limit.kinds)
    with transaction.atomic():
        _one_after_another(limit)
        if _used_up(limit, now):
            return False
        if asked.filter(at__gt=now - timedelta(days=1), place=place).count() >= getattr(settings, limit.a_day):
            return False
        Check.objects.create(kind=kind, place=place, at=now)
    Check.objects.filter(at__lt=now - _KEPT).delete()
    return True


def _used_up(limit: Limit, now: datetime) -> bool:
    """Whether all places together have had their share of this hour."""
    asked = Check.objects.filter(kind__in=limit.kinds, at__gt=now - timedelta(hours=1))
    return asked.count() >= int(getattr(settings, limit.an_hour))


def place_of(address: str, now: datetime) -> str:
    """A sum of where somebody asks from, another every day."""
    return keyed("tempat", f"{_network(address)}|{now.date().isoformat()}")


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or int(known) >> (128 - _PREFIX))


def _one_after_another(limit: Limit) -> None:
    """A burst counts as so many: SQLite lets one write at a time, PostgreSQL is told to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [limit.lock])
