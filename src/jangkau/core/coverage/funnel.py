"""From the row of a list to the claim that is paid: how many are left at each step."""

from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from jangkau.core.coverage.figures import rolled
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.monitoring import CORONG
from jangkau.core.tables.schema import Frame

LENGTHS = (2, 4, 6, 10)


@cache
def steps() -> list[dict[str, Any]]:
    """The steps in order, each with `kode`, `nama`, `satuan`, `definisi`."""
    return list(load_yaml((files("jangkau.core.coverage") / "corong.yaml").read_text("utf-8"))["tahap"])


def funnel(counts: Frame, provinsi: str) -> Frame:
    """CORONG: every step for every region, summed upwards; a step that nobody counted is unknown, not 0.

    In: `per` (Date), `wilayah` (code of any length), `tahap`, `jumlah`. Within a date where a step was counted for
    anyone, a region without a row of it has 0. `bagian`: percent of the step before, where both are known, count the
    same unit, and there were any. Rows of a step that is not declared are left out.
    """
    rows = polars(counts).filter(pl.col("wilayah").str.starts_with(provinsi))
    summed = rolled(rows.select("per", "wilayah", "jumlah", kelas="tahap", potongan=pl.lit("")), LENGTHS)
    known = pl.DataFrame(steps()).rename({"kode": "tahap"}).with_row_index("urut")
    counted = rows.select("per", "tahap").unique().with_columns(dihitung=True)
    every = summed.select("per", "wilayah").unique().join(known, how="cross")
    every = every.join(summed.rename({"kelas": "tahap"}), on=["per", "wilayah", "tahap"], how="left")
    every = every.join(counted, on=["per", "tahap"], how="left").sort("per", "wilayah", "urut")
    every = every.with_columns(jumlah=pl.when("dihitung").then(pl.col("jumlah").fill_null(0)))
    unit, last = (pl.col(name).shift(1).over("per", "wilayah") for name in ("satuan", "jumlah"))
    before = pl.when(unit == pl.col("satuan")).then(last)
    share = (100.0 * pl.col("jumlah") / pl.when(before > 0).then(before)).round(4)
    return CORONG.conform(frame(every.with_columns(bagian=share)))
