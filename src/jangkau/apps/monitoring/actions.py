"""Counting every figure, and keeping what was counted."""

from datetime import timedelta

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.monitoring import gathering, outlook, persons, reading
from jangkau.apps.monitoring.models import Counting, file_of, place
from jangkau.apps.planning.files import freeze, sum_of
from jangkau.apps.registry import selectors as registry
from jangkau.core.coverage import measure, parameters, read_panel
from jangkau.core.engine import polars
from jangkau.core.identity.regions import LEVELS, Regions
from jangkau.core.kernel.progress import Progress, Silent
from jangkau.core.law.book import Book
from jangkau.core.publish import staging

KIND = "monitoring.coverage"
RETRY_AFTER, MOST_TRIES, BOOKS_AFTER = timedelta(hours=1), 3, timedelta(hours=1)
_GROUP = 20_000  # rows that are read or passed over together


def ask_to_count() -> None:
    """Queue the counting of what is there now, once for each state of it: who looks at a page does not repeat it.

    New registers are counted at once, changed books once an hour. Where it failed it is tried again after RETRY_AFTER,
    MOST_TRIES times in all.
    """
    told = gathering.parts()
    if told is None or not _due(told):
        return
    key = gathering.sum_of(told)
    if _may_try(list(Job.objects.filter(kind=KIND, args={"inputs": key})[:MOST_TRIES])):
        start(KIND, {"inputs": key}, by=None)


def _due(told: gathering.Parts) -> bool:
    newest = Counting.objects.first()
    if newest is None or newest.parts["register"] != told["register"]:
        return True
    return newest.parts != told and newest.created_at < timezone.now() - BOOKS_AFTER


def _may_try(tried: list[Job]) -> bool:
    """`tried`: the jobs for this state, the last first."""
    if not tried:
        return True
    ended = tried[0].ended_at if tried[0].state == State.FAILED else None
    return len(tried) < MOST_TRIES and ended is not None and ended < timezone.now() - RETRY_AFTER


def count(progress: Progress | None = None) -> Counting | None:
    """Count every figure from what is there now; the same is counted once, and earlier countings stay.

    None while a register or the settings are missing. Raises LawUndefinedOn.
    """
    listener, told = progress or Silent(), gathering.parts()
    if told is None:
        return None
    key = gathering.sum_of(told)
    known = Counting.objects.filter(inputs=key).first()
    if known is None:
        measured = _measured(listener, told)
        listener.step(gettext_noop("Menyimpan angka"))
        known = keep(key, told, *measured)
    return known


def _measured(progress: Progress, parts: gathering.Parts) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """ANGKA, and what is kept beside it by its name."""
    progress.step(gettext_noop("Mengumpulkan yang dihitung"))
    given, settings = gathering.inputs(), registry.settings()
    progress.step(gettext_noop("Menghitung semua indikator"), len(given.potret))
    regions, book = Regions.load(settings.provinsi), Book.load()
    panel = read_panel(given.potret, settings.provinsi, book, parameters().bayar_menyusul)
    found = polars(measure(given, settings, regions, book, panel=panel))
    progress.advance(len(given.potret))
    progress.step(gettext_noop("Menyimpan orang di balik angka"))
    persons.keep_people(parts, given, panel, settings.provinsi, book)
    progress.step(gettext_noop("Meramalkan dan menguji ramalan"))
    told, tried = outlook.ahead(given, panel, settings, regions)
    changes = persons.changes(parts, panel, settings.provinsi, [place.code for place in regions.kabupaten])
    steps = outlook.path(timezone.localdate(), settings.provinsi)
    return found, {reading.CHANGED: changes, reading.AHEAD: told, reading.TRIED: tried, reading.STEPS: steps}


def keep(
    key: str, told: gathering.Parts, rows: pl.DataFrame, beside: dict[str, pl.DataFrame] | None = None
) -> Counting:
    """Keep the rows (ANGKA) of a counting for good, and what stands beside them by its file name.

    One file a level of region, its rows beside those of the regions next to them: a page reads only its part.
    """
    ordered = rows.sort("wilayah", "indikator", "potongan", "kelas", "per", "asal", "sumber_pembilang")
    with staging(place(key)) as draft:
        for length in LEVELS:
            level = ordered.filter(pl.col("wilayah").str.len_chars() == length)
            level.write_parquet(draft / file_of(length), compression="zstd", statistics=True, row_group_size=_GROUP)
        for name, table in (beside or {}).items():
            table.write_parquet(draft / name, compression="zstd")
    freeze(place(key))
    facts = {"parts": told, "sha256": sum_of(place(key)), "rows": len(rows), "per": rows["per"].max()}
    return Counting.objects.get_or_create(inputs=key, defaults=facts)[0]
