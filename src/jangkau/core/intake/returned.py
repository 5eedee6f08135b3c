"""Reads the workbook of `returns.py` when it comes back: which cells were changed, which rows were added."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jangkau.core.intake import text
from jangkau.core.intake.returns import BESIDE, MARK
from jangkau.core.intake.sheets import Row, Sheet, show

_WIDEST = 16_384  # columns of a sheet
_PARTS: dict[str, Callable[[Any], Any]] = {"berkas": str, "lembar": str, "baris": int, "lebar": int}


class Change(NamedTuple):
    """A cell that holds something else than when it was handed out."""

    berkas: str
    lembar: str
    baris: int
    column: int
    before: str
    after: str


class Added(NamedTuple):
    """A row that was not there: the list it stands under, and its cells."""

    berkas: str
    lembar: str
    cells: tuple[str, ...]


@dataclass
class Returned:
    """What came back. `rows`: how many rows were recognised; `berkas`: the files they are of."""

    rows: int = 0
    berkas: set[str] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)


def read_returned(sheets: list[Sheet]) -> Returned | None:
    """What was changed in a returned workbook; None where no sheet is one of ours.

    Rows are known by their hidden cell, wherever they stand now; a row copied with it counts as added where it differs.
    Rows that are missing were deleted from the workbook, which says nothing about the list.
    """
    found, ours = Returned(), False
    for sheet in sheets:
        for lines in _lists(sheet):
            ours = True
            _read_list(lines, found)
    return found if ours else None


Line = tuple[Row, dict[str, Any] | None]


def _lists(sheet: Sheet) -> Iterator[list[Line]]:
    """The rows with a hidden cell and those after one, if the sheet has any."""
    lines = [(row, _origin(row)) for row in sheet.rows]
    first = next((at for at, (_, origin) in enumerate(lines) if origin), None)
    if first is not None:
        yield lines[first:]


def _origin(row: Row) -> dict[str, Any] | None:
    """The hidden cell's content, where it is whole."""
    mark = row.cells[0] if row.cells else None
    if not isinstance(mark, str) or not mark.startswith(MARK):
        return None
    try:
        origin = json.loads(mark)
        whole = {name: kind(origin[name]) for name, kind in _PARTS.items()}
        whole["isi"] = origin.get("isi")
        fits = 0 < whole["lebar"] <= _WIDEST and len(whole["isi"] or []) <= whole["lebar"]
        return whole if fits else None
    except (ValueError, KeyError, TypeError):
        return None


def _read_list(lines: list[Line], found: Returned) -> None:
    seen: set[tuple[str, str, int]] = set()
    above: dict[str, Any] = {}
    for row, origin in lines:
        above = origin or above
        found.berkas.add(above["berkas"])
        cells = _cells(row, above["lebar"])
        if origin is None:
            if sum(map(bool, cells)) > 1:
                found.added.append(Added(above["berkas"], above["lembar"], cells))
        elif origin["isi"] is not None:
            _compare(origin, cells, seen, found)


def _cells(row: Row, width: int) -> tuple[str, ...]:
    cells = [show(cell) for cell in row.cells[BESIDE : BESIDE + width]]
    return (*cells, *[""] * (width - len(cells)))


def _compare(origin: dict[str, Any], cells: tuple[str, ...], seen: set[tuple[str, str, int]], found: Returned) -> None:
    key = (origin["berkas"], origin["lembar"], origin["baris"])
    before = [show(text.clean(str(value))) for value in origin["isi"]]
    before += [""] * (len(cells) - len(before))
    changed = [column for column, cell in enumerate(cells) if cell != before[column]]
    if key in seen:
        if changed and any(cells):
            found.added.append(Added(*key[:2], cells))
        return
    seen.add(key)
    found.rows += 1
    if any(cells):
        found.changes += [Change(*key, column, before[column], cells[column]) for column in changed]
