"""The audit log, for auditors' programs."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Key, Pages, Text
from jangkau.api.problems import USUAL
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.audit.models import Event
from jangkau.apps.audit.selectors import readable

router = Router(tags=["audit"])


class EventOut(Schema):
    """An event."""

    nomor: int
    waktu: datetime
    pelaku: str = Field(alias="nama_pelaku", examples=["operator_kab"])
    dari: str = Field(description="alamat jaringan", examples=["10.1.2.3"])
    tindakan: str = Field(examples=["registers.receive"])
    benda: str
    id_benda: str
    wilayah: str = Field(alias="region_code", examples=["1705"])
    sebelum: dict[str, Any]
    sesudah: dict[str, Any]
    alasan: str
    sidik: str = Field(alias="hash", description="sha256 berantai")


@router.get("", response={200: list[EventOut], **USUAL}, by_alias=False, summary="Peristiwa audit")
@paginate(Pages)
@needs("audit.view")
def events(
    request: HttpRequest, setelah: Key | None = None, tindakan: Text | None = None, pelaku: Text | None = None
) -> QuerySet[Event]:
    """Peristiwa di wilayah token, terlama dahulu; `setelah` meneruskan dari nomor yang terakhir diterima."""
    wanted = {"nomor__gt": setelah, "tindakan": tindakan, "nama_pelaku": pelaku}
    kept = {name: value for name, value in wanted.items() if value is not None}
    return Event.objects.filter(readable(request.user), **kept).order_by("nomor")
