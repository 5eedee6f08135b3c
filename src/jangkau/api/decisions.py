"""What clerks decided of pairs."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Key, Pages
from jangkau.api.problems import USUAL
from jangkau.apps.accounts.permissions import needs, within
from jangkau.apps.audit.masking import mask_number, mask_text
from jangkau.apps.linkage.models import Decision

router = Router(tags=["keputusan"])


class DecisionOut(Schema):
    """A decision on a proposal row and a register row."""

    id: int
    id_usulan: str = Field(examples=["12/usulan.csv##7"])
    jenis_register: str = Field(alias="register", examples=["penduduk"])
    id_register: str = Field(examples=["1705••••••••0001"])
    keputusan: str = Field(description="cocok atau tidak", examples=["cocok"])
    wilayah: str = Field(alias="region_code", examples=["1705012002"])
    oleh: str = Field(alias="by.username", examples=["operator_kab"])
    pada: datetime = Field(alias="at")
    batal: bool
    alasan: str

    @staticmethod
    def resolve_id_usulan(decision: Decision) -> str:
        """Long numbers masked."""
        return mask_text(decision.id_usulan)

    @staticmethod
    def resolve_id_register(decision: Decision) -> str:
        """Masked."""
        return mask_number(decision.id_register)

    @staticmethod
    def resolve_batal(decision: Decision) -> bool:
        """Taken back since."""
        return decision.undone_at is not None

    @staticmethod
    def resolve_alasan(decision: Decision) -> str:
        """Long numbers masked."""
        return mask_text(decision.reason)


@router.get("", response={200: list[DecisionOut], **USUAL}, by_alias=False, summary="Keputusan tinjauan")
@paginate(Pages)
@needs("review.view")
def decisions(request: HttpRequest, setelah: Key | None = None) -> QuerySet[Decision]:
    """Keputusan di wilayah token, terlama dahulu; `setelah` meneruskan dari id yang terakhir diterima."""
    found = Decision.objects.filter(within(request.user, "review.view")).select_related("by").order_by("pk")
    return found.filter(pk__gt=setelah) if setelah else found
