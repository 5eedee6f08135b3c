"""Households in which members died while covered, after their cover had lapsed, or too long ago to claim."""

from datetime import date, timedelta
from typing import Any

import matched
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.claims.covered import of_person
from jangkau.apps.claims.models import Case
from jangkau.apps.claims.opening import Event, detect, report
from jangkau.apps.linkage.models import Person
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.progress import Silent
from jangkau.core.law.benefits import DEATH
from jangkau.core.tables.registers import PENDUDUK, PESERTA

AHMAD, SITI, BUDI, DEWI, JOKO, RINA = (matched.nik(f"000{n}") for n in range(1, 7))
CHILD = "1705011003150007"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def month(back: int, day: date | None = None) -> str:
    return month_text(month_of(day or timezone.localdate()) - back)


def _resident(nik: str, relation: str, kk: str, died: date | None = None, **more: Any) -> dict[str, Any]:
    name, born, sex, desa = matched.PEOPLE.get(nik[-4:], ("ANAK AHMAD", ago(365 * 10), "P", matched.NIUR))
    return {"nik": nik, "no_kk": kk, "nama": name, "tanggal_lahir": born, "jenis_kelamin": sex, "kode_desa": desa,
            "hubungan": relation, "tanggal_meninggal": died} | more  # fmt: skip


def _member(nik: str, start: str, until: str, **more: Any) -> dict[str, Any]:
    return {"kpj": f"1700000{nik[-4:]}", "nik": nik, "segmen": "BPU", "pembayar": "APBD_KAB", "upah": 1_000_000,
            "mulai": start, "dibayar_sampai": until} | more  # fmt: skip


def registers(as_of: date | None = None, **died: date | None) -> None:
    """Ahmad died while covered and was paid on, Budi after his cover had lapsed, Joko six years ago; Rina of Kaur died
    covered. `died` tells of other days, by name."""
    told = {"ahmad": ago(40), "budi": ago(40), "joko": ago(6 * 366), "rina": ago(10), "dewi": None} | died
    as_of = as_of or ago(5)
    matched.snapshot(PENDUDUK, [
        _resident(AHMAD, "KEPALA", "K1", told["ahmad"]), _resident(SITI, "PASANGAN", "K1"),
        _resident(CHILD, "ANAK", "K1"), _resident(BUDI, "KEPALA", "K2", told["budi"]),
        _resident(DEWI, "KEPALA", "K3", told["dewi"]), _resident(JOKO, "KEPALA", "K4", told["joko"]),
        _resident(RINA, "KEPALA", "K5", told["rina"]),
    ], as_of)  # fmt: skip
    matched.snapshot(PESERTA, [
        _member(AHMAD, month(8), month(0)), _member(BUDI, month(24), month(12)), _member(DEWI, month(8), month(0)),
        _member(JOKO, month(90), month(60)), _member(RINA, month(8), month(0), segmen="PU", upah=3_000_000),
    ], as_of)  # fmt: skip


def ahmad() -> Person:
    """Ahmad among the proposed."""
    found, _ = Person.objects.get_or_create(
        pk=51,
        id_pekerja="p0000000000000066",
        region_code=matched.NIUR,
        nama="AHMAD SURYADI",
        nik=AHMAD,
        nik_balik=AHMAD[::-1],
    )
    return found


def found() -> dict[str, int]:
    return detect(Silent())


def case(by: User | None = None, happening: str = DEATH, **event: Any) -> Case:
    """A case of Ahmad, as a clerk reports it; without registers he is not known to be covered."""
    return report(of_person(ahmad()), Event(happening, event.pop("day", ago(3)), **event), "Di kebun", by=by)  # type: ignore[arg-type]
