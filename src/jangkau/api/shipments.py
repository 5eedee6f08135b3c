"""Sending proposals, and what became of them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.params import functions as sent

from jangkau.api.once import once
from jangkau.api.pages import Key, Text
from jangkau.api.problems import MISSING, USUAL, Told
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import find, needs, within
from jangkau.apps.audit.masking import mask_text
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.actions.typed import as_csv
from jangkau.apps.intake.models import ListFile, Shipment
from jangkau.apps.regions.models import Region

router = Router(tags=["kiriman"])
IdempotencyKey = Annotated[str, Field(max_length=100, pattern="^[!-~]*$", examples=["usulan-2611"])]
_KEY = sent.Header("", alias="Idempotency-Key")


class RowIn(Schema):
    """A person proposed, as the village writes it: nothing has to be tidy, what is unclear becomes a problem."""

    nik: Text = Field("", examples=["1705014505900001"])
    no_kk: Text = ""
    nama: Text = Field(examples=["Siti Contoh"])
    tanggal_lahir: Text = Field("", examples=["5 Mei 1990"])
    jenis_kelamin: Text = Field("", examples=["P"])
    desa: Text = ""
    pekerjaan: Text = Field("", examples=["Petani sawit"])
    penghasilan: Text = ""
    no_hp: Text = ""


class ShipmentIn(Schema):
    """A list."""

    untuk: str = Field(pattern=r"^(\d{6}|\d{10})$", description="kode kecamatan atau desa", examples=["1705012002"])
    nama: Text = Field("usulan", description="nama daftar, tampil di Pendataan", examples=["usulan November"])
    baris: list[RowIn] = Field(min_length=1, max_length=5_000)


class FileOut(Schema):
    """One list of a shipment."""

    id: int
    nama: str
    keadaan: str = Field(description="menunggu, terbaca, gagal, diganti, dicabut", examples=["terbaca"])
    baris: int
    orang: int
    galat: int
    peringatan: int


class ShipmentOut(Schema):
    """A shipment and its lists."""

    id: int
    wilayah: str = Field(examples=["1705012002"])
    tugas: int | None = Field(description="tugas yang membacanya; null bila isinya sudah pernah dikirim")
    catatan: list[str] = Field(examples=[[]])
    berkas: list[FileOut]


@router.post("", response={202: ShipmentOut, **USUAL, **MISSING, 409: Told, 413: Told}, summary="Kirim usulan")
@needs("intake.upload")
def send(request: HttpRequest, kiriman: ShipmentIn, kunci: IdempotencyKey = _KEY) -> Any:
    """Baris usulan untuk satu desa atau kecamatan; dibaca di latar belakang seperti daftar yang diunggah.

    Isi yang sama tidak pernah masuk dua kali. Dengan `Idempotency-Key`, permintaan yang diulang dengan kunci dan isi
    yang sama mendapat jawaban yang sama; kunci yang sama dengan isi lain ditolak (409).
    """
    user = request.user
    assert isinstance(user, User)
    get_object_or_404(Region.objects.filter(within(user, "intake.upload", "code")), code=kiriman.untuk)

    def act() -> dict[str, Any]:
        file = Incoming(f"{kiriman.nama.strip() or 'usulan'}.csv", [as_csv(row.model_dump() for row in kiriman.baris)])
        return _told(receive([file], by=user, meant=kiriman.untuk))

    return Status(202, once(request, kunci, kiriman.model_dump_json(), act))


@router.get("/{id}", response={200: ShipmentOut, **USUAL, **MISSING}, summary="Satu kiriman")
@needs("intake.view")
def shipment(request: HttpRequest, id: Key) -> Any:
    """Keadaan kiriman dan daftar di dalamnya."""
    return _told(find(request, Shipment.objects.all(), "intake.view", pk=id))


def _told(shipment: Shipment) -> dict[str, Any]:
    notes = [note[1] for note in shipment.notes]
    files = [_file(file) for file in ListFile.objects.filter(shipment=shipment)]
    region = shipment.meant or shipment.region_code
    return {"id": shipment.pk, "wilayah": region, "tugas": shipment.job_id, "catatan": notes, "berkas": files}


def _file(file: ListFile) -> dict[str, Any]:
    counts = {"baris": file.rows_read, "orang": file.people, "galat": file.faults, "peringatan": file.warnings}
    return {"id": file.pk, "nama": mask_text(file.name), "keadaan": file.state, **counts}
