"""What a demo shows of monitoring: a year of earlier member registers, made up from the one that is there."""

import io
from datetime import date, timedelta

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile

from jangkau.apps.accounts.models import User
from jangkau.apps.monitoring.actions import count
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.actions import read_snapshot, receive
from jangkau.apps.registry.models import Kind, Snapshot
from jangkau.core.engine import polars
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.progress import Progress, Silent

MONTHS = 12
_SOURCE = "Contoh, dikarang dari potret terakhir"


def show_monitoring(progress: Progress, *, by: User) -> int:
    """Twelve member registers before the newest, each as that one would have been then; the figures counted.

    Returns how many registers were made; what is there stays.
    """
    newest = registry.current(Kind.PESERTA)
    if newest is None or Snapshot.objects.filter(kind=Kind.PESERTA).count() > 1:
        return 0
    members = polars(registry.rows(newest))
    progress.step("Mengarang potret peserta sebelumnya", MONTHS)
    for back in range(MONTHS, 0, -1):
        day = _end_of(month_of(newest.as_of) - back)
        read_snapshot(receive(_file(_as_of(members, day)), str(Kind.PESERTA), day, _SOURCE, by=by), Silent())
        progress.advance()
    count(progress)
    return MONTHS


def _as_of(members: pl.DataFrame, day: date) -> pl.DataFrame:
    """Who had joined by then, paid no further than that month."""
    month = pl.lit(month_text(month_of(day)))
    there = members.filter(pl.col("mulai").is_null() | (pl.col("mulai") <= month))
    return there.with_columns(dibayar_sampai=pl.min_horizontal("dibayar_sampai", month))


def _end_of(month: int) -> date:
    return date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)


def _file(rows: pl.DataFrame) -> SimpleUploadedFile:
    whole = io.BytesIO()
    rows.write_parquet(whole)
    return SimpleUploadedFile("peserta.parquet", whole.getvalue())
