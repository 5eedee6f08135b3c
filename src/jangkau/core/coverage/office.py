"""Figures of the programme's own office work: money and months, claims, rows of lists, duties."""

import polars as pl

from jangkau.core.coverage.figures import rolled
from jangkau.core.engine import polars
from jangkau.core.tables.schema import Frame

PAID = ("dibayar",)
PROMISED = ("komitmen", "ditagih", *PAID)
LENGTHS = (2, 4, 6, 10)
_DATED = ["per", "wilayah"]


def months(bulan_orang: Frame, provinsi: str) -> pl.DataFrame:
    """Person-months where the people are: `didanai`, `dibayar`, by date, region, and `dana` (uncut and cut)."""
    rows = polars(bulan_orang).filter(pl.col("wilayah").str.starts_with(provinsi))
    counted = rows.select(
        *_DATED,
        kelas="dana",
        didanai=pl.when(pl.col("keadaan").is_in(PROMISED)).then("bulan").otherwise(0),
        dibayar=pl.when(pl.col("keadaan").is_in(PAID)).then("bulan").otherwise(0),
    )
    return _both(counted)


def money(bulan_orang: Frame, dana: Frame, provinsi: str) -> pl.DataFrame:
    """Rupiah of each fund where the fund is: `dijanjikan`, `dibayar`, `anggaran`. A fund without entries has 0 of both.

    A fund without a region, or of a wider one, is the province's.
    """
    place = pl.col("wilayah")
    place = pl.when(place.str.starts_with(provinsi)).then(place).otherwise(pl.lit(provinsi))
    funds = polars(dana).select(place.alias("wilayah"), kelas="kode", anggaran="anggaran")
    rows = polars(bulan_orang)
    promised = pl.col("rupiah").filter(pl.col("keadaan").is_in(PROMISED)).sum()
    paid = pl.col("rupiah").filter(pl.col("keadaan").is_in(PAID)).sum()
    spent = rows.group_by("per", kelas="dana").agg(dijanjikan=promised, dibayar=paid)
    every = rows.select("per").unique().join(funds, how="cross").join(spent, on=["per", "kelas"], how="left")
    return _both(every.with_columns(pl.col("dijanjikan", "dibayar").fill_null(0)))


def _both(counted: pl.DataFrame) -> pl.DataFrame:
    """Uncut and by fund, for every level of region."""
    uncut = counted.with_columns(kelas=pl.lit(""), potongan=pl.lit(""))
    return rolled(pl.concat([uncut, counted.with_columns(potongan=pl.lit("dana"))]), LENGTHS)


def sums(given: Frame, columns: tuple[str, ...], provinsi: str) -> pl.DataFrame:
    """Counts of a frame with `per` and `wilayah`, summed for every level of region."""
    rows = polars(given).filter(pl.col("wilayah").str.starts_with(provinsi)).select(*_DATED, *columns)
    return rolled(rows.with_columns(potongan=pl.lit(""), kelas=pl.lit("")), LENGTHS)


def duties(kewajiban: Frame, provinsi: str) -> pl.DataFrame:
    """Of each region itself the duties met and answered; those without an answer are told in `catatan`."""
    rows = polars(kewajiban).filter(pl.col("wilayah").str.starts_with(provinsi))
    met = pl.col("terpenuhi").cast(pl.Boolean)
    counted = rows.group_by(_DATED).agg(
        pembilang=met.sum(), penyebut=met.is_not_null().sum(), tanpa=met.is_null().sum()
    )
    left = pl.format("{} kewajiban belum dijawab", "tanpa")
    answered = pl.col("penyebut") > 0
    return counted.select(
        *_DATED,
        pl.when(answered).then("pembilang").alias("pembilang"),
        pl.when(answered).then("penyebut").alias("penyebut"),
        pl.when(pl.col("tanpa") > 0).then(left).alias("catatan"),
    )
