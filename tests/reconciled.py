"""People in the books, and a register of members in which each of them is something else."""

from datetime import date
from typing import Any

import matched
from matched import NIUR

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import (
    Batch,
    BatchLine,
    BatchState,
    Decree,
    DecreeLine,
    DecreeState,
    Enrolment,
    PersonMonth,
)
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Person
from jangkau.apps.reconciliation import actions
from jangkau.apps.reconciliation.models import Finding, Reconciliation
from jangkau.apps.registry.actions import set_programme
from jangkau.apps.registry.models import Fund, Snapshot
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.tables.registers import PENDUDUK, PESERTA
from jangkau.core.tables.settings import Settings

NOV = month_index("2026-11")
RATE = 16_800
BEGAN, MONTHS, PAID = NOV - 5, 12, 6  # June 2026 to May 2027, paid to November
# name -> the register's row of that person: segment, payer, first month, last month paid; None: no row
SHOWN: dict[str, tuple[str, str, int, int] | None] = {
    "aktif": ("BPU", "APBD_KAB", BEGAN, NOV),
    "menunggak": ("BPU", "APBD_KAB", BEGAN, NOV - 2),
    "lapse": ("BPU", "APBD_KAB", BEGAN, NOV - 5),
    "menjadi_formal": ("PU", "PEMBERI_KERJA", NOV - 1, NOV),
    "dibayar_lain": ("BPU", "CSR", NOV - 1, NOV),
    "meninggal": ("BPU", "APBD_KAB", BEGAN, NOV),
    "pindah": ("BPU", "APBD_KAB", BEGAN, NOV),
    "tidak_dikenal": None,
}
KINDS = list(SHOWN)
SHOWN["zakat"] = ("BPU", "ZAKAT", BEGAN, NOV)  # active, paid by that fund


def nik(number: int) -> str:
    return f"170501{1 + number % 28:02}0180{1 + number:04}"


def fund(kode: str = "SELUMA", jenis: str = "APBD_KAB", wilayah: str = "1705", anggaran: int = 100_000_000) -> Fund:
    made, _ = Fund.objects.get_or_create(
        kode=kode, defaults={"nama": f"Dana {kode}", "jenis": jenis, "anggaran": anggaran, "wilayah": wilayah}
    )
    return made


def people(kinds: list[str], start: int = 0) -> list[Enrolment]:
    """A person and an open, paid membership for each kind named."""
    persons = Person.objects.bulk_create(
        Person(id=n, id_pekerja=f"p{n:016}", region_code=NIUR, nama=f"{kind.upper()} CONTOH".replace("_", " "),
               nik=nik(n), kode_desa=NIUR, tanggal_lahir=date(1980, 1, 1 + n % 28), jenis_kelamin="L",
               pekerjaan="TANI")
        for n, kind in enumerate(kinds, start)
    )  # fmt: skip
    return Enrolment.objects.bulk_create(
        Enrolment(person=p, region_code=NIUR, state="dibayar", kpj=f"{10_000_000_000 + p.pk}") for p in persons
    )


def books(enrolments: list[Enrolment], *, paid: int = PAID, months: int = MONTHS, dana: Fund | None = None) -> Decree:
    """A decree that promises them `months` months, of which the first `paid` are paid."""
    dana = dana or fund()
    decree = Decree.objects.create(series=f"s{Decree.objects.count()}", title="Pekerja rentan", region_code="1705",
                                   number="560/1/2026", date=date(2026, 5, 20), state=DecreeState.IN_FORCE)  # fmt: skip
    lines = DecreeLine.objects.bulk_create(
        DecreeLine(decree=decree, enrolment=e, fund=dana, first=BEGAN, months=months, price=RATE, total=RATE * months,
                   nama=e.person.nama, nik=e.person.nik, kode_desa=NIUR)
        for e in enrolments
    )  # fmt: skip
    promised = [
        PersonMonth(person_id=line.enrolment.person_id, month=BEGAN + n, fund=dana, enrolment=line.enrolment,
                    decree=decree, line=line, rate=RATE, law_version="uji")
        for line in lines for n in range(months)
    ]  # fmt: skip
    ledger.commit(promised, decree=decree, by=None)
    batch = Batch.objects.create(fund=dana, month=BEGAN, months=paid, year=2026, number=Batch.objects.count() + 1,
                                 region_code="1705", state=BatchState.PAID, paid_on=date(2026, 6, 10))  # fmt: skip
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, enrolment=line.enrolment, line=line, row=n, signature="x", first=BEGAN, months=paid,
                  amount=RATE * paid)
        for n, line in enumerate(lines)
    )  # fmt: skip
    due = PersonMonth.objects.filter(decree=decree, month__lt=BEGAN + paid)
    ledger.bill(due, batch=batch, by=None)
    ledger.pay(due, batch=batch, by=None)
    return decree


def registers(enrolments: list[Enrolment], kinds: list[str], as_of: date = date(2026, 11, 30)) -> Snapshot:
    """The population, in which one has died and one moved to another province, and the members."""
    set_programme(
        Settings.model_validate({"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12", "bulan": 12}), by=None
    )
    residents, members = [], []
    for enrolment, kind in zip(enrolments, kinds, strict=True):
        person = enrolment.person
        home = "1601012001" if kind == "pindah" else NIUR
        died = date(2026, 9, 15) if kind == "meninggal" else None
        told = {"nik": person.nik, "nama": person.nama, "tanggal_lahir": person.tanggal_lahir}
        residents.append({**told, "kode_desa": home, "tanggal_meninggal": died})
        if row := SHOWN[kind]:
            segment, payer, first, last = row
            kpj = enrolment.kpj if segment == "BPU" else f"2{enrolment.kpj[1:]}"
            members.append({**told, "kpj": kpj, "segmen": segment, "pembayar": payer, "kode_wilayah": "1705",
                            "mulai": month_text(first), "dibayar_sampai": month_text(last)})  # fmt: skip
    if not Snapshot.objects.filter(kind="penduduk").exists():
        matched.snapshot(PENDUDUK, residents, as_of)
    return matched.snapshot(PESERTA, members, as_of)


def work() -> None:
    """Do what waits, as a worker would, with what follows it."""
    for _ in range(3):
        for job in Job.objects.filter(state="antre").order_by("pk"):
            run_job.func(job.pk)


def world(by: User | None = None, kinds: list[str] | None = None) -> Reconciliation:
    """One person of each kind, reconciled."""
    enrolments = people(kinds or KINDS)
    books(enrolments)
    made = actions.start(registers(enrolments, kinds or KINDS), by=by)
    work()
    made.refresh_from_db()
    return made


def finding(kind: str, **more: Any) -> Finding:
    return Finding.objects.select_related("enrolment").get(kind=kind, **more)
