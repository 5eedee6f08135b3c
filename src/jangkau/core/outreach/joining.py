"""Who joined at their own cost, village by village and month by month, as counts; and who is not covered."""

from collections.abc import Iterable

import polars as pl

PLACE = ("kode_desa", "tanda")


def uncovered(workers: pl.DataFrame) -> pl.DataFrame:
    """Workers (`kode_desa`, `tanda`, `pembilang`: covered) counted: `kode_desa`, `tanda`, `pekerja`, `terlindungi`."""
    counts = {"pekerja": pl.len().cast(pl.Int64), "terlindungi": pl.col("pembilang").sum().cast(pl.Int64)}
    return workers.group_by(PLACE).agg(**counts).sort(PLACE)


def joiners(memberships: Iterable[pl.DataFrame], people: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    """People by the month in which they began to pay for themselves: `kode_desa`, `tanda`, `bulan`, `orang`.

    In: one table a register (`orang`, `mulai`, a month index) of those who pay for themselves then; `people` (`orang`,
    `nik`); `workers` (`nik`, `kode_desa`, `tanda`). A person counts once, in the first month that any register tells.
    """
    tables = [rows.select("orang", "mulai").group_by("orang").agg(pl.col("mulai").min()) for rows in memberships]
    if not tables:
        return pl.DataFrame(schema={**dict.fromkeys(PLACE, pl.String), "bulan": pl.Int64, "orang": pl.Int64})
    began = pl.concat(tables).group_by("orang").agg(bulan=pl.col("mulai").min().cast(pl.Int64))
    known = people.select(pl.col("orang").cast(began["orang"].dtype), "nik").drop_nulls("nik")
    placed = began.join(known, on="orang").join(workers.select("nik", *PLACE), on="nik")
    return placed.group_by(*PLACE, "bulan").agg(orang=pl.len().cast(pl.Int64)).sort(*PLACE, "bulan")
