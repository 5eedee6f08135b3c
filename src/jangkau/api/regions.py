"""Regions of the province."""

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Pages, Text
from jangkau.api.problems import MISSING, USUAL
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.regions.models import Region

router = Router(tags=["wilayah"])
Level = Literal["provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan"]


class RegionOut(Schema):
    """A region."""

    kode: str = Field(alias="code", examples=["1705012002"])
    nama: str = Field(alias="name", examples=["Niur"])
    tingkat: str = Field(alias="level", examples=["desa"])
    induk: str | None = Field(alias="parent_id", examples=["170501"])


@router.get("", response={200: list[RegionOut], **USUAL}, by_alias=False, summary="Daftar wilayah")
@paginate(Pages)
@needs("regions.view")
def regions(
    request: HttpRequest, induk: Text | None = None, tingkat: Level | None = None, cari: Text | None = None
) -> QuerySet[Region]:
    """Wilayah provinsi ini menurut kode, nama, atau induknya."""
    wanted = {"parent_id": induk, "level": tingkat, "name__icontains": cari}
    return Region.objects.filter(**{name: value for name, value in wanted.items() if value is not None})


@router.get("/{kode}", response={200: RegionOut, **USUAL, **MISSING}, by_alias=False, summary="Satu wilayah")
@needs("regions.view")
def region(request: HttpRequest, kode: Text) -> Region:
    """Wilayah dengan kode Kemendagri itu, hanya angka."""
    return get_object_or_404(Region, code=kode)
