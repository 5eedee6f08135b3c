"""What a demo shows on the pages of reconciliation and of the radar: a year's decree, half of it paid."""

from collections.abc import Iterator
from datetime import date

import polars as pl
from django.db import transaction

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
    Step,
)
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.reconciliation import actions, radar
from jangkau.apps.registry.models import Fund, Kind, Snapshot
from jangkau.apps.registry.selectors import current
from jangkau.core.enrolment.reconcile import FORMAL
from jangkau.core.kernel.month import first_day, month_of
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.tables.common import FUND_KINDS

NUMBER = "CONTOH/SK/berjalan"
BEFORE, MONTHS, RATE, MOST = 5, 7, 16_800, 240
SHOWN = {"formal": 8, "unknown": 6, "other": 5, "paid": MOST}
People = list[tuple[Person, str, str]]  # with the kind of fund that pays, and the member number
IDENTITY = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")


def show_membership(place: str, progress: Progress, *, by: User) -> int:
    """People of a kabupaten paid by a decree that runs out next month, reconciled with the member register; once."""
    snapshot = current(Kind.PESERTA)
    if snapshot is None or Decree.objects.filter(number=NUMBER).exists():
        return 0
    progress.step("Membukukan kepesertaan contoh")
    people = list(_people(place, snapshot))
    with transaction.atomic():
        for kind in sorted({kind for _, kind, _ in people}):
            book([one for one in people if one[1] == kind], _fund(place, kind, len(people)), snapshot)
    made = actions.start(snapshot, by=by)
    if made.job:
        run_job.call(made.job.pk)
    radar.refresh()
    return len(people)


def _people(place: str, snapshot: Snapshot) -> Iterator[tuple[Person, str, str]]:
    """Those whom the register shows as subsidised; some who work for wages, pay themselves, or are not in it."""
    rows = pl.read_parquet(snapshot.path, columns=["nik", "kpj", "segmen", "pembayar"]).drop_nulls("nik")
    known = {row["nik"]: row for row in rows.sort("kpj").iter_rows(named=True)}
    left = dict(SHOWN)
    found = Person.objects.filter(region_code__startswith=place, state=PersonState.HERE, status_tautan="cocok")
    for person in found.exclude(enrolments__isnull=False).order_by("pk"):
        row = known.get(person.nik or "") or {"segmen": "", "pembayar": "", "kpj": ""}
        group = _group(row)
        if left.get(group):
            left[group] -= 1
            yield person, row["pembayar"] if group == "paid" else "APBD_KAB", row["kpj"]


def _group(row: dict[str, str]) -> str:
    """What a row of the register, empty for none, makes of a person here."""
    if row["segmen"] in FORMAL:
        return "formal"
    if not row["kpj"]:
        return "unknown"
    return "paid" if row["pembayar"] in FUND_KINDS else "other"


def _fund(place: str, kind: str, people: int) -> Fund:
    made, _ = Fund.objects.get_or_create(
        kode=f"BERJALAN_{kind}",
        defaults={"nama": f"Dana berjalan ({kind})", "jenis": kind, "anggaran": people * MONTHS * RATE,
                  "wilayah": place, "sumber": "contoh"},
    )  # fmt: skip
    return made


def book(people: People, fund: Fund, snapshot: Snapshot) -> None:
    """A decree in force for them, its months promised, and paid up to the month of the register."""
    now = month_of(snapshot.as_of)
    begin = first_day(now - BEFORE)
    decree = Decree.objects.create(
        series=f"contoh{fund.pk}", number=NUMBER, title=f"Pekerja rentan, {fund.nama}", region_code=fund.wilayah,
        date=begin, state=DecreeState.IN_FORCE,
    )  # fmt: skip
    enrolled = Enrolment.objects.bulk_create(
        Enrolment(person=person, region_code=person.region_code, state="dibayar", kpj=kpj) for person, _, kpj in people
    )
    Step.objects.bulk_create(Step(enrolment=one, before="", after="dibayar", why="Data contoh") for one in enrolled)
    lines = DecreeLine.objects.bulk_create(
        DecreeLine(
            decree=decree, enrolment=one, fund=fund, first=now - BEFORE, months=MONTHS, price=RATE, total=MONTHS * RATE,
            **{name: getattr(one.person, name) for name in IDENTITY},
        )
        for one in enrolled
    )  # fmt: skip
    ledger.commit(list(_months(lines, fund, decree)), decree=decree, by=None)
    _pay(lines, fund, now, begin)


def _months(lines: list[DecreeLine], fund: Fund, decree: Decree) -> Iterator[PersonMonth]:
    version = Book.load().version
    for line in lines:
        for at in range(line.months):
            yield PersonMonth(
                person_id=line.enrolment.person_id, month=line.first + at, fund=fund, enrolment=line.enrolment,
                decree=decree, line=line, rate=RATE, law_version=version,
            )  # fmt: skip


def _pay(lines: list[DecreeLine], fund: Fund, now: int, on: date) -> None:
    """One batch, sent, billed and paid: the months up to that of the register."""
    batch = Batch.objects.create(
        fund=fund, month=now - BEFORE, months=BEFORE + 1, year=on.year, number=1, region_code=fund.wilayah,
        state=BatchState.PAID, paid_on=on, billed=len(lines) * (BEFORE + 1) * RATE, billing_code=f"CONTOH-{fund.pk}",
    )  # fmt: skip
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, enrolment=line.enrolment, line=line, row=at, signature="contoh", first=line.first,
                  months=BEFORE + 1, amount=(BEFORE + 1) * RATE, answer="diterima", kpj=line.enrolment.kpj)
        for at, line in enumerate(lines, 1)
    )  # fmt: skip
    due = PersonMonth.objects.filter(fund=fund, month__lte=now)
    ledger.bill(due, batch=batch, by=None)
    ledger.pay(due, batch=batch, by=None)
