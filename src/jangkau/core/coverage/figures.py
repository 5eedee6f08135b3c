"""Counts become figures: rows of ANGKA, each with the words of its indicator."""

import polars as pl

from jangkau.core.coverage.catalogue import PUBLISHED, Indicator
from jangkau.core.tables.figures import ANGKA

COUNTED = {
    "wilayah": pl.String,
    "potongan": pl.String,
    "kelas": pl.String,
    "per": pl.Date,
    "pembilang": pl.Float64,
    "penyebut": pl.Float64,
    "sumber_pembilang": pl.String,
    "sumber_penyebut": pl.String,
    "catatan": pl.String,
}


def figures(
    counted: pl.DataFrame, indicator: Indicator, penyebut: str | None = None, asal: str = "dihitung"
) -> pl.DataFrame:
    """ANGKA of one indicator. In: the columns of COUNTED; those that are missing are empty.

    A percentage is 100 x numerator / denominator to 4 decimals, unknown where either is or nothing is below it; a plain
    count is its numerator. `penyebut`: the denominator's name where the catalogue does not say it.
    """
    missing = [pl.lit(None, kind).alias(name) for name, kind in COUNTED.items() if name not in counted.columns]
    rows = counted.with_columns(missing).with_columns(pl.col("potongan", "kelas").fill_null(""))
    rows = rows.select(pl.col(name).cast(kind) for name, kind in COUNTED.items())
    share = 100.0 * pl.col("pembilang") / pl.when(pl.col("penyebut") > 0).then(pl.col("penyebut"))
    own = "" if indicator.penyebut.startswith(PUBLISHED) else indicator.penyebut
    name = own if penyebut is None else penyebut
    return rows.select(
        pl.lit(indicator.kode).alias("indikator"),
        *COUNTED,
        nilai=share.round(4) if indicator.penyebut else pl.col("pembilang"),
        satuan=pl.lit(indicator.satuan),
        nama_pembilang=pl.lit(indicator.pembilang),
        nama_penyebut=pl.lit(name or None, pl.String),
        versi=pl.lit(indicator.versi),
        asal=pl.lit(asal),
    )


def rolled(rows: pl.DataFrame, lengths: tuple[int, ...]) -> pl.DataFrame:
    """Counts by `per`, `wilayah`, `potongan`, `kelas` summed for every length of region code that they reach.

    A sum is unknown where one of its parts is.
    """
    keys = ["per", "wilayah", "potongan", "kelas"]
    counts = [pl.col(name) for name in rows.columns if name not in keys]
    sums = [pl.when(count.is_not_null().all()).then(count.sum()).alias(count.meta.output_name()) for count in counts]
    reached = [
        rows.filter(pl.col("wilayah").str.len_chars() >= length).with_columns(pl.col("wilayah").str.slice(0, length))
        for length in lengths
    ]
    return pl.concat(part.group_by(keys).agg(sums) for part in reached)


def whole(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Parts of ANGKA as one table in its order: by indicator as given, region, date, cut and class."""
    empty = dict.fromkeys(("galat_baku", "bawah", "atas"), pl.Float64) | {"keyakinan": pl.String}
    kept = [
        part.with_columns(pl.lit(None, kind).alias(n) for n, kind in empty.items() if n not in part.columns)
        for part in parts
    ]
    together = (
        pl.concat([part.select(ANGKA.names) for part in kept]) if kept else pl.DataFrame(ANGKA.empty().to_native())
    )
    rank = {code: n for n, code in enumerate(together["indikator"].unique(maintain_order=True))}
    order = pl.col("indikator").replace_strict(rank, return_dtype=pl.Int32) if rank else pl.lit(0)
    return together.sort(order, "wilayah", "per", "potongan", "kelas", "asal", "sumber_pembilang")
