"""`tautan.json`: by which model and thresholds the links of OUT were decided, and how many of each there are."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.model import Model, Thresholds, load
from jangkau.core.outputs import read_json
from jangkau.core.tables.schema import Frame

FILE = "tautan.json"


@dataclass(frozen=True)
class Record:
    """The version of the model that decided, its thresholds, and the `kesamaan` of settled pairs (see `agreement`)."""

    versi: str
    ambang: Thresholds
    kesamaan: list[dict[str, Any]] = field(default_factory=list)


def record(tautan: Frame, model: Model, kesamaan: list[dict[str, Any]], blok: list[dict[str, Any]]) -> dict[str, Any]:
    """The content of `tautan.json`; `blok`: what was weighed in each search (see `blocks.report`)."""
    counts = polars(tautan).group_by("register", "keputusan", "cara").agg(pl.len().alias("pasangan"))
    return {
        "versi_model": model.version,
        "ambang": asdict(model.thresholds),
        "pasangan": counts.sort("register", "keputusan", "cara").to_dicts(),
        "kesamaan": kesamaan,
        "blok": blok,
    }


def read_record(out: Path) -> Record:
    """The record of a run; a run that kept none was decided by the model shipped. Raises BERKAS_RUSAK."""
    if not (out / FILE).is_file():
        return Record(load().version, load().thresholds)
    data = read_json(out / FILE)
    try:
        return Record(str(data["versi_model"]), Thresholds(**data["ambang"]), list(data.get("kesamaan", [])))
    except (KeyError, TypeError):
        raise Problem("BERKAS_RUSAK", berkas=FILE, sebab="isinya bukan catatan pencocokan") from None
