"""Figures that others published, as they published them: side by side where they disagree, never averaged."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame

NATION = "00"  # the region code of the whole country
SAME = 0.005  # percentages are published to two decimals
_OF_ONE = ["indikator", "wilayah", "potongan", "kelas"]
_WHAT = {
    "asal": "asal",
    "nama_pembilang": "arti pembilang",
    "pembilang": "pembilang",
    "nama_penyebut": "arti penyebut",
    "penyebut": "penyebut",
    "sumber": "sumber",
    "per": "tanggal",
}


@cache
def _told() -> dict[str, Any]:
    return dict(load_yaml((files("jangkau.core.coverage") / "terbitan.yaml").read_text("utf-8")))


def published(given: Sequence[dict[str, Any]] | None = None) -> Frame:
    """The figures of `terbitan.yaml`, or others told the same way: ANGKA, `asal` terbit.

    What a source does not state (numerator, denominator, their names) is empty. Raises TABEL_SALAH.
    """
    rows = [_row(told) for told in (_told()["angka"] if given is None else given)]
    return ANGKA.conform(
        frame(pl.DataFrame(rows, schema_overrides=_types()).sort("indikator", "wilayah", "per", "nilai"))
    )


def _row(told: dict[str, Any]) -> dict[str, Any]:
    row = dict.fromkeys(ANGKA.names) | {"potongan": "", "kelas": "", "asal": "terbit", "versi": _told()["versi"]}
    source = told["sumber"]
    row |= {name: value for name, value in told.items() if name != "sumber"}
    return row | {"sumber_pembilang": source, "sumber_penyebut": source if told.get("nama_penyebut") else None}


def _types() -> dict[str, Any]:
    kinds = {"Float64": pl.Float64, "Date": pl.Date}
    return {name: kinds.get(str(kind), pl.String) for name, kind in ANGKA.schema.items()}


def conflicts(figures: Frame, since: date, until: date) -> Frame:
    """Figures of one indicator, region and class that disagree within a period, side by side.

    Of figures that mean the same (origin, names of numerator and denominator, source) only the latest of the period
    stands for them, so a monthly series is no conflict with itself. Out: ANGKA with `kelompok` (1, 2, ...) and `beda`,
    what differs within the group ("penyebut, sumber, tanggal"). Figures without a value are left out.
    """
    source = pl.col("sumber_pembilang").str.replace(r" per \d{4}-\d{2}-\d{2}$", "").alias("sumber")
    rows = polars(figures).filter(pl.col("per").is_between(since, until), pl.col("nilai").is_not_null())
    kinds = [*_OF_ONE, "asal", "nama_pembilang", "nama_penyebut", "sumber"]
    latest = rows.with_columns(source).sort("per").unique(kinds, keep="last", maintain_order=True)
    spread = (pl.col("nilai").max() - pl.col("nilai").min()).over(_OF_ONE) > SAME
    found = latest.filter(spread).with_columns(kelompok=pl.struct(_OF_ONE).rank("dense").cast(pl.Int64))
    differing = [
        pl.when(pl.col(name).rank("dense").max().fill_null(0) + pl.col(name).has_nulls() > 1).then(pl.lit(words))
        for name, words in _WHAT.items()
    ]
    beda = found.group_by("kelompok").agg(pl.concat_str(differing, separator=", ", ignore_nulls=True).alias("beda"))
    told = found.join(beda, on="kelompok").sort("kelompok", "per", "nilai", "sumber")
    return frame(told.select(*ANGKA.names, "kelompok", "beda"))


def with_breaks(figures: Frame) -> Frame:
    """Figures with `rangkaian` (0, 1, ... of one indicator, region, class and origin) and `putus`, why one starts.

    No line is drawn across a break: the declared ones, and wherever the denominator's name or the version of the
    definition changes.
    """
    declared = pl.DataFrame(
        [{name: told[name] for name in ("indikator", "wilayah", "per", "sebab")} for told in _told()["putus"]]
    )
    own = [*_OF_ONE, "asal"]
    rows = polars(figures).sort(*own, "per", "sumber_pembilang")
    rows = rows.join(declared, on=["indikator", "wilayah", "per"], how="left", maintain_order="left")
    first = pl.int_range(pl.len()).over(own) == 0

    def changed(name: str) -> pl.Expr:
        return ~first & pl.col(name).ne_missing(pl.col(name).shift(1).over(own))

    told = (
        pl.when(~first & (pl.col("asal") == "terbit") & pl.col("sebab").is_not_null())
        .then("sebab")
        .when(changed("nama_penyebut"))
        .then(pl.lit("penyebut berbeda"))
        .when(changed("versi"))
        .then(pl.lit("definisi berubah"))
    )
    rows = rows.with_columns(putus=told)
    return frame(rows.with_columns(rangkaian=pl.col("putus").is_not_null().cum_sum().over(own)).drop("sebab"))
