"""Forms, phones and what they send, for tests."""

import datetime as dt
import uuid
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangkau.apps.accounts.models import User
from jangkau.apps.field.actions import devices, forms
from jangkau.apps.field.models import Device, FormState, FormVersion
from jangkau.core.field.own import xlsform

PER = dt.date(2026, 11, 27)
PHOTO = b"\xff\xd8\xff\xe0 a photograph"


@cache
def workbook(name: str) -> bytes:
    return xlsform(name, PER)


def form(name: str = "pendataan-pekerja", *, by: User | None = None) -> FormVersion:
    made = forms.upload(workbook(name), {}, by=by)
    assert isinstance(made, FormVersion), made
    if made.state == FormState.DRAFT:
        forms.move(made, FormState.OPEN, by=by)
    made.refresh_from_db()
    return made


def phone(user: User | None = None, region: str = "1705012002") -> tuple[Device, str]:
    return devices.make(user, region, "HP uji", by=None)


def filled(
    form: FormVersion, *, instance: str = "", edits: str = "", photo: str = "", desa: str = "1705012002",
    lokasi: str = "-4.05 102.5 10 5", mulai: str = "2026-11-27T08:00:00+07:00",
    selesai: str = "2026-11-27T08:12:00+07:00",
    **ktp: str,
) -> bytes:  # fmt: skip
    told = {"nik": "1705014803850002", "nama": "Siti Contoh", "tanggal_lahir": "1985-03-08", "jenis_kelamin": "P"} | ktp
    fields = "".join(f"<{name}>{text}</{name}>" for name, text in told.items())
    meta = f"<instanceID>{instance or f'uuid:{uuid.uuid4()}'}</instanceID>"
    meta += f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
    return (
        f'<data id="{form.form_id}" version="{form.version}"><mulai>{mulai}</mulai><selesai>{selesai}</selesai>'
        f"<izin><setuju>ya</setuju></izin><ktp>{fields}<desa>{desa}</desa></ktp>"
        f"<kerja><pekerjaan>sawit</pekerjaan><foto_kerja>{photo}</foto_kerja></kerja>"
        f"<hasil_kerja><penghasilan>1200000</penghasilan></hasil_kerja><tempat><lokasi>{lokasi}</lokasi></tempat>"
        f"<meta>{meta}</meta></data>"
    ).encode()


def send(client: Client, token: str, xml: bytes, *, incomplete: bool = False, **files: bytes) -> Any:
    parts: dict[str, Any] = {"xml_submission_file": SimpleUploadedFile("submission.xml", xml, "text/xml")}
    named = {name.replace("_jpg", ".jpg"): data for name, data in files.items()}
    parts |= {name: SimpleUploadedFile(name, data, "image/jpeg") for name, data in named.items()}
    parts |= {"*isIncomplete*": "yes"} if incomplete else {}
    return client.post(f"/k/{token}/submission?deviceID=x", parts)
