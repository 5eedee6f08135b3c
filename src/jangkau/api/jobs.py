"""Background work: how far it is, and what came of it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Key, Pages
from jangkau.api.problems import MISSING, USUAL
from jangkau.apps.accounts.permissions import find, needs, within
from jangkau.apps.jobs.models import Job

router = Router(tags=["tugas"])


class JobOut(Schema):
    """A job."""

    id: int
    jenis: str = Field(alias="kind", examples=["intake.read"])
    wilayah: str = Field(alias="region_code", examples=["1705"])
    keadaan: str = Field(alias="state", description="antre, jalan, selesai, gagal, batal", examples=["selesai"])
    langkah: str = Field(alias="step", examples=["Membaca berkas"])
    selesai: int = Field(alias="done", examples=[60])
    dari: int | None = Field(alias="total", examples=[60])
    hasil: dict[str, Any] = Field(alias="result")
    masalah: dict[str, Any] = Field(alias="problem")
    dibuat: datetime = Field(alias="created_at")
    berakhir: datetime | None = Field(alias="ended_at")


@router.get("", response={200: list[JobOut], **USUAL}, by_alias=False, summary="Daftar tugas")
@paginate(Pages)
@needs("jobs.view")
def jobs(request: HttpRequest) -> QuerySet[Job]:
    """Tugas latar belakang di wilayah token, terbaru dahulu."""
    return Job.objects.filter(within(request.user, "jobs.view"))


@router.get("/{id}", response={200: JobOut, **USUAL, **MISSING}, by_alias=False, summary="Satu tugas")
@needs("jobs.view")
def job(request: HttpRequest, id: Key) -> Job:
    """Keadaan satu tugas; tanyakan lagi selama `keadaan` masih antre atau jalan."""
    return find(request, Job.objects.all(), "jobs.view", pk=id)
