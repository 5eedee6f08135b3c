"""While there is signal: whether somebody is covered already, so that nobody is registered in vain."""

import re
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import within_codes
from jangkau.apps.field.models import Device, Lookup
from jangkau.apps.field.openrosa.doors import device_view
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.people.held import own_months
from jangkau.apps.people.months import Membership, memberships, month_name, strip
from jangkau.apps.registry import selectors as registry
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

AN_HOUR = 60  # questions a device may ask in one
_NIK = re.compile(r"\d{16}")


@device_view
@require_POST
def lookup(request: HttpRequest, device: Device) -> JsonResponse:
    """`nik` and `lahir` (a date) of someone of the phone's area: covered or not, and until when; nothing else."""
    nik, born = request.POST.get("nik", "").strip(), _date(request.POST.get("lahir", ""))
    if not _NIK.fullmatch(nik) or born is None:
        raise Problem("CEK_KURANG")
    if Lookup.objects.filter(device=device, at__gte=timezone.now() - timedelta(hours=1)).count() >= AN_HOUR:
        raise Problem("CEK_TERLALU_SERING")
    told = _told(_memberships(device, nik, born), timezone.localdate())
    Lookup.objects.create(device=device, known=told["dikenal"])
    return JsonResponse(told)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _memberships(device: Device, nik: str, born: date) -> list[Membership]:
    """Of the insurer's register and of our own books, in the phone's area only."""
    same = Person.objects.filter(within_codes([device.area]), nik=nik, tanggal_lahir=born, state=PersonState.HERE)
    own = [months for person in same[:1] for months in own_months(person)[0]]
    snapshot = registry.current("peserta")
    if snapshot is None:
        return own
    rows = pl.scan_parquet(snapshot.path).filter(
        pl.col("nik") == nik, pl.col("tanggal_lahir").cast(pl.String) == born.isoformat(),
        pl.col("kode_wilayah").str.starts_with(device.area[:4]),
    )  # fmt: skip
    return [*memberships([(row["kpj"], row) for row in rows.collect().to_dicts()]), *own]


def _told(rows: list[Membership], today: date) -> dict[str, Any]:
    if not rows:
        return {"dikenal": False, "sampai": None, "kata": _("Belum dikenal sebagai peserta. Teruskan mendata.")}
    months = strip(sorted(rows, key=lambda row: (row.start, row.until)), today, Book.load())
    until = months.paid_until or 0
    if until >= month_of(today):
        words = _("Sudah terlindungi sampai %(month)s.")
    elif months.state == "tunggakan":
        words = _("Peserta yang menunggak sejak %(month)s.")
        return {"dikenal": True, "sampai": None, "kata": words % {"month": month_name(until + 1)}}
    else:
        return {"dikenal": True, "sampai": None, "kata": _("Pernah menjadi peserta, sekarang tidak aktif. Teruskan.")}
    told = f"{until // 12:04d}-{until % 12 + 1:02d}"
    return {"dikenal": True, "sampai": told, "kata": words % {"month": month_name(until)}}
