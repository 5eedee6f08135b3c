"""Receiving snapshots, and changing the programme."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.registry.keeping import full, keep
from jangkau.apps.registry.models import Fund, Programme, Snapshot, SnapshotState, Target
from jangkau.apps.registry.selectors import TABLES
from jangkau.core.engine import polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.register_files import read_register
from jangkau.core.tables.settings import Settings

ENDINGS = (".parquet", ".csv", ".xlsx")
PART = 2**20


def receive(upload: "UploadedFile[Any]", kind: str, as_of: date, source: str, *, by: User | None) -> Snapshot:
    """Keep the bytes of a register and queue its check; the same bytes for the same date are given back as they are,
    and checked again only where the check did not come to its end.

    Raises REGISTER_JENIS_BERKAS for a file that is no CSV, Parquet or xlsx, and PENYIMPANAN_PENUH.
    """
    ending = Path(upload.name or "").suffix.lower()
    if ending not in ENDINGS:
        raise Problem("REGISTER_JENIS_BERKAS", berkas=upload.name)
    digest, size = keep(upload.chunks(PART))
    with transaction.atomic():
        known = {"kind": kind, "sha256": digest, "as_of": as_of}
        shown = {"source": source, "file_name": Path(upload.name or "").name, "size": size, "by": by}
        snapshot, new = Snapshot.objects.select_related("job").get_or_create(**known, defaults=shown)
        if snapshot.state == SnapshotState.CHECKING and not (snapshot.job and snapshot.job.alive):
            snapshot.job = jobs.start("registers.read", {"snapshot": snapshot.pk}, by=by)
            snapshot.save()
        if new:
            record("registers.receive", by=by, thing=snapshot, after={**known, **shown, "by": str(by)})
    return snapshot


def read_snapshot(snapshot: Snapshot, progress: Progress) -> dict[str, Any]:
    """Check the bytes against the declared table and write the rows; what is settled is left as it is.

    A register without a usable row, or without its key column, is refused with the reason and stays in the list.
    """
    if snapshot.state != SnapshotState.CHECKING:
        return {"baris": snapshot.rows}
    notes: list[dict[str, Any]] = []
    table = TABLES[snapshot.kind]
    progress.step(gettext_noop("Memeriksa register"))
    try:
        rows = polars(read_register(snapshot.original, snapshot.file_name, table, notes))
        if rows.is_empty():
            raise Problem("REGISTER_KOSONG", berkas=snapshot.file_name)
    except Problem as problem:
        return _refuse(snapshot, problem)
    progress.step(gettext_noop("Menyimpan register"))
    _write(rows, snapshot.path)
    _settle(snapshot, SnapshotState.READY, len(rows), notes)
    return {"baris": len(rows), "catatan": len(notes)}


def _write(rows: pl.DataFrame, path: Path) -> None:
    """The file appears when it is whole. Raises PENYIMPANAN_PENUH."""
    draft = path.with_suffix(".sementara")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(draft, compression="lz4")  # read over and over: twice as fast as zstd
        draft.replace(path)
    except OSError as error:
        raise full(error) from error


def _refuse(snapshot: Snapshot, problem: Problem) -> dict[str, Any]:
    note = {"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}
    _settle(snapshot, SnapshotState.REFUSED, None, [note])
    return {"ditolak": problem.kind.kode}


@transaction.atomic
def _settle(snapshot: Snapshot, state: str, count: int | None, notes: list[dict[str, Any]]) -> None:
    snapshot.state, snapshot.rows, snapshot.notes = state, count, notes
    snapshot.save()
    record("registers.read", by=snapshot.by, thing=snapshot, after={"state": state, "rows": count, "notes": len(notes)})


@transaction.atomic
def withdraw(snapshot: Snapshot, reason: str, *, by: User) -> None:
    """Take a snapshot out of use; its files stay, so that what was decided with it can be followed."""
    before = {"state": snapshot.state}
    snapshot.state = SnapshotState.REFUSED
    snapshot.save()
    record("registers.withdraw", by=by, thing=snapshot, before=before, after={"state": snapshot.state}, reason=reason)


@transaction.atomic
def set_programme(values: Settings, *, by: User | None, note: str = "") -> Programme:
    """A new version of the settings; the older ones stay."""
    newest = Programme.objects.first()
    content = values.model_dump(mode="json")
    if newest and newest.values == content:
        return newest
    made = Programme.objects.create(values=content, note=note, by=by)
    before = newest.values if newest else {}
    record("settings.edit", by=by, thing=made, before=before, after=content, reason=note)
    return made


@transaction.atomic
def save(thing: Fund | Target, *, by: User | None) -> None:
    """Keep a fund or target as it is now, with what it was before in the log."""
    model = type(thing)
    known = model.objects.filter(pk=thing.pk).first()
    thing.save()
    before = model_to_dict(known) if known else {}
    record(f"{model._meta.model_name}.edit", by=by, thing=thing, before=before, after=model_to_dict(thing))


@transaction.atomic
def remove_target(target: Target, *, by: User) -> None:
    """Remove a target; the log keeps what it said."""
    record("target.remove", by=by, thing=target, before=model_to_dict(target))
    target.delete()
