"""Persons proposed, masked."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from jangkau.api.pages import Pages, Text
from jangkau.api.problems import MISSING, USUAL
from jangkau.apps.accounts.permissions import find, needs, within
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.linkage.models import Person, PersonState

router = Router(tags=["pekerja"])


class PersonOut(Schema):
    """A distinct person; the NIK is opened on the person's page only, for a reason."""

    id_pekerja: str
    nik: str | None = Field(examples=["1705••••••••0001"])
    nama: str | None
    tanggal_lahir: date | None
    jenis_kelamin: str | None
    kode_desa: str | None
    pekerjaan: str | None = Field(examples=["SAWIT"])
    status_tautan: str = Field(description="cocok, tinjau, tidak", examples=["cocok"])

    @staticmethod
    def resolve_nik(person: Person) -> str | None:
        """Masked."""
        return mask_number(person.nik) if person.nik else None


@router.get("", response={200: list[PersonOut], **USUAL}, summary="Daftar pekerja")
@paginate(Pages)
@needs("people.view")
def persons(request: HttpRequest, kode_desa: Text | None = None) -> QuerySet[Person]:
    """Orang yang diusulkan di wilayah token, masing-masing sekali."""
    found = Person.objects.filter(within(request.user, "people.view"), state=PersonState.HERE).order_by("pk")
    return found.filter(kode_desa=kode_desa) if kode_desa is not None else found


@router.get("/{id_pekerja}", response={200: PersonOut, **USUAL, **MISSING}, summary="Satu pekerja")
@needs("people.view")
def person(request: HttpRequest, id_pekerja: Text) -> Person:
    """Orang dengan id itu."""
    return find(request, Person.objects.filter(state=PersonState.HERE), "people.view", id_pekerja=id_pekerja)
