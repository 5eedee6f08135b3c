"""Mending one cell, and taking a mend back."""

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.reading import reread
from jangkau.apps.intake.changes import changed
from jangkau.apps.intake.models import FileState, ListFile, Mend, MendState, ProposalRow
from jangkau.apps.intake.sight import veil
from jangkau.core.intake.sheets import letter, number
from jangkau.core.intake.text import tidy
from jangkau.core.kernel.problems import Problem

LONGEST, WIDEST = 500, 3


def lock(pk: int) -> ListFile:
    """The list, locked against others who mend it. Raises DAFTAR_TIDAK_BERLAKU for one that does not count."""
    rows = ListFile.objects.select_for_update(of=("self",)).select_related("shipment", "original")
    file = rows.get(pk=pk)
    if file.state != FileState.READ:
        raise Problem("DAFTAR_TIDAK_BERLAKU")
    return file


def content_of(row: ProposalRow, kolom: str) -> str:
    """What stands in a cell now. Raises SEL_TIDAK_ADA for what is no column."""
    if not (kolom.isascii() and kolom.isalpha() and kolom.isupper() and len(kolom) <= WIDEST):
        raise Problem("SEL_TIDAK_ADA", sel=f"{kolom[:WIDEST]}{row.baris}")
    at = number(kolom)
    return row.raw[at] if at < len(row.raw) else ""


@transaction.atomic
def mend_cell(row: ProposalRow, kolom: str, content: str, *, by: User, seen: str | None = None) -> Mend | None:
    """Give a cell other content and check the list again at once; None where it holds that already.

    `seen`: what stood there when it was opened. Raises SEL_BERUBAH where someone else has mended it since,
    DAFTAR_TIDAK_BERLAKU, SEL_TIDAK_ADA.
    """
    file = lock(row.file_id)
    row = file.rows.get(pk=row.pk)
    before, after = content_of(row, kolom), tidy(content.replace("\0", ""))[:LONGEST]
    if before == after:
        return None
    if seen is not None and seen != before:
        raise Problem("SEL_BERUBAH", sel=f"{kolom}{row.baris}")
    made = Mend.objects.create(
        file=file, lembar=row.lembar, baris=row.baris, kolom=kolom, before=before, after=after, by=by
    )
    reread(file)
    changed(by)
    _record("intake.mend", made, by)
    return made


@transaction.atomic
def empty_row(row: ProposalRow, *, by: User) -> int:
    """The row names nobody from now on: every cell is emptied by a mend, which can be taken back. How many cells were.

    Raises DAFTAR_TIDAK_BERLAKU.
    """
    file = lock(row.file_id)
    row = file.rows.get(pk=row.pk)
    place = {"file": file, "lembar": row.lembar, "baris": row.baris, "by": by}
    held = [(letter(at), content) for at, content in enumerate(row.raw) if content]
    made = [Mend(**place, kolom=kolom, before=before, after="") for kolom, before in held]
    Mend.objects.bulk_create(made)
    reread(file)
    changed(by)
    record("intake.empty", by=by, thing=file, after={"baris": f"{row.lembar}#{row.baris}", "sel": len(made)})
    return len(made)


@transaction.atomic
def undo(mend: Mend, *, by: User) -> None:
    """Take a mend back and check the list again; one that no longer holds is left alone."""
    file = lock(mend.file_id)
    mend = file.mends.get(pk=mend.pk)
    if mend.state != MendState.HOLDS:
        return
    _settle(mend, MendState.UNDONE, by)
    reread(file)
    changed(by)
    _record("intake.undo", mend, by)


@transaction.atomic
def undo_return(source: ListFile, *, by: User) -> int:
    """Take back all that came with a returned Excel and still holds, in lists that count; returns how many cells."""
    holding = Mend.objects.filter(
        within(by, "intake.mend", "file__region_code"), source=source, state=MendState.HOLDS, file__state=FileState.READ
    )
    count = sum(_undo_in(lock(pk), source, by) for pk in sorted(set(holding.values_list("file", flat=True))))
    if count:
        changed(by)
        record("intake.undo_return", by=by, thing=source, after={"sel": count})
    return count


def _undo_in(file: ListFile, source: ListFile, by: User) -> int:
    holding = file.mends.filter(source=source, state=MendState.HOLDS)
    count = holding.update(state=MendState.UNDONE, settled_by=by, settled_at=timezone.now())
    reread(file)
    return count


@transaction.atomic
def decide(clash: Mend, take: bool, *, by: User) -> None:
    """Settle a clash: take what the returned Excel says, or keep what stands there."""
    file = lock(clash.file_id)
    clash = file.mends.get(pk=clash.pk)
    if clash.state != MendState.CLASH:
        return
    _settle(clash, MendState.REFUSED, by)
    if take:
        row = file.rows.filter(lembar=clash.lembar, baris=clash.baris).first()
        before = content_of(row, clash.kolom) if row else clash.before
        Mend.objects.create(
            file=file, lembar=clash.lembar, baris=clash.baris, kolom=clash.kolom, before=before, after=clash.after,
            source=clash.source, by=by,
        )  # fmt: skip
        reread(file)
        changed(by)
    _record("intake.decide", clash, by, "dipakai" if take else "tidak dipakai")


def _settle(mend: Mend, state: MendState, by: User) -> None:
    mend.state, mend.settled_by, mend.settled_at = state, by, timezone.now()
    mend.save()


def _record(verb: str, mend: Mend, by: User, outcome: str = "") -> None:
    cell = f"{mend.lembar}#{mend.baris}{mend.kolom}"
    before, after = {cell: veil(mend.before)}, {cell: veil(mend.after)}
    if outcome:
        after["putusan"] = outcome
    record(verb, by=by, thing=mend.file, before=before, after=after)
