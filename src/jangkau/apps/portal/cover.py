"""Publishing who is covered until when without a name, and answering yes or no."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from jangkau.apps.portal.models import Check, Cover, Edition
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.parts import parts

Spell = tuple[str, date, int, int]
_AT_ONCE = 2_000


def publish(spells: Iterable[Spell], as_of: date, source: str = "") -> int:
    """Answer from these spells from now on: NIK, birth date, first and last month paid. Returns how many there are.

    They are readable only once all stand; what was answered from before is then gone.
    """
    edition, count = Edition.objects.create(as_of=as_of, source=source), 0
    for part in parts(list(spells), _AT_ONCE):
        rows = [Cover(edition=edition, key=_key(nik, born), since=a, until=b) for nik, born, a, b in part]
        count += len(Cover.objects.bulk_create(rows))
    with transaction.atomic():
        edition.whole = True
        edition.save()
        Edition.objects.exclude(pk=edition.pk).delete()
    return count


def covered_until(nik: str, born: date, on: date) -> int | None:
    """The last month (index) of cover where there is cover in the month of a day; None for everybody else alike."""
    asked, month = _key(nik, born), month_of(on)
    found = Cover.objects.filter(edition=newest(), key=asked, since__lte=month, until__gte=month)
    return max(found.values_list("until", flat=True), default=None)


def newest() -> Edition | None:
    """What is answered from."""
    return Edition.objects.filter(whole=True).first()


def may_ask(kind: str, address: str, now: datetime) -> bool:
    """Whether this place may ask once more, noting that it does; each place a few times a day, all a few hundred an
    hour, so that nobody can try numbers through.
    """
    place = _place(address, now.date())
    with transaction.atomic():
        Edition.objects.select_for_update().first()  # one asks after another: a burst counts as so many
        day = Check.objects.filter(at__gt=now - timedelta(days=1))
        hour = Check.objects.filter(at__gt=now - timedelta(hours=1))
        if day.filter(place=place).count() >= settings.CHECKS_A_DAY or hour.count() >= settings.CHECKS_AN_HOUR:
            return False
        Check.objects.create(kind=kind, place=place, at=now)
    Check.objects.filter(at__lt=now - timedelta(days=30)).delete()
    return True


def _key(nik: str, born: date) -> str:
    return _sum("cek", f"{nik}|{born.isoformat()}")


def _place(address: str, day: date) -> str:
    return _sum("tempat", f"{address}|{day.isoformat()}")


def _sum(purpose: str, text: str) -> str:
    return hmac.new(f"{purpose}|{settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).hexdigest()
