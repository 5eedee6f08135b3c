"""A plan's folder as exposures."""

from pathlib import Path

import polars as pl

from jangkau.core import outputs
from jangkau.core.engine import polars
from jangkau.core.impact.exposure import Exposure, exposure, household_sizes
from jangkau.core.impact.model import Model, by_survey
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t
from jangkau.core.workspace import open_register


def read_plan(out: Path, workspace: Path | None = None, model: Model | None = None) -> tuple[Exposure, int]:
    """Exposures and points of the plan in OUT; with a workspace, households of its population register; with a model,
    consumption as a survey tells it.

    Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK, TABEL_SALAH and what `exposure` raises.
    """
    pekerja, rencana = outputs.read_table(out, t.PEKERJA), outputs.read_table(out, t.RENCANA)
    sizes = household_sizes(open_register(workspace, "penduduk")) if workspace else None
    paid = polars(rencana).filter(pl.col("dana").is_not_null()).unique("id_pekerja")
    exposed = exposure(pekerja, rencana, Book.load(), sizes)
    return by_survey(exposed, model) if model else exposed, int(paid["poin"].sum())
