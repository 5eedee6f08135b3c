"""What registers say of the people of a panel besides being active: who is listed, active or living elsewhere, died."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.coverage.ages import Ints, day_number, day_numbers
from jangkau.core.coverage.members import Flags
from jangkau.core.coverage.panel import Panel, Snapshot
from jangkau.core.coverage.people import standing
from jangkau.core.coverage.residents import NEVER, NUMBER
from jangkau.core.engine import polars
from jangkau.core.law.book import Book
from jangkau.core.tables.schema import Frame


@dataclass(frozen=True)
class Whereabouts:
    """One entry a person of the panel. `first`: the day of the first snapshot that has them active, `died`: of their
    death, both as yyyymmdd, NEVER where there is none; `moved`: they live in another province now. By date `listed`:
    the member register has them, active or not, and `away`: they are active in another province.
    """

    first: Ints
    died: Ints
    moved: Flags
    listed: Mapping[date, Flags]
    away: Mapping[date, Flags]


def whereabouts(
    panel: Panel, potret: Mapping[date, Snapshot], days: Iterable[date], *, provinsi: str, book: Book,
    penduduk: Frame | None = None,
) -> Whereabouts:  # fmt: skip
    """In: the snapshots that the panel was read from, of which those of `days` are read again one at a time, and
    PENDUDUK."""
    niks = panel.people.select(NUMBER)["nik"]
    listed, away = {}, {}
    for per in sorted(days):
        given = potret[per]
        members = (given() if callable(given) else given).select("nik", "kode_wilayah", "dibayar_sampai")
        elsewhere = members.filter(~nw.col("kode_wilayah").str.starts_with(provinsi))
        listed[per], away[per] = _among(niks, members), _among(niks, standing(elsewhere, "", per, book))
    homes = None if penduduk is None else penduduk.filter(~nw.col("kode_desa").str.starts_with(provinsi))
    moved = np.zeros(len(niks), np.bool_) if homes is None else _among(niks, homes)
    return Whereabouts(_first(panel), _died(niks, penduduk), moved, listed, away)


def _among(niks: pl.Series, rows: Frame) -> Flags:
    known = polars(rows.select("nik")).select(NUMBER)["nik"].drop_nulls()
    return niks.is_in(known.implode()).fill_null(value=False).to_numpy().copy()


def _first(panel: Panel) -> Ints:
    first = np.full(len(panel.people), NEVER, np.int32)
    for per in reversed(panel.dates):
        first[panel.rows[per]["orang"].to_numpy()] = day_number(per)
    return first


def _died(niks: pl.Series, penduduk: Frame | None) -> Ints:
    if penduduk is None:
        return np.full(len(niks), NEVER, np.int32)
    dead = polars(penduduk.select("nik", "tanggal_meninggal")).drop_nulls().with_columns(NUMBER)
    first = dead.group_by("nik").agg(pl.col("tanggal_meninggal").min())
    found = niks.to_frame().join(first, on="nik", how="left", maintain_order="left")
    return day_numbers(found["tanggal_meninggal"], NEVER)
