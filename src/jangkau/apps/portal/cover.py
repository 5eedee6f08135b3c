"""Publishing who is covered until when without a name, and answering yes or no."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from jangkau.apps.portal.models import Cover, Edition
from jangkau.apps.portal.sums import keyed
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


def _key(nik: str, born: date) -> str:
    return keyed("cek", f"{nik}|{born.isoformat()}")
