"""Kept beside the figures of a counting: the forecast with its tested error, and the steps from list to claim."""

from datetime import date
from typing import Any

import polars as pl
from django.db.models import Count, F, QuerySet

from jangkau.apps.claims.models import Case
from jangkau.apps.enrolment.models import BatchLine, DecreeLine, Enrolment, PersonMonth
from jangkau.apps.enrolment.models.decree import DecreeState
from jangkau.apps.enrolment.models.ledger import LIVE, MonthState
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.core.coverage import Inputs, Panel, forecast, funnel, workers_of
from jangkau.core.engine import frame, polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.monitoring import CORONG, UJI_RAMALAN
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

AHEAD = 12  # months that are forecast
ACTIVE = "aktif"
_TOO_LITTLE = {"RAMALAN_KURANG_DATA", "RAMALAN_LAMPAU"}
_COUNTS = {"per": pl.Date, "wilayah": pl.String, "tahap": pl.String, "jumlah": pl.Int64}


def ahead(given: Inputs, panel: Panel, settings: Settings, regions: Regions) -> tuple[pl.DataFrame, pl.DataFrame]:
    """ANGKA of the months to come for the province and each kabupaten/kota, and its errors on the past (UJI_RAMALAN).

    Both are empty while there are too few snapshots.
    """
    if not panel.dates or given.angkatan_kerja is None:
        return _empty(ANGKA), _empty(UJI_RAMALAN)
    last = month_of(panel.dates[-1])
    places = [settings.provinsi, *(region.code for region in regions.kabupaten)]
    workers = workers_of(given.angkatan_kerja, settings, regions)
    try:
        told = forecast(panel, _day_in(last + AHEAD), places, workers, planned=_planned(last))
    except Problem as problem:
        if problem.kind.kode not in _TOO_LITTLE:
            raise
        return _empty(ANGKA), _empty(UJI_RAMALAN)
    return polars(told.angka), polars(told.uji)


def _empty(table: Table) -> pl.DataFrame:
    return polars(table.empty())


def _day_in(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _planned(last: int) -> Frame:
    """People whom a fund pays in each month to come and who are not active now, by province and kabupaten."""
    months = PersonMonth.objects.filter(state__in=LIVE, month__gt=last).exclude(enrolment__state=ACTIVE)
    rows = months.values_list("month", "enrolment__region_code").annotate(n=Count("person", distinct=True)).order_by()
    told = [(month_text(month), code[:length], n) for month, code, n in rows for length in (2, 4)]
    counted = pl.DataFrame(told, {"bulan": pl.String, "wilayah": pl.String, "orang": pl.Int64}, orient="row")
    return frame(counted.group_by("bulan", "wilayah").agg(pl.col("orang").sum()).sort("bulan", "wilayah"))


def path(per: date, provinsi: str) -> pl.DataFrame:
    """CORONG on a day: how many are left at each step, for every region; what the site does not count is unknown."""
    told = [(per, code, step, n) for step, rows in _steps().items() for code, n in rows if code]
    return polars(funnel(frame(pl.DataFrame(told, _COUNTS, orient="row")), provinsi)) if told else _empty(CORONG)


def _steps() -> dict[str, Any]:
    decreed = DecreeLine.objects.filter(decree__state=DecreeState.IN_FORCE)
    sent, paid = BatchLine.objects.exclude(batch__state="batal"), PersonMonth.objects.filter(state=MonthState.PAID)
    return {
        "baris": _by(effective_rows(), "region_code", "pk"),
        "orang": _by(Person.objects.filter(state=PersonState.HERE), "region_code", "pk"),
        "ditetapkan": _by(decreed, "enrolment__region_code", "enrolment__person"),
        "dikirim": _by(sent, "enrolment__region_code", "enrolment__person"),
        "diterima": _by(sent.filter(answer="diterima"), "enrolment__region_code", "enrolment__person"),
        "dibayar": _by(paid, "enrolment__region_code", "person"),
        "aktif": _by(Enrolment.objects.filter(state=ACTIVE), "region_code", "person"),
        "klaim": _by(Case.objects.filter(state="dibayar"), "region_code", "pk"),
    }


def _by(rows: "QuerySet[Any]", region: str, who: str) -> list[tuple[str, int]]:
    return list(rows.order_by().values_list(F(region)).annotate(n=Count(who, distinct=True)))
