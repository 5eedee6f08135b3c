"""Making a batch: the promised months of a fund that nobody has sent yet, and the insurer's file of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.batches.mappings import columns
from jangkau.apps.enrolment.models import Batch, BatchLine, BatchState, MonthState, PersonMonth
from jangkau.apps.enrolment.rows import insert
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.registry.keeping import keep
from jangkau.apps.registry.models import Fund
from jangkau.core.engine import frame
from jangkau.core.enrolment.batch import arranged, write_batch
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.schema import Frame

AT_ONCE = 2_000
# Whose months may be sent: new in a decree, or a member whose next months are due. The refused follow in a batch of
# their own, once mended.
SENDABLE = ("ditetapkan", "diterima", "ditagih", "dibayar", "aktif", "tunggakan")
_OPEN = (BatchState.MADE, BatchState.SENT, BatchState.ANSWERED)
_SCHEMA = {
    "line": pl.Int64, "enrolment": pl.Int64, "id_pekerja": pl.String, "nik": pl.String, "nama": pl.String,
    "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String, "kode_desa": pl.String, "pekerjaan": pl.String,
    "first": pl.Int64, "jumlah_bulan": pl.Int64, "iuran_per_bulan": pl.Int64, "iuran_total": pl.Int64,
}  # fmt: skip
_PERSON = ("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan")


@dataclass(frozen=True)
class Asked:
    """Which months to send: of a fund in a region, `months` months from month `first` (index)."""

    fund: Fund
    region_code: str
    first: int
    months: int


Months = QuerySet[PersonMonth]


def due(asked: Asked) -> Months:
    """Promised months that are in no batch yet."""
    return _of(asked).filter(enrolment__state__in=SENDABLE).exclude(Exists(_sent()))


def due_again(batch: Batch) -> Months:
    """The months of a batch that it did not come to pay: of the refused; once it is billed, of all who are left."""
    left = Q(answer="ditolak")
    if batch.state in (BatchState.BILLED, BatchState.PAID):
        left |= Q(answer="diterima") | Q(answer="")
    lines = batch.lines.filter(left).values("line")
    again = _of(Asked(batch.fund, batch.region_code, batch.month, batch.months)).filter(line__in=lines)
    return again.exclude(Exists(_sent().filter(batch__state__in=_OPEN).exclude(batch=batch)))


def _of(asked: Asked) -> Months:
    return PersonMonth.objects.filter(
        fund=asked.fund, state=MonthState.COMMITTED, month__gte=asked.first, month__lt=asked.first + asked.months,
        enrolment__region_code__startswith=asked.region_code,
    )  # fmt: skip


def _sent() -> "QuerySet[BatchLine]":
    month = OuterRef("month")
    covering = BatchLine.objects.filter(line=OuterRef("line"), first__lte=month, first__gt=month - F("months"))
    return covering.exclude(batch__state=BatchState.CANCELLED)


@transaction.atomic
def make(asked: Asked, *, by: User | None) -> Batch:
    """A batch of everything that is due, with its file; who asks at the same time waits and finds nothing left.

    Raises PENGAJUAN_KOSONG, PENGAJUAN_BERSELA, PEMETAAN_SALAH.
    """
    ledger.accounts(asked.fund)  # locked: one batch of a fund is made at a time
    return _made(asked, due(asked), None, by)


@transaction.atomic
def follow_up(batch: Batch, *, by: User | None) -> Batch:
    """A batch for those whom the insurer refused, as they are known now. Raises as `make`, and PENGAJUAN_KEADAAN."""
    ledger.accounts(batch.fund)
    batch = Batch.objects.select_related("fund").get(pk=batch.pk)
    if batch.state not in (BatchState.ANSWERED, BatchState.BILLED, BatchState.PAID):
        raise Problem("PENGAJUAN_KEADAAN", keadaan=batch.get_state_display())
    asked = Asked(batch.fund, batch.region_code, batch.month, batch.months)
    return _made(asked, due_again(batch), batch, by)


def _made(asked: Asked, months: Months, follows: Batch | None, by: User | None) -> Batch:
    year = asked.first // 12
    newest = Batch.objects.filter(fund=asked.fund, year=year).aggregate(Max("number"))["number__max"] or 0
    batch = Batch(
        fund=asked.fund, region_code=asked.region_code, month=asked.first, months=asked.months, year=year,
        number=newest + 1, follows=follows, by=by,
    )  # fmt: skip
    rows = arranged(_people(asked.fund, months), f"{asked.fund.kode}-{year}-{newest + 1}", region_name)
    mapped = columns()
    batch.mapping = [column.model_dump(exclude_defaults=True) for column in mapped]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "unggah.xlsx"
        write_batch(rows, mapped, path, timezone.localdate())
        batch.sha256, _size = keep([path.read_bytes()])
    batch.save(force_insert=True)
    insert(BatchLine, _lines(batch, rows))
    after = {"lines": len(rows), "amount": int(rows["iuran_total"].sum()), "sha256": batch.sha256}
    record("batches.make", by=by, thing=batch, after=after)
    return batch


def _people(fund: Fund, months: Months) -> Frame:
    """One row a line that is due, as the person is known now, else as the decree named them.

    Raises PENGAJUAN_KOSONG, PENGAJUAN_BERSELA.
    """
    grouped = months.order_by().values(
        "line_id", "enrolment_id", "enrolment__person__id_pekerja",
        *(f"line__{name}" for name in _PERSON), *(f"enrolment__person__{name}" for name in _PERSON),
    )  # fmt: skip
    grouped = grouped.annotate(start=Min("month"), end=Max("month"), n=Count("pk"), price=Max("rate"), sum=Sum("rate"))
    found = list(grouped)
    if not found:
        raise Problem("PENGAJUAN_KOSONG")
    torn = sum(row["end"] - row["start"] + 1 != row["n"] for row in found)
    if torn:
        raise Problem("PENGAJUAN_BERSELA", banyak=number(torn))
    rows = pl.DataFrame([_row(row) for row in found], schema=_SCHEMA, orient="row")
    texts = pl.Series("bulan_mulai", [month_text(first) for first in rows["first"]], pl.String)
    about = {"dana": fund.kode, "nama_dana": fund.nama, "jenis_dana": fund.jenis, "urut_dana": 0}
    return frame(rows.with_columns(texts, *(pl.lit(value).alias(name) for name, value in about.items())))


def _row(found: dict[str, Any]) -> tuple[Any, ...]:
    now = (found[f"enrolment__person__{name}"] or found[f"line__{name}"] for name in _PERSON)
    ids = (found["line_id"], found["enrolment_id"], found["enrolment__person__id_pekerja"])
    return (*ids, *now, found["start"], found["n"], found["price"], found["sum"])


def _lines(batch: Batch, rows: Frame) -> Iterator[dict[str, Any]]:
    for at, row in enumerate(rows.to_native().iter_rows(named=True), 1):
        yield {
            "batch_id": batch.pk, "enrolment_id": row["enrolment"], "line_id": row["line"], "row": at,
            "signature": row["tanda_tangan"], "first": row["first"], "months": row["jumlah_bulan"],
            "amount": row["iuran_total"], "nik": row["nik"] or "", "nama": row["nama"] or "", "answer": "", "code": "",
            "raw_code": "", "kpj": "", "doubt": "",
        }  # fmt: skip
