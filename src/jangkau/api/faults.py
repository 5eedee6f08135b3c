"""What is wrong with the lists that were sent."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Key, Pages
from jangkau.api.problems import USUAL
from jangkau.apps.accounts.permissions import needs, within
from jangkau.apps.audit.masking import mask_text
from jangkau.apps.intake.models import RowProblem

router = Router(tags=["masalah"])


class FaultOut(Schema):
    """A problem of a row, in the words of the catalogue."""

    kiriman: int = Field(alias="file.shipment_id")
    berkas: str = Field(examples=["usulan.csv"])
    lembar: str
    baris: int | None = Field(description="seperti yang dinomori Excel", examples=[7])
    kolom: str = Field(examples=["B"])
    kode: str = Field(examples=["NIK_TERPOTONG"])
    tingkat: str = Field(description="GALAT atau PERINGATAN", examples=["GALAT"])
    pesan: str
    saran: str

    @staticmethod
    def resolve_pesan(fault: RowProblem) -> str:
        """Long numbers masked."""
        return mask_text(fault.pesan)

    @staticmethod
    def resolve_berkas(fault: RowProblem) -> str:
        """Long numbers masked: some villages name files so."""
        return mask_text(fault.file.name)


@router.get("", response={200: list[FaultOut], **USUAL}, by_alias=False, summary="Masalah yang belum selesai")
@paginate(Pages)
@needs("intake.view")
def faults(request: HttpRequest, kiriman: Key | None = None) -> QuerySet[RowProblem]:
    """Masalah daftar di wilayah token, semua atau satu kiriman; yang sudah diperbaiki tidak ada lagi."""
    mine: Any = within(request.user, "intake.view", "file__region_code")
    found = RowProblem.objects.filter(mine, settled_at=None).select_related("file")
    return found.filter(file__shipment=kiriman) if kiriman else found
