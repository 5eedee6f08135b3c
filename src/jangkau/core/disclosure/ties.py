"""Counts of other names that tell of one another: relations that a reader of several tables may use."""

from collections.abc import Iterator, Sequence

import polars as pl

from jangkau.core.tables.figures import Tie

LINKS = {"atas": pl.Int64, "sel": pl.Int64, "jenis": pl.String}
_SPOT = ["wilayah", "potongan", "kelas"]


def tied(table: pl.DataFrame, ties: Sequence[Tie]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Relations between cells of counts of other names: sums (`atas`, `sel`, `jenis`), and parts of wholes (`sel`,
    `atas`).

    In: the cells with their key, `sel` and `value`. Only counts of one date and printing are tied, of `sama` those of
    `bulan` months before. A whole that equals a part of a sum is no pair: that nobody is left is told by the sum.
    """
    found = [(f"kait-{n}", tie, _pairs(table, tie)) for n, tie in enumerate(ties)]
    empty = pl.DataFrame(schema=LINKS)
    sums = [pairs.select("atas", "sel", jenis=pl.lit(name)) for name, tie, pairs in found if tie.jenis != "termasuk"]
    return pl.concat([empty, *sums]), pl.concat([empty.select("sel", "atas"), *_inside(found)])


def _inside(found: Sequence[tuple[str, Tie, pl.DataFrame]]) -> Iterator[pl.DataFrame]:
    for _name, tie, pairs in found:
        if tie.jenis == "termasuk":
            yield pairs.filter(pl.col("value") <= pl.col("value_atas")).select("sel", "atas")
        if tie.jenis == "bagian":
            yield pairs.filter(pl.col("value") < pl.col("value_atas")).select("sel", "atas")


def _pairs(table: pl.DataFrame, tie: Tie) -> pl.DataFrame:
    whole = table.filter(pl.col("nama") == tie.seluruh)
    parts = table.filter(pl.col("nama").is_in(tie.nama))
    month = pl.col("per").dt.year() * 12 + pl.col("per").dt.month()
    heads = whole.select(*_SPOT, "cetak", atas="sel", value_atas="value", bulan=month - tie.bulan)
    if tie.kelas:
        heads = heads.filter(pl.col("potongan") == "")
        parts = parts.filter(pl.col("potongan") == tie.potongan, pl.col("kelas").is_in(tie.kelas))
        parts = parts.with_columns(potongan=pl.lit(""), kelas=pl.lit(""))
    told = parts.with_columns(bulan=month)
    if tie.bulan:  # what was printed of an earlier date has its own numbers
        return _newest(told).join(heads.drop("cetak"), on=[*_SPOT, "bulan"])
    return told.join(heads, on=[*_SPOT, "bulan", "cetak"])


def _newest(parts: pl.DataFrame) -> pl.DataFrame:
    """One count a month and spot: of the last day and printing."""
    return parts.sort("per", "cetak", "sel").unique([*_SPOT, "bulan"], keep="last", maintain_order=True)
