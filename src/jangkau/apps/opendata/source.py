"""The figures that an edition is made from."""

from functools import partial

import polars as pl

from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core.coverage import Inputs, measure
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.tables.schema import Frame


def figures() -> pl.DataFrame:
    """All indicators from the registers in use (ANGKA).

    Raises PROGRAM_BELUM_DIATUR, and TERBUKA_TANPA_REGISTER without a register of members.
    """
    settings, members = registry.settings(), registry.current(Kind.PESERTA)
    if members is None:
        raise Problem("TERBUKA_TANPA_REGISTER")
    inputs = Inputs(
        potret={members.as_of: partial(registry.rows, members)},
        penduduk=_if_there(Kind.PENDUDUK),
        kesejahteraan=_if_there(Kind.KESEJAHTERAAN),
        angkatan_kerja=_if_there(Kind.ANGKATAN_KERJA),
    )
    return polars(measure(inputs, settings, Regions.load(settings.provinsi), Book.load()))


def _if_there(kind: str) -> Frame | None:
    snapshot = registry.current(kind)
    return registry.rows(snapshot) if snapshot else None
