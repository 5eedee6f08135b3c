"""What figures are counted from: every member snapshot, the other registers in use, the ledger, claims, and lists."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

import polars as pl
from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils import timezone

from jangkau.apps.claims.models import COVERED, Case
from jangkau.apps.enrolment.models import Entry, PersonMonth
from jangkau.apps.intake.models import RowProblem
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind, Programme, Snapshot, SnapshotState
from jangkau.core.coverage import Inputs, parameters
from jangkau.core.coverage.panel import READ
from jangkau.core.engine import frame
from jangkau.core.tables.schema import Frame

# Rooms above say which duties are met: rows of `wilayah`, `kewajiban`, `terpenuhi` (None: not answered).
DUTIES: list[Callable[[], Iterable[tuple[str, str, bool | None]]]] = []
Parts = dict[str, Any]
_OTHERS = (Kind.PENDUDUK, Kind.KESEJAHTERAAN, Kind.ANGKATAN_KERJA)
_COUNTS = {"per": pl.Date, "wilayah": pl.String}


def parts() -> Parts | None:
    """What a counting would be made from now; None while members, workers or the settings are missing.

    `register` decides what is stale at once; `buku` (ledger, claims, lists) changes all day.
    """
    members = Snapshot.objects.filter(kind=Kind.PESERTA, state=SnapshotState.READY).values_list("pk", flat=True)
    others = {str(kind): registry.current(kind) for kind in _OTHERS}
    programme = Programme.objects.first()
    if not members or others[Kind.ANGKATAN_KERJA] is None or programme is None:
        return None
    registers = {kind: found.pk for kind, found in others.items() if found}
    known = {"peserta": sorted(members), **registers, "pengaturan": programme.pk}
    return {"register": known, "buku": _books()}


def _books() -> dict[str, Any]:
    """How far the ledger, the claims and the lists have come."""
    problems = RowProblem.objects.aggregate(last=Max("pk"), mended=Count("settled_at"))
    cases = Case.objects.values_list("state").annotate(n=Count("pk")).order_by("state")
    return {
        "buku": Entry.objects.aggregate(last=Max("pk"))["last"] or 0,
        "klaim": {state: n for state, n in cases},  # noqa: C416
        "daftar": [effective_rows().count(), problems["last"] or 0, problems["mended"]],
    }


def sum_of(told: Parts) -> str:
    """The sum of what a counting is made from."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def inputs() -> Inputs:
    """All of it, each snapshot read when its turn comes."""
    per = timezone.localdate()
    snapshots = Snapshot.objects.filter(kind=Kind.PESERTA, state=SnapshotState.READY).order_by("as_of", "pk")
    others: dict[str, Any] = {}
    for kind in _OTHERS:
        found = registry.current(kind)
        others[str(kind)] = registry.rows(found) if found else None
    duties = [row for ask in DUTIES for row in ask()]
    return Inputs(
        potret={snapshot.as_of: partial(registry.columns, snapshot, READ) for snapshot in snapshots},
        dana=registry.funds(),
        bulan_orang=_person_months(per),
        klaim=_claims(per),
        baris=_rows(per),
        kewajiban=_duties(duties, per) if duties else None,
        **others,
    )


def _person_months(per: date) -> Frame:
    found = PersonMonth.objects.values_list("enrolment__region_code", "fund__kode", "state")
    rows = [(per, *row) for row in found.annotate(n=Count("pk"), sum=Sum("rate")).order_by()]
    text = dict.fromkeys(("dana", "keadaan"), pl.String)
    return _frame(rows, {**text, "bulan": pl.Int64, "rupiah": pl.Int64})


def _claims(per: date) -> Frame:
    """Events of covered people in the months that the indicator looks at, and how many of them were paid."""
    cases = Case.objects.filter(status__in=COVERED, day__gt=claims_since(per), day__lte=per).exclude(state="batal")
    paid = Count("pk", filter=Q(state="dibayar"))
    rows = [(per, *row) for row in cases.values_list("region_code").annotate(n=Count("pk"), paid=paid).order_by()]
    return _frame(rows, {"jatuh": pl.Int64, "dibayar": pl.Int64})


def claims_since(day: date) -> date:
    """The day after which an event is counted at a day."""
    year, month = divmod(day.year * 12 + day.month - 1 - parameters().klaim_bulan, 12)
    return date(year, month + 1, min(day.day, 28))


def _rows(per: date) -> Frame:
    """Rows received by region, with a valid NIK, with a problem, and of these the mended."""
    problems = RowProblem.objects.filter(row=OuterRef("pk"))
    open_ = Exists(problems.filter(settled_at=None))
    told = effective_rows().annotate(any=Exists(problems), open=open_).values_list("region_code")
    counted = told.annotate(
        n=Count("pk"), valid=Count("nik"), faulty=Count("pk", filter=Q(any=True)),
        mended=Count("pk", filter=Q(any=True, open=False)),
    )  # fmt: skip
    names = ("baris", "nik_sah", "bermasalah", "diperbaiki")
    return _frame([(per, *row) for row in counted.order_by()], dict.fromkeys(names, pl.Int64))


def _duties(rows: list[tuple[str, str, bool | None]], per: date) -> Frame:
    return _frame([(per, *row) for row in rows], {"kewajiban": pl.String, "terpenuhi": pl.Boolean})


def _frame(rows: list[tuple[Any, ...]], columns: dict[str, Any]) -> Frame:
    return frame(pl.DataFrame(rows, schema=_COUNTS | columns, orient="row"))
