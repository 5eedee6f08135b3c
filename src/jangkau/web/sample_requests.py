"""What a demo shows of requests: some on the desk of a village, one overdue, one answered; places to go to."""

from datetime import date, timedelta

from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.portal.models import Office
from jangkau.apps.requests.models import Kind, Petition
from jangkau.apps.requests.office import actions as office
from jangkau.apps.requests.public.actions import ask, found

_NEW = {"nik": "9905014101900001", "nama": "Siti Contoh", "tanggal_lahir": date(1990, 1, 1)}
_JOIN = {"jenis_kelamin": "P", "pekerjaan": "DAGANG", "no_kk": "", "text": "Berjualan sayur sejak 2019."}


def show_requests(place: str, *, by: User) -> int:
    """Petitions to the desa `place`, once; how many there are."""
    if not Petition.objects.exists():
        _offices(place[:4])
        _ask(Kind.JOIN, place, **_NEW, **_JOIN)
        late = _ask(Kind.JOIN, place, **{**_NEW, "nama": "Budi Contoh", "nik": "9905010101850002"}, **_JOIN)
        Petition.objects.filter(pk=late.pk).update(due=timezone.localdate() - timedelta(days=2))
        known = effective_rows().filter(region_code=place, nik__isnull=False, tanggal_lahir__isnull=False).first()
        if known:
            who = {"nik": known.nik, "nama": known.nama or "", "tanggal_lahir": known.tanggal_lahir}
            _ask(Kind.STOP, place, **who, text="Pindah kerja ke kota.")
            told = _ask(Kind.WRONG, place, **who, about="lahir", text="Tahun lahir saya keliru.")
            office.answer(told, "sesuai", "Sudah dicocokkan dengan KK.", by=by)
    return Petition.objects.count()


def _ask(kind: str, place: str, **told: object) -> Petition:
    petition = found(ask(kind, {"region_code": place, "no_hp": "", **told}).code)
    assert petition
    return petition


def _offices(kabupaten: str) -> None:
    """A made-up office, said to be one."""
    Office.objects.create(
        nama="Kantor contoh", jenis="bpjs", kode_wilayah=kabupaten, alamat="Jalan Contoh 1 (bukan alamat sungguhan)",
        jam="Senin sampai Jumat, 8.00-15.00", sumber="data contoh", per=timezone.localdate(), keyakinan="rendah",
    )  # fmt: skip
