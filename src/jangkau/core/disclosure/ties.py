"""Counts of other names that tell of one another: relations that a reader of several tables may use."""

from collections.abc import Iterator, Sequence

import polars as pl

from jangkau.core.tables.figures import Tie

OPEN, FREE, SHUT = 1, 0, -1

LINKS = {"atas": pl.Int64, "sel": pl.Int64, "jenis": pl.String, "tanda": pl.Float64}
_SPOT = ["wilayah", "potongan", "kelas"]


def tied(table: pl.DataFrame, ties: Sequence[Tie]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Relations between cells of counts of other names: sums (LINKS: `atas` and every `sel` times its `tanda` come to
    nothing), and parts of wholes (`sel`, `atas`).

    In: the cells with their key, `sel` and `value`, those of `neither` among them. Only counts of one date and printing
    are tied, of `sama` those of `bulan` months before. A whole that equals a part of a sum is no pair: that nobody is
    left is told by the sum.
    """
    found = [(f"kait-{n}", tie, _pairs(table, tie)) for n, tie in enumerate(ties)]
    empty = pl.DataFrame(schema=LINKS)
    sums = [
        pairs.select("atas", "sel", _sign(tie), jenis=pl.lit(name)).select(*LINKS)
        for name, tie, pairs in found
        if tie.jenis != "termasuk"
    ]
    return pl.concat([empty, *sums]), pl.concat([empty.select("sel", "atas"), *_inside(found)])


def _sign(tie: Tie) -> pl.Expr:
    both = pl.col("nama") == tie.nama[-1] if tie.jenis == "irisan" else pl.lit(value=False)
    return pl.when(both).then(1.0).otherwise(-1.0).alias("tanda")


def neither(counts: pl.DataFrame, ties: Sequence[Tie]) -> pl.DataFrame:
    """Cells that stand in no table and that a reader works out: of an `irisan`, those of the whole in neither part.

    In: counts with their key, `value` and `fate`. Only where something is not settled yet.
    """
    found = [counts.clear()]
    for tie in ties:
        if tie.jenis == "irisan":
            found.append(_neither(counts, tie).select(counts.columns))
    return pl.concat(found)


def _neither(counts: pl.DataFrame, tie: Tie) -> pl.DataFrame:
    keys = [*_SPOT, "per", "cetak"]
    told = counts.filter(pl.col("nama") == tie.seluruh)
    for n, name in enumerate(tie.nama):
        part = counts.filter(pl.col("nama") == name).select(*keys, pl.col("value", "fate").name.suffix(f"_{n}"))
        told = told.join(part, on=keys)
    left = pl.col("value") - pl.col("value_0") - pl.col("value_1") + pl.col("value_2")
    fresh = pl.min_horizontal(pl.col("^fate.*$").abs()) == FREE
    return told.filter((left >= 0) & fresh).with_columns(
        nama=pl.lit(_left_out(tie)), value=left, fate=pl.lit(SHUT, pl.Int64)
    )


def _left_out(tie: Tie) -> str:
    return f"{tie.seluruh}, di luar: {', '.join(tie.nama)}"


def _inside(found: Sequence[tuple[str, Tie, pl.DataFrame]]) -> Iterator[pl.DataFrame]:
    for _name, tie, pairs in found:
        if tie.jenis == "termasuk":
            yield pairs.filter(pl.col("value") <= pl.col("value_atas")).select("sel", "atas")
        if tie.jenis == "irisan":
            yield pairs.filter(pl.col("nama") == _left_out(tie)).select("sel", "atas")
        if tie.jenis == "bagian":
            yield pairs.filter(pl.col("value") < pl.col("value_atas")).select("sel", "atas")


def _pairs(table: pl.DataFrame, tie: Tie) -> pl.DataFrame:
    whole = table.filter(pl.col("nama") == tie.seluruh)
    parts = table.filter(pl.col("nama").is_in([*tie.nama, _left_out(tie)]))
    month = pl.col("per").dt.year() * 12 + pl.col("per").dt.month()
    heads = whole.select(*_SPOT, "cetak", atas="sel", value_atas="value", bulan=month - tie.bulan)
    if tie.kelas:
        heads = heads.filter(pl.col("potongan") == "")
        parts = parts.filter(pl.col("potongan") == tie.potongan, pl.col("kelas").is_in(tie.kelas))
        parts = parts.with_columns(potongan=pl.lit(""), kelas=pl.lit(""))
    told = parts.with_columns(bulan=month)
    if tie.jenis == "irisan":
        heads = heads.join(told.filter(pl.col("nama") == _left_out(tie)), on=[*_SPOT, "bulan", "cetak"], how="semi")
    if tie.bulan:  # what was printed of an earlier date has its own numbers
        return _newest(told).join(heads.drop("cetak"), on=[*_SPOT, "bulan"])
    return told.join(heads, on=[*_SPOT, "bulan", "cetak"])


def _newest(parts: pl.DataFrame) -> pl.DataFrame:
    """One count a month and spot: of the last day and printing."""
    return parts.sort("per", "cetak", "sel").unique([*_SPOT, "bulan"], keep="last", maintain_order=True)
