"""Snapshots of registers: what is in use, from whom, as of when. The rows themselves are not given out."""

from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Pages
from jangkau.api.problems import USUAL
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.registry.models import Snapshot
from jangkau.apps.registry.views import kinds

router = Router(tags=["cuplikan"])
Kind = Literal["penduduk", "peserta", "kesejahteraan", "angkatan_kerja"]


class SnapshotOut(Schema):
    """A snapshot."""

    id: int
    jenis: str = Field(alias="kind", examples=["penduduk"])
    per: date = Field(alias="as_of", examples=["2026-11-01"])
    sumber: str = Field(alias="source", examples=["Dinas Dukcapil"])
    keadaan: str = Field(alias="state", examples=["siap"])
    baris: int | None = Field(alias="rows", examples=[1234])
    sha256: str = Field(description="sidik berkas asal")
    diterima: datetime = Field(alias="created_at")


@router.get("", response={200: list[SnapshotOut], **USUAL}, by_alias=False, summary="Daftar cuplikan register")
@paginate(Pages)
@needs("registers.view")
def snapshots(request: HttpRequest, jenis: Kind | None = None) -> QuerySet[Snapshot]:
    """Cuplikan register, terbaru dahulu."""
    seen = [kind for kind in kinds(request) if jenis in (None, kind)]
    return Snapshot.objects.filter(kind__in=seen)
