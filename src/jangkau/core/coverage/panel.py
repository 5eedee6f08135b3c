"""Snapshots of the member register side by side: each person once, over all dates, and what holds at each.

Names are compared once for all dates, over the rows that are active at any of them; so one date alone gives the very
people that `coverage` counts. Written in Polars: here speed is the purpose.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.coverage.people import persons, standing
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import month_index_expr, month_of
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.membership import timeline, waiting_months
from jangkau.core.tables.schema import Frame

Snapshot = Frame | Callable[[], Frame]
_IDENTITY = ["kpj", "nik", "nama", "tanggal_lahir"]
_KEPT = [*_IDENTITY, "jenis_kelamin", "kode_wilayah", "segmen", "pembayar", "sektor", "mulai", "akhir"]
_LOOK_BACK = 24  # months of a membership that are looked at: more than any wait and any arrears


@dataclass(frozen=True)
class Panel:
    """Everybody who is active at one of the dates.

    `people`: `orang` (0, 1, ...), `nik`, `jenis_kelamin`, `tanggal_lahir`. `rows`: by date the active memberships as
    `orang`, `wilayah` (4 digits, or the province's 2), `segmen`, `pembayar`, `sektor`, `mulai`, `akhir` (month
    indexes), `penuh` (null where the law of that date is not known), `tunggal` (the person has no other).
    """

    people: pl.DataFrame
    rows: Mapping[date, pl.DataFrame]

    @property
    def dates(self) -> list[date]:
        """The dates of the snapshots, in order."""
        return list(self.rows)


def read_panel(potret: Mapping[date, Snapshot], provinsi: str, book: Book, trailing: int) -> Panel:
    """Read snapshots of PESERTA one at a time; only what is active at their date is kept.

    `trailing`: months by which a payment may come later without being in arrears. Raises LawUndefinedOn.
    """
    seen: list[pl.DataFrame] = []
    known = pl.Series("sidik", [], pl.UInt64)
    rows: dict[date, pl.DataFrame] = {}
    for per in sorted(potret):
        given = potret[per]
        active = _active(given() if callable(given) else given, provinsi, per, book)
        new = active.filter(~pl.col("sidik").is_in(known.implode())).unique("sidik", keep="any")
        seen.append(new.select("sidik", *_IDENTITY, "jenis_kelamin"))
        known = pl.concat([known, new["sidik"]])
        rows[per] = _with_full(_compact(active, provinsi), per, book, trailing)
    people, which = _numbered(pl.concat(seen) if seen else pl.DataFrame())
    return Panel(people, {per: _placed(table, which) for per, table in rows.items()})


def _active(peserta: Frame, provinsi: str, per: date, book: Book) -> pl.DataFrame:
    kept = standing(peserta, provinsi, per, book).with_columns(month_index_expr("mulai").alias("mulai"))
    return polars(kept.select(_KEPT)).with_columns(pl.struct(_IDENTITY).hash(seed=0).alias("sidik"))


def _compact(active: pl.DataFrame, provinsi: str) -> pl.DataFrame:
    words = ("segmen", "pembayar", "sektor")
    place = pl.col("kode_wilayah").str.slice(0, 4)
    place = pl.when(place.str.len_chars() == 4).then(place).otherwise(pl.lit(provinsi))
    return active.select(
        "sidik",
        place.cast(pl.Categorical).alias("wilayah"),
        *(pl.col(name).cast(pl.Categorical) for name in words),
        pl.col("mulai", "akhir").cast(pl.Int32),
    )


def _with_full(rows: pl.DataFrame, per: date, book: Book, trailing: int) -> pl.DataFrame:
    """Adds `penuh`: whether the death benefit is full, by the law's own reckoning of each distinct membership."""
    spells = rows.select("segmen", "mulai", "akhir").unique()
    months, as_of = spells.select("mulai", "akhir").fill_null(strategy="zero"), month_of(per)
    try:
        waiting_months(as_of, book=book)
    except LawUndefinedOn:
        return rows.with_columns(penuh=pl.lit(None, pl.Boolean))
    begun = np.where(spells["mulai"].is_null().to_numpy(), months["akhir"].to_numpy(), months["mulai"].to_numpy())
    grid = np.arange(as_of - _LOOK_BACK, as_of + 1)
    paid = (grid >= begun[:, None]) & (grid <= months["akhir"].to_numpy()[:, None])
    line = timeline(paid, as_of - _LOOK_BACK, spells["segmen"].cast(pl.String).fill_null("BPU").to_list(), book)
    full = line.waited[:, -1] & (as_of - months["akhir"].to_numpy() <= trailing)
    told = spells.with_columns(penuh=pl.Series(full))
    return rows.join(told, on=["segmen", "mulai", "akhir"], how="left", nulls_equal=True)


def _numbered(seen: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """People, and which of them each row seen (`sidik`) is."""
    if not seen.width:
        text = dict.fromkeys(("nik", "jenis_kelamin"), pl.String)
        empty = pl.DataFrame(schema={"orang": pl.UInt32, **text, "tanggal_lahir": pl.Date})
        return empty, pl.DataFrame(schema={"sidik": pl.UInt64, "orang": pl.UInt32})
    told = polars(persons(frame(seen)))
    own = pl.when(pl.col("nik") == pl.col("orang")).then(pl.col("nik")).alias("nik")
    facts = [own.drop_nulls().first(), *(pl.col(c).min() for c in ("jenis_kelamin", "tanggal_lahir"))]
    people = told.group_by("orang").agg(facts).sort("orang").with_row_index("nomor")
    which = told.select("sidik", "orang").join(people.select("orang", "nomor"), on="orang")
    people = people.select(pl.col("nomor").alias("orang"), "nik", "jenis_kelamin", "tanggal_lahir")
    return people, which.select("sidik", pl.col("nomor").alias("orang"))


def _placed(rows: pl.DataFrame, which: pl.DataFrame) -> pl.DataFrame:
    placed = rows.join(which, on="sidik", how="left").drop("sidik")
    return placed.with_columns(tunggal=~pl.col("orang").is_duplicated())
