"""Handing people to the next payer: the months that one fund lets go, another promises in the same transaction."""

import secrets
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import (
    BatchLine,
    BatchState,
    Decree,
    DecreeLine,
    DecreeState,
    Enrolment,
    MonthState,
    PersonMonth,
)
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.reconciliation import reading
from jangkau.apps.reconciliation.models import Handover, HandoverState
from jangkau.apps.registry.models import Fund
from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.handover import handover
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

AT_ONCE = 2_000
Keyed = dict[tuple[int, int], PersonMonth]  # by enrolment and month
DONE_WITH = (BatchState.CANCELLED, BatchState.PAID)
IDENTITY = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")


@dataclass(frozen=True)
class Asked:
    """From which fund to which, in a region, from month `first` (index) on."""

    source: Fund
    target: Fund
    region_code: str
    first: int


@dataclass(frozen=True)
class Preview:
    """What a handover would move: people, months, rupiah let go and promised; people already without a payer before."""

    people: int
    months: int
    released: int
    committed: int
    gaps: int


def preview(asked: Asked) -> Preview:
    """What would move. Raises SERAH_TERIMA_DANA, SERAH_TERIMA_KOSONG, LawUndefinedOn."""
    moved = _moved(asked)
    return Preview(
        moved["id"].n_unique(), moved.height, int(moved["iuran"].sum()), int(moved["iuran_baru"].sum()),
        moved.filter(pl.col("celah") > 0)["id"].n_unique(),
    )  # fmt: skip


@transaction.atomic
def propose(asked: Asked, sk: str, on: date, *, by: User) -> Handover:
    """Ask another person to approve a handover. Raises what `preview` raises."""
    preview(asked)
    made = Handover.objects.create(
        source=asked.source, target=asked.target, region_code=asked.region_code, first=asked.first, number=sk.strip(),
        date=on, proposed_by=by,
    )  # fmt: skip
    after = {"dari": asked.source.kode, "ke": asked.target.kode, "mulai": month_text(asked.first), "nomor": made.number}
    record("handover.propose", by=by, thing=made, after=after)
    return made


@transaction.atomic
def approve(made: Handover, *, by: User) -> Handover:
    """Let go and promise again, all or nothing; no month is without a payer in between.

    Raises SERAH_TERIMA_SENDIRI, SERAH_TERIMA_SELESAI, DANA_KURANG, and what `preview` raises.
    """
    made = _lock(made, by)
    asked = Asked(made.source, made.target, made.region_code, made.first)
    ledger.accounts(asked.source)  # whoever sends a batch of that fund waits
    moved = _moved(asked)
    keys: Keyed = {(row.enrolment_id, row.month): row for row in _promised(asked)}
    note = f"Serah terima {made.number}"[:200]
    for some in parts([month.pk for month in keys.values()], AT_ONCE):
        ledger.release(PersonMonth.objects.filter(pk__in=some), by=by, note=note)
    made.decree = Decree.objects.create(
        series=secrets.token_hex(16), title=f"Serah terima ke {made.target.nama}"[:200], number=made.number,
        date=made.date, region_code=made.region_code, state=DecreeState.IN_FORCE, proposed_by=made.proposed_by,
        proposed_at=made.proposed_at, approved_by=by, approved_at=timezone.now(),
    )  # fmt: skip
    ledger.commit(_months(moved, keys, _lines(made, moved), made), decree=made.decree, by=by)
    made.people, made.months = moved["id"].n_unique(), moved.height
    made.released, made.committed = int(moved["iuran"].sum()), int(moved["iuran_baru"].sum())
    _decide(made, HandoverState.APPROVED, by)
    jobs.start("decrees.annex", {"decree": made.decree.pk}, by=by, region_code=made.region_code)
    return made


@transaction.atomic
def refuse(made: Handover, reason: str, *, by: User) -> Handover:
    """Send a handover back. Raises SERAH_TERIMA_SENDIRI, SERAH_TERIMA_SELESAI."""
    made = _lock(made, by)
    made.reason = reason
    _decide(made, HandoverState.REFUSED, by)
    return made


def _lock(made: Handover, by: User) -> Handover:
    found = Handover.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=made.pk)
    if found.state != HandoverState.PROPOSED:
        raise Problem("SERAH_TERIMA_SELESAI", keadaan=found.get_state_display())
    if found.proposed_by_id == by.pk:
        raise Problem("SERAH_TERIMA_SENDIRI")
    return found


def _decide(made: Handover, state: HandoverState, by: User) -> None:
    made.state, made.decided_by, made.decided_at = state, by, timezone.now()
    made.save()
    after = {"keadaan": made.state, "orang": made.people, "bulan": made.months, "rupiah": made.committed}
    record("handover.decide", by=by, thing=made, after=after, reason=made.reason)


def _promised(asked: Asked) -> QuerySet[PersonMonth]:
    """Months promised by the old fund that no batch has on its way to the insurer."""
    month = OuterRef("month")
    sent = BatchLine.objects.filter(line=OuterRef("line"), first__lte=month, first__gt=month - F("months"))
    return PersonMonth.objects.filter(
        fund=asked.source, state=MonthState.COMMITTED, month__gte=asked.first,
        enrolment__region_code__startswith=asked.region_code,
    ).exclude(Exists(sent.exclude(batch__state__in=DONE_WITH)))  # fmt: skip


def _moved(asked: Asked) -> pl.DataFrame:
    """The months of `core.enrolment.handover`, each allowed to the new fund."""
    promised = _promised(asked)
    if not promised.exists():
        raise Problem("SERAH_TERIMA_KOSONG")
    people = promised.values("enrolment")
    held = PersonMonth.objects.filter(enrolment__in=people, month__lt=asked.first, state__in=reading.HELD)
    names = ("enrolment", "month", "fund__kode", "rate", "state")
    rows = [*promised.values_list(*names), *held.values_list(*names)]
    types = {"id": pl.Int64, "bulan": pl.Int64, "dana": pl.String, "iuran": pl.Int64, "keadaan": pl.String}
    months = pl.DataFrame(rows, types, orient="row")
    persons = Enrolment.objects.filter(pk__in=people).values_list("pk", "person__pekerjaan", "region_code")
    known = pl.DataFrame(list(persons), {"id": pl.Int64, "pekerjaan": pl.String, "wilayah": pl.String}, orient="row")
    asked_of = known.with_columns(penghasilan=pl.lit(None, pl.Int64))
    moved = handover(frame(months), frame(asked_of), reading.funds(), asked.target.kode, asked.first)
    _allowed(asked.target, known, polars(moved))
    return polars(moved)


def _allowed(fund: Fund, people: pl.DataFrame, moved: pl.DataFrame) -> None:
    """Raises SERAH_TERIMA_DANA where the fund's area, occupations or months shut somebody out."""
    jobs = [part.strip().upper() for part in fund.pekerjaan.split("|") if part.strip()]
    first = month_index(fund.berlaku_dari) if fund.berlaku_dari else 0
    last = month_index(fund.berlaku_sampai) if fund.berlaku_sampai else 10**6
    outside = people.filter(~pl.col("wilayah").str.starts_with(fund.wilayah))
    other = people.filter(~pl.col("pekerjaan").is_in(jobs).fill_null(value=False)) if jobs else people.clear()
    late = moved.filter(~pl.col("bulan").is_between(first, last))
    told = ((outside, "tinggal di luar wilayahnya"), (other, "pekerjaannya lain"), (late, "di luar masa berlakunya"))
    for found, cause in told:
        if not found.is_empty():
            raise Problem("SERAH_TERIMA_DANA", dana=fund.nama, banyak=number(found["id"].n_unique()), sebab=cause)


def _lines(made: Handover, moved: pl.DataFrame) -> dict[tuple[int, int], DecreeLine]:
    """(enrolment, month) -> the line of the new decree: one for each run of months in a row."""
    runs = moved.with_columns(run=pl.col("bulan") - pl.col("bulan").rank("ordinal").over("id").cast(pl.Int64))
    groups = runs.group_by("id", "run", maintain_order=True).agg(
        first=pl.col("bulan").min(),
        months=pl.len(),
        price=pl.col("iuran_baru").first(),
        total=pl.col("iuran_baru").sum(),
    )
    people = Enrolment.objects.select_related("person").in_bulk(groups["id"].unique().to_list())
    lines = [
        DecreeLine(
            decree=made.decree, enrolment=people[row["id"]], fund=made.target, first=row["first"], months=row["months"],
            price=row["price"], total=row["total"],
            **{name: getattr(people[row["id"]].person, name) for name in IDENTITY},
        )
        for row in groups.iter_rows(named=True)
    ]  # fmt: skip
    DecreeLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    return {(line.enrolment_id, line.first + at): line for line in lines for at in range(line.months)}


def _months(
    moved: pl.DataFrame, old: Keyed, lines: dict[tuple[int, int], DecreeLine], made: Handover
) -> list[PersonMonth]:
    version = Book.load().version
    return [
        PersonMonth(
            person_id=old[key, month].person_id, month=month, fund=made.target, enrolment_id=key, decree=made.decree,
            line=lines[key, month], rate=rate, law_version=version,
        )
        for key, month, rate in moved.select("id", "bulan", "iuran_baru").iter_rows()
    ]  # fmt: skip
