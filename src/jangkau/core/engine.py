"""Where frames live. Stages are written in Narwhals; this names the engine under them."""

from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.tables.schema import Frame, collect


def frame(native: Any) -> Frame:
    """Any native or Narwhals frame as an eager Narwhals frame."""
    return collect(native)


def from_columns(data: dict[str, Any]) -> Frame:
    """A new frame on the default engine."""
    return nw.from_native(pl.DataFrame(data), eager_only=True)


def polars(native: Any) -> pl.DataFrame:
    """A frame as Polars, for writers and solvers that need one process."""
    return collect(native).to_polars()
