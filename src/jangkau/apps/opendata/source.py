"""The figures that an edition is made from: those that monitoring counted and keeps."""

import polars as pl

from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.actions import count
from jangkau.core.kernel.problems import Problem


def figures() -> tuple[pl.DataFrame, str]:
    """The figures (ANGKA) of the newest counting, each indicator at its newest day, and the sum over that counting.

    Counted here only where nothing has been counted yet. Raises TERBUKA_TANPA_REGISTER where nothing can be.
    """
    counting = reading.newest() or count()
    if counting is None:
        raise Problem("TERBUKA_TANPA_REGISTER")
    rows = reading.angka(counting)
    return rows.filter(pl.col("per") == pl.col("per").max().over("indikator")), counting.sha256
