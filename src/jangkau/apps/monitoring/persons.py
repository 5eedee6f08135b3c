"""Where the people behind figures are kept: once for the registers that a counting was made from."""

import shutil
from pathlib import Path

import polars as pl
from django.conf import settings as site

from jangkau.apps.monitoring.gathering import Parts, sum_of
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.registry import selectors as registry
from jangkau.core.coverage import Inputs, Panel, parameters
from jangkau.core.coverage.behind import Asked, behind, keep
from jangkau.core.publish import staging

_PREFIX = "orang-"


def folder_of(parts: Parts) -> Path:
    """Where the people of these registers are; books that change need no other."""
    return Path(site.DATA) / "hitungan" / f"{_PREFIX}{sum_of(parts['register'])[:16]}"


def keep_people(parts: Parts, given: Inputs, panel: Panel, provinsi: str) -> None:
    """Keep whom the figures are made of; those of registers that are no longer counted are taken away."""
    folder = folder_of(parts)
    for other in folder.parent.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    if not folder.is_dir():
        with staging(folder) as draft:
            keep(draft, panel, given.penduduk, given.kesejahteraan, provinsi)


def people_of(counting: Counting, asked: Asked) -> pl.DataFrame | None:
    """The people of a figure (`core.coverage.behind`); None where it is not made of people or they are not kept."""
    return behind(folder_of(counting.parts), asked, registry.settings().provinsi, parameters())
