"""A plan's folder as exposures."""

from pathlib import Path

import polars as pl

from jangkau.core import outputs
from jangkau.core.engine import polars
from jangkau.core.impact.exposure import Exposure, exposure, household_sizes
from jangkau.core.impact.model import Model, by_survey
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t
from jangkau.core.tables.schema import Frame
from jangkau.core.workspace import open_register


def read_plan(out: Path, workspace: Path | None = None, model: Model | None = None) -> tuple[Exposure, int]:
    """`of_tables` of the plan in OUT; with a workspace, households of its population register.

    Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK, TABEL_SALAH and what `exposure` raises.
    """
    pekerja, rencana = outputs.read_table(out, t.PEKERJA), outputs.read_table(out, t.RENCANA)
    return of_tables(pekerja, rencana, open_register(workspace, "penduduk") if workspace else None, model)


def of_tables(
    pekerja: Frame, rencana: Frame, penduduk: Frame | None = None, model: Model | None = None
) -> tuple[Exposure, int]:
    """Exposures and points of a plan; with a population register its households, with a model consumption as a survey
    tells it.
    """
    exposed = exposure(pekerja, rencana, Book.load(), None if penduduk is None else household_sizes(penduduk))
    paid = polars(rencana).filter(pl.col("dana").is_not_null()).unique("id_pekerja")
    return by_survey(exposed, model) if model else exposed, int(paid["poin"].sum())
