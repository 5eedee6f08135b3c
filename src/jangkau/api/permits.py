"""What permit offices (PTSP) ask: is this company known to be in order, yes or no."""

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.throttling import AuthRateThrottle

from jangkau.api.problems import USUAL
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.partners.companies import permit

router = Router(tags=["kepatuhan"])


class Share(AuthRateThrottle):
    """So many questions a minute for each token; fewer than other requests, so that nobody tries numbers through."""

    scope = "permits"


class PermitIn(Schema):
    """One company, by one of its numbers."""

    jenis: Literal["nib", "npp", "npwp"]
    nomor: str = Field(max_length=40, examples=["9120001234567"])


class PermitOut(Schema):
    """Yes or no, and by the member register of which day; nothing else."""

    patuh: bool = Field(
        description="false berarti kepesertaan aktif belum terbukti di data kami, bukan bahwa perusahaan melanggar; "
        "minta bukti kepesertaan dari perusahaan"
    )
    per: date | None


@router.post("", response={200: PermitOut, **USUAL}, summary="Apakah perusahaan patuh", throttle=[Share()])
@needs("permits.check")
def check(request: HttpRequest, asked: PermitIn) -> dict[str, object]:
    """Nomor yang salah atau tidak dikenal dan perusahaan tanpa peserta aktif dijawab sama."""
    assert isinstance(request.user, User)
    known, as_of = permit(asked.jenis, asked.nomor, by=request.user)
    return {"patuh": known, "per": as_of}
