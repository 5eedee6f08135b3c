"""Targets: several series that do not agree, each with its own denominator; a year that nobody named stays unknown."""

from functools import cache
from importlib.resources import files
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.coverage.published import NATION
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.monitoring import SASARAN
from jangkau.core.tables.schema import Frame

OWN = "SENDIRI"


@cache
def _series() -> list[dict[str, Any]]:
    return list(load_yaml((files("jangkau.core.coverage") / "sasaran.yaml").read_text("utf-8"))["rangkaian"])


def targets(own: Frame | None = None) -> Frame:
    """SASARAN: the series of `sasaran.yaml` and, as series SENDIRI, a workspace's TARGET."""
    facts = ("nama", "wilayah", "indikator", "nama_penyebut", "sumber", "keyakinan")
    rows = [
        {"seri": told["kode"], **{name: told[name] for name in facts}, "tahun": year, "persen": percent}
        for told in _series()
        for year, percent in told["tahun"].items()
    ]
    known = SASARAN.conform(frame(pl.DataFrame(rows, schema_overrides={"persen": pl.Float64})))
    if own is None:
        return known
    mine = own.with_columns(seri=nw.lit(OWN), nama=nw.lit("Target sendiri"))
    return SASARAN.check(nw.concat([known, SASARAN.conform(mine)]))


def against(figures: Frame, goals: Frame) -> Frame:
    """Figures of percentages beside every target of their indicator and year: ANGKA and the target's columns.

    A target holds for its own region and all below it. Added: `seri`, `nama_seri`, `wilayah_target`, `target`,
    `penyebut_target`, `sumber_target`, `selisih` (points above the target; null where figure or target is unknown) and
    `sepadan`, whether both divide by the same named denominator. Only figures without a cut.
    """
    rows = polars(figures).filter(pl.col("potongan") == "", pl.col("satuan") == "persen")
    named = polars(goals).select(
        "seri", "indikator", "tahun", nama_seri="nama", wilayah_target="wilayah", target="persen",
        penyebut_target="nama_penyebut", sumber_target="sumber",
    )  # fmt: skip
    both = rows.with_columns(tahun=pl.col("per").dt.year().cast(pl.Int64)).join(named, on=["indikator", "tahun"])
    above = pl.col("wilayah").str.starts_with(pl.col("wilayah_target")) | (pl.col("wilayah_target") == NATION)
    found = both.filter(above).with_columns(
        selisih=(pl.col("nilai") - pl.col("target")).round(4),
        sepadan=(pl.col("nama_penyebut") == pl.col("penyebut_target")).fill_null(value=False),
    )
    return frame(found.drop("tahun").sort("indikator", "wilayah", "per", "seri", "wilayah_target"))
