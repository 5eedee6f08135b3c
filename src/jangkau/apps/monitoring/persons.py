"""Where the people behind figures are kept: once for the registers that a counting was made from."""

import shutil
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
from django.conf import settings as site

from jangkau.apps.monitoring.gathering import Parts, sum_of
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.reading import CHANGES
from jangkau.apps.registry import selectors as registry
from jangkau.core.coverage import Inputs, Panel, change, parameters, whereabouts
from jangkau.core.coverage.behind import (
    Asked,
    Moved,
    behind,
    behind_change,
    keep,
    kept_change,
    kept_days,
    kept_whereabouts,
)
from jangkau.core.engine import polars
from jangkau.core.law.book import Book
from jangkau.core.publish import staging

_PREFIX, _FORM = "orang-", 2  # files of another form are kept anew
A_YEAR = 366


def folder_of(parts: Parts) -> Path:
    """Where the people of these registers are; books that change need no other."""
    return Path(site.DATA) / "hitungan" / f"{_PREFIX}{_FORM}-{sum_of(parts['register'])[:16]}"


def keep_people(parts: Parts, given: Inputs, panel: Panel, provinsi: str, book: Book) -> None:
    """Keep whom the figures are made of; those of registers that are no longer counted are taken away."""
    folder = folder_of(parts)
    for other in folder.parent.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    if not folder.is_dir():
        known = whereabouts(panel, given.potret, panel.dates, provinsi=provinsi, book=book, penduduk=given.penduduk)
        with staging(folder) as draft:
            keep(draft, panel, known, given.penduduk, given.kesejahteraan, provinsi)


def changes(parts: Parts, panel: Panel, provinsi: str, kabupaten: Sequence[str]) -> pl.DataFrame:
    """PERUBAHAN with `sejak` and `sampai`, from each snapshot to the next and over the last year.

    In: the panel whose people are kept.
    """
    days = panel.dates
    known = kept_whereabouts(folder_of(parts), days)
    year = [(day, days[-1]) for day in days[:-1] if (days[-1] - day).days <= A_YEAR][:1]
    told = [
        polars(change(panel, known, since, until, provinsi=provinsi, kabupaten=kabupaten)).with_columns(
            sejak=pl.lit(since), sampai=pl.lit(until)
        )
        for since, until in sorted({*pairwise(days), *year})
    ]
    return pl.concat(told) if told else pl.DataFrame(schema=CHANGES)


def days_kept(counting: Counting) -> list[date]:
    """The days of the snapshots whose people are kept."""
    return kept_days(folder_of(counting.parts))


def change_between(counting: Counting, region: str, since: date, until: date) -> pl.DataFrame | None:
    """PERUBAHAN of a region between any two of those days; None where their people are not kept."""
    provinsi = registry.settings().provinsi
    below = [] if region == provinsi else [region]
    return kept_change(folder_of(counting.parts), since, until, provinsi, below)


def people_of_step(counting: Counting, asked: Moved) -> pl.DataFrame | None:
    """The people of a step (`core.coverage.behind_change`); None where they are not kept."""
    return behind_change(folder_of(counting.parts), asked, registry.settings().provinsi)


def people_of(counting: Counting, asked: Asked) -> pl.DataFrame | None:
    """The people of a figure (`core.coverage.behind`); None where it is not made of people or they are not kept."""
    return behind(folder_of(counting.parts), asked, registry.settings().provinsi, parameters())
