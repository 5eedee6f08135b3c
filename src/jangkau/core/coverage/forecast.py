"""Coverage in the months to come: who stops, who comes back, who is new, and what is planned; with an interval that
its own errors on past snapshots gave it.

A cohort model of two pools, active and stopped. Each month a share of the active stops, a share of the stopped comes
back, and a number of new people joins; each is the mean of the months known. The error of every earlier date, had it
been forecast with what was known then (rolling origin), is kept by distance; the interval is the smallest that would
have held the asked share of them (split conformal, errors scaled by the square root of the distance).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, exp, log, sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.coverage.catalogue import indicators
from jangkau.core.coverage.figures import figures, whole
from jangkau.core.coverage.panel import Panel
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import first_day, month_of, month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.monitoring import UJI_RAMALAN
from jangkau.core.tables.schema import Frame

Counts = NDArray[np.float64]
LEAST = 12  # snapshots, one a month: fewer give too few errors for an interval
FIRST_FIT = 4  # months of flows before the first trial forecast
LEVEL = 0.8


@dataclass(frozen=True)
class Flows:
    """One region month by month: `active` (T), and between months the `stopped`, `back` and `new` (T - 1)."""

    active: Counts
    stopped: Counts
    back: Counts
    new: Counts

    def until(self, last: int) -> "Flows":
        """What was known at an earlier snapshot."""
        return Flows(self.active[: last + 1], self.stopped[:last], self.back[:last], self.new[:last])


@dataclass(frozen=True)
class Forecast:
    """`angka`: ANGKA, `asal` ramalan, with the interval; `uji`: UJI_RAMALAN, the errors on past snapshots."""

    angka: Frame
    uji: Frame


def forecast(
    panel: Panel, until: date, places: list[str], workers: Mapping[str, tuple[float, str]], *,
    planned: Frame | None = None, level: float = LEVEL, source: str = "potret peserta",
) -> Forecast:  # fmt: skip
    """Members active (`peserta_aktif`) and, where `workers` (region -> number and its name) are known, `cakupan`, at
    the end of every month up to that of `until`, for the regions of `places`, the province first.

    `planned`: `bulan` (YYYY-MM), `wilayah` and `orang`, people whom a plan pays that month on top of those active now.
    The interval holds `level` of the errors. Raises RAMALAN_KURANG_DATA without LEAST snapshots a month apart up to the
    last, and RAMALAN_LAMPAU for a month that has a snapshot already.
    """
    dates = monthly(panel)
    last = month_of(dates[-1]) if dates else 0
    if len(dates) < LEAST:
        raise Problem("RAMALAN_KURANG_DATA", ada=len(dates), perlu=LEAST)
    ahead = month_of(until) - last
    if ahead < 1:
        raise Problem("RAMALAN_LAMPAU", bulan=month_text(month_of(until)), potret=dates[-1].isoformat())
    found = [_of_place(place, flows(panel, dates, place, places[0]), ahead, level) for place in places]
    tried = pl.concat(trial for _, trial in found)
    rows = pl.concat(told for told, _ in found).with_columns(
        per=pl.col("jarak").map_elements(lambda far: _month_end(last + far), return_dtype=pl.Date)
    )
    rows = _with_plan(rows, planned).with_columns(sumber_pembilang=pl.lit(f"{source} sampai {dates[-1].isoformat()}"))
    return Forecast(ANGKA.check(frame(whole(list(_figures(rows, workers))))), UJI_RAMALAN.check(frame(tried)))


def monthly(panel: Panel) -> list[date]:
    """The dates of the panel that end it without a month missing; of two in one month the later."""
    by_month = {month_of(per): per for per in panel.dates}
    months = sorted(by_month)
    start = next((at for at in range(len(months) - 1, 0, -1) if months[at] - months[at - 1] > 1), 0)
    return [by_month[month] for month in months[start:]]


def flows(panel: Panel, dates: list[date], place: str, provinsi: str) -> Flows:
    """What happened between the dates in one region, each person once."""
    seen = np.zeros(len(panel.people), np.bool_)
    before = None
    found: list[tuple[int, int, int, int]] = []
    for per in dates:
        rows = panel.rows[per]
        here = rows if place == provinsi else rows.filter(pl.col("wilayah") == panel.code("wilayah", place))
        now = np.zeros_like(seen)
        now[here["orang"].to_numpy()] = True
        came = now if before is None else now & ~before
        gone = 0 if before is None else int((before & ~now).sum())
        found.append((int(now.sum()), gone, int((came & seen).sum()), int((came & ~seen).sum())))
        before, seen = now, seen | now
    active, stopped, back, new = (np.array(column, float) for column in zip(*found, strict=True))
    return Flows(active, stopped[1:], back[1:], new[1:])


def project(known: Flows, ahead: int) -> Counts:
    """Active people 1 to `ahead` months after the last snapshot, if the flows stay as they were on average."""
    pool = np.concatenate([[0.0], np.cumsum(known.stopped - known.back)])
    stop, back = _rate(known.stopped, known.active[:-1]), _rate(known.back, pool[:-1])
    new = float(known.new.mean())
    active, stopped = float(known.active[-1]), float(pool[-1])
    line = []
    for _ in range(ahead):
        gone, returned = stop * active, back * stopped
        active, stopped = active - gone + returned + new, stopped + gone - returned
        line.append(active)
    return np.array(line)


def _rate(events: Counts, exposed: Counts) -> float:
    return float(events.sum() / exposed.sum()) if exposed.sum() > 0 else 0.0


def errors(known: Flows) -> Iterator[tuple[int, float]]:
    """Distance and log of truth over forecast, for every forecast that could have been made and checked."""
    for origin in range(FIRST_FIT, len(known.active) - 1):
        line = project(known.until(origin), len(known.active) - 1 - origin)
        truth = known.active[origin + 1 :]
        yield from ((at + 1, log(max(t, 0.5) / max(f, 0.5))) for at, (t, f) in enumerate(zip(truth, line, strict=True)))


def half_width(tried: list[tuple[int, float]], far: int, level: float) -> float:
    """Half the interval's width, in logs, at a distance; beyond what was tried it grows with the distance itself."""
    longest = max(distance for distance, _ in tried)
    sizes = sorted(abs(error) / sqrt(distance) for distance, error in tried)
    held = sizes[min(ceil((len(sizes) + 1) * level), len(sizes)) - 1]
    return held * (sqrt(far) if far <= longest else far / sqrt(longest))


def _of_place(place: str, known: Flows, ahead: int, level: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    tried = list(errors(known))
    line = project(known, ahead)
    wide = [half_width(tried, far, level) for far in range(1, ahead + 1)]
    longest = max(distance for distance, _ in tried)
    told = pl.DataFrame(
        {
            "wilayah": [place] * ahead,
            "jarak": range(1, ahead + 1),
            "orang": line,
            "bawah": [value * exp(-half) for value, half in zip(line, wide, strict=True)],
            "atas": [value * exp(half) for value, half in zip(line, wide, strict=True)],
            "catatan": [_note(far, longest, level, len(tried)) for far in range(1, ahead + 1)],
        }
    )
    percent = pl.DataFrame(tried, schema={"jarak": pl.Int64, "galat": pl.Float64}, orient="row").with_columns(
        galat=100 * (pl.col("galat").exp() - 1)
    )
    size = {"condong": pl.col("galat").mean().round(4), "galat": pl.col("galat").abs().mean().round(4)}
    uji = percent.group_by("jarak").agg(banyak=pl.len().cast(pl.Int64), **size)
    return told, uji.sort("jarak").with_columns(wilayah=pl.lit(place))


def _note(far: int, longest: int, level: float, count: int) -> str:
    told = f"Selang {round(100 * level)} persen menurut {count} ramalan yang diuji pada potret lampau."
    return told if far <= longest else f"{told} Lebih jauh dari {longest} bulan yang pernah diuji."


def _with_plan(rows: pl.DataFrame, planned: Frame | None) -> pl.DataFrame:
    """People whom a plan pays come on top, in the forecast and both ends of its interval."""
    if planned is None:
        return rows
    paid = polars(planned).select("wilayah", "bulan", rencana=pl.col("orang").cast(pl.Float64))
    both = rows.with_columns(bulan=pl.col("per").dt.strftime("%Y-%m")).join(paid, on=["wilayah", "bulan"], how="left")
    more = pl.col("rencana").fill_null(0)
    return both.with_columns(pl.col("orang", "bawah", "atas") + more).drop("bulan", "rencana")


def _figures(rows: pl.DataFrame, workers: Mapping[str, tuple[float, str]]) -> Iterator[pl.DataFrame]:
    known = indicators()
    ends = {name: pl.col(name).round(4) for name in ("bawah", "atas")}
    told = rows.with_columns(pembilang=pl.col("orang").round(1))
    counted = figures(told, known["peserta_aktif"], asal="ramalan")
    yield counted.with_columns(**{name: rows[name].round(1) for name in ends})
    for place, (number, name) in workers.items():
        mine = told.filter(pl.col("wilayah") == place)
        share = {end: (100 * mine[end] / number).round(4) for end in ends}
        below = mine.with_columns(penyebut=pl.lit(float(number)), sumber_penyebut=pl.lit("tetap seperti sekarang"))
        yield figures(below, known["cakupan"], name, asal="ramalan").with_columns(**share)


def _month_end(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)
