"""The tables of OUT: written whole, read back checked."""

import json
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from pydantic_core import to_json

from jangkau.core.engine import polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.schema import Frame, Table

FIGURES = "angka"  # the folder in OUT of the indicators


def write_parquet(frame: Frame, table: Table, folder: Path) -> None:
    """`<table>.parquet`, checked against its declaration."""
    path = folder / f"{table.name}.parquet"
    polars(table.check(frame)).write_parquet(path, compression="zstd", compression_level=1, statistics=False)


def write_csv(frame: Frame, table: Table, folder: Path) -> None:
    """`<table>.csv`, UTF-8, comma, checked against its declaration."""
    polars(table.check(frame)).write_csv(folder / f"{table.name}.csv")


def write_json(value: dict[str, Any], path: Path) -> None:
    """Indented JSON in the order given."""
    path.write_bytes(to_json(value, indent=2, fallback=str) + b"\n")


def read_table(out: Path, table: Table) -> Frame:
    """A table of an earlier run. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK or TABEL_SALAH."""
    for ending in (".parquet", ".csv"):
        path = out / f"{table.name}{ending}"
        if path.is_file():
            return table.conform(_read(path, table))
    raise Problem("BERKAS_TIDAK_ADA", berkas=f"{table.name}.parquet")


def _read(path: Path, table: Table) -> pl.DataFrame:
    dates = [name for name, dtype in table.schema.items() if dtype == nw.Date()]
    flags = [name for name, dtype in table.schema.items() if dtype == nw.Boolean()]
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        text = pl.read_csv(path, infer_schema=False)
        return text.with_columns(pl.col(dates).str.to_date(), pl.col(flags) == "true")
    except pl.exceptions.PolarsError as error:
        raise Problem("BERKAS_RUSAK", berkas=path.name, sebab=type(error).__name__) from None


def read_json(path: Path) -> dict[str, Any]:
    """A JSON file of an earlier run. Raises BERKAS_TIDAK_ADA or BERKAS_RUSAK."""
    if not path.is_file():
        raise Problem("BERKAS_TIDAK_ADA", berkas=path.name)
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError):
        raise Problem("BERKAS_RUSAK", berkas=path.name, sebab="bukan JSON") from None
