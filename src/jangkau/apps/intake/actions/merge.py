"""A returned Excel joins its lists: changed cells become mends, new rows are added, clashes wait for a person."""

from collections import defaultdict
from typing import Any

from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.intake.actions.reading import content, opened, reread
from jangkau.apps.intake.models import FileState, ListFile, Mend, MendState
from jangkau.core.intake import read_returned
from jangkau.core.intake.mending import beyond
from jangkau.core.intake.returned import Added, Change
from jangkau.core.intake.sheets import Sheet, letter, number
from jangkau.core.kernel.problems import Problem

_BATCH = 500
_LONGEST_KEY = 12


def merge(source: ListFile, sheets: list[Sheet]) -> None:
    """Merge what came back into the lists it is for, in the caller's transaction; the same again changes nothing.

    Raises PERBAIKAN_BUKAN_DAFTAR_INI where none of them is a list that counts and that the sender may mend.
    """
    found = read_returned(sheets)
    assert found is not None
    lists = {key: file for key in sorted(found.berkas) if (file := _list(source, key))}
    if not lists:
        raise Problem("PERBAIKAN_BUKAN_DAFTAR_INI")
    told = {"sel": 0, "bentrok": 0, "baris_baru": 0, "sudah": 0}
    for key, file in lists.items():
        changes = [change for change in found.changes if change.berkas == key]
        added = [row for row in found.added if row.berkas == key]
        _merge_into(file, source, changes, added, told)
    if len(lists) == 1:
        source.region_code = next(iter(lists.values())).region_code
    known = {"baris": found.rows, "asing": len(found.berkas) - len(lists), "daftar": [f.pk for f in lists.values()]}
    source.outcome = told | known
    source.save()


def _list(source: ListFile, key: str) -> ListFile | None:
    """The list that a key names, locked, if it counts and the sender may mend it."""
    pk, by = key.split("/", 1)[0], source.shipment.by
    if not (pk.isascii() and pk.isdigit() and len(pk) < _LONGEST_KEY):
        return None
    rows = ListFile.objects.select_for_update(of=("self",)).select_related("shipment", "original")
    file = rows.filter(pk=pk, state=FileState.READ).first()
    if file is None or by is None or file.key != key or not allowed(by, "intake.mend", file.region_code):
        return None
    return file


def _merge_into(
    file: ListFile, source: ListFile, changes: list[Change], added: list[Added], told: dict[str, int]
) -> None:
    rows = {(row.lembar, row.baris): row.raw for row in file.rows.all()}
    tried = _tried(file)
    mends = []
    for change in changes:
        raw = rows.get((change.lembar, change.baris))
        if raw is None:  # no row of this list: the hidden cell is not trusted
            continue
        now = raw[change.column] if change.column < len(raw) else ""
        if now == change.after or (change.lembar, change.baris, letter(change.column), change.after) in tried:
            told["sudah"] += 1
        else:
            state = MendState.HOLDS if now == change.before else MendState.CLASH
            told["sel" if state == MendState.HOLDS else "bentrok"] += 1
            mends.append(_made(file, source, change, state))
    mends += _new_rows(file, source, added, rows, told)
    Mend.objects.bulk_create(mends, batch_size=_BATCH)
    if any(mend.state == MendState.HOLDS for mend in mends):
        reread(file)


def _tried(file: ListFile) -> set[tuple[str, int, str, str]]:
    """What returned workbooks have brought before, whatever became of it."""
    return set(file.mends.exclude(source=None).values_list("lembar", "baris", "kolom", "after"))


def _made(file: ListFile, source: ListFile, change: Change, state: MendState) -> Mend:
    return Mend(
        file=file, source=source, by=source.shipment.by, state=state, lembar=change.lembar, baris=change.baris,
        kolom=letter(change.column), before=change.before, after=change.after,
    )  # fmt: skip


def _new_rows(
    file: ListFile, source: ListFile, added: list[Added], rows: dict[tuple[str, int], list[str]], told: dict[str, int]
) -> list[Mend]:
    """Mends that write the added rows behind the sheet's own, unless a row with these cells is there already."""
    if not added:
        return []
    known = defaultdict[str, set[tuple[str, ...]]](set)
    for (lembar, _), raw in rows.items():
        known[lembar].add(_bare(raw))
    known_before = _added_before(file)
    free = {sheet.name: beyond(sheet) for sheet in opened(file, content(file))}
    for lembar, baris in [*rows, *known_before]:
        free[lembar] = max(free.get(lembar, 0), baris + 1)
    mends: list[Mend] = []
    for row in added:
        bare = _bare(row.cells)
        if bare in known[row.lembar] or bare in known_before.values() or row.lembar not in free:
            told["sudah"] += 1
            continue
        known[row.lembar].add(bare)
        baris, free[row.lembar] = free[row.lembar], free[row.lembar] + 1
        told["baris_baru"] += 1
        cells = [(column, cell) for column, cell in enumerate(row.cells) if cell]
        mends += [
            _made(file, source, Change(row.berkas, row.lembar, baris, column, "", cell), MendState.HOLDS)
            for column, cell in cells
        ]
    return mends


def _bare(cells: Any) -> tuple[str, ...]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _added_before(file: ListFile) -> dict[tuple[str, int], tuple[str, ...]]:
    """Rows that returned workbooks added, as they first came: taken back or mended since, they do not come again."""
    cells = defaultdict[tuple[str, int], dict[int, str]](dict)
    brought = file.mends.exclude(source=None).filter(before="").order_by("pk")
    for lembar, baris, kolom, after in brought.values_list("lembar", "baris", "kolom", "after"):
        cells[lembar, baris].setdefault(number(kolom), after)
    return {key: _bare([found.get(column, "") for column in range(max(found) + 1)]) for key, found in cells.items()}
