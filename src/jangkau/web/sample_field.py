"""What a demo shows of the field: our two forms open, a phone, tasks, a few submissions, one of them in quarantine."""

import uuid
from datetime import timedelta

from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.field import changing, settling
from jangkau.apps.field.actions import devices, forms
from jangkau.apps.field.actions.receive import receive
from jangkau.apps.field.models import Device, FormState, FormVersion, Task
from jangkau.core.field.own import NAMES, xlsform
from jangkau.core.kernel.progress import Progress

PHONE, COUNT = "HP contoh", 8
_NAMES = ("Siti", "Budi", "Lina", "Joko", "Rina", "Andi", "Dewi", "Yanto")


def show_field(desa: str, progress: Progress, *, by: User, collector: User, manager: User) -> None:
    """Once: forms, a phone, a task, and what came from it."""
    if Device.objects.filter(nama=PHONE).exists():
        return
    progress.step("Mengisi formulir contoh")
    versions = [_open(name, manager) for name in NAMES]
    device, _token = devices.make(collector, desa, PHONE, by=by)
    for form in versions:
        Task.objects.create(form_id=form.form_id, region_code=desa, user=collector, target=20, by=by)
    for at in range(COUNT):
        receive(device, _filled(versions[0], desa, at, f"uuid:{uuid.uuid4()}"), [])
    for words in ("Kurniati", "Kurniawati"):
        receive(device, _filled(versions[0], desa, COUNT, "uuid:contoh-bentrok", words), [])
    changing.prepare(desa, by=by)
    settling.settle(progress)


def _open(name: str, by: User) -> FormVersion:
    made = forms.upload(xlsform(name, timezone.localdate()), {}, by=by)
    assert isinstance(made, FormVersion)
    if made.state == FormState.DRAFT:
        forms.move(made, FormState.OPEN, by=by)
    return made


def _filled(form: FormVersion, desa: str, at: int, instance: str, nama: str = "") -> bytes:
    """An interview of a made-up person: 12 minutes each, a few hundred metres apart, the last one far away."""
    start = timezone.localtime() - timedelta(minutes=20 * (COUNT - at) + 15)
    end = start + timedelta(minutes=12)
    lat = -4.05 - at * 0.003 - (0.2 if at == COUNT - 1 else 0)
    nik = f"{desa[:6]}{10 + at:02d}0385{at + 1:04d}"
    return (
        f'<data id="{form.form_id}" version="{form.version}"><mulai>{start.isoformat()}</mulai>'
        f"<selesai>{end.isoformat()}</selesai><izin><setuju>ya</setuju></izin>"
        f"<ktp><nik>{nik}</nik><nama>{nama or _NAMES[at % len(_NAMES)]} Contoh</nama>"
        f"<tanggal_lahir>1985-03-{10 + at:02d}</tanggal_lahir><jenis_kelamin>L</jenis_kelamin><desa>{desa}</desa></ktp>"
        f"<kerja><pekerjaan>{('tani', 'nelayan', 'dagang')[at % 3]}</pekerjaan></kerja>"
        f"<hasil_kerja><penghasilan>1200000</penghasilan></hasil_kerja>"
        f"<tempat><lokasi>{lat:.5f} {102.5 + at * 0.002:.5f} 10 6</lokasi></tempat>"
        f"<meta><instanceID>{instance}</instanceID></meta></data>"
    ).encode()
