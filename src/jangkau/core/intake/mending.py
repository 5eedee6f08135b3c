"""Cells given other content after a list was sent: its sheets as if they had been written so.

The whole file is read again with the mends laid over it, since a cell speaks for others too: `idem` below it, the
habit of its column, the village named once for many rows. What is read is thus always a function of the bytes that
came and of the mends, and undoing a mend restores exactly what was before.
"""

from collections.abc import Mapping
from dataclasses import replace

from jangkau.core.intake import text
from jangkau.core.intake.rows import is_nik_like
from jangkau.core.intake.sheets import Row, Sheet

Cells = Mapping[tuple[str, int, int], str]  # sheet, row number, column from 0 -> what stands there now


def mend(sheets: list[Sheet], cells: Cells) -> list[Sheet]:
    """The sheets with these cells; a cell made empty is none. Row numbers beyond a sheet's are rows added to its list,
    read after the last row with a NIK. A cell of a sheet that the file has not is passed over."""
    by_sheet: dict[str, dict[int, dict[int, str]]] = {}
    for (lembar, number, column), content in cells.items():
        by_sheet.setdefault(lembar, {}).setdefault(number, {})[column] = content
    return [_mended(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet for sheet in sheets]


def beyond(sheet: Sheet) -> int:
    """The first row number that the sheet has not."""
    return max([sheet.extent, *(row.number for row in sheet.rows)]) + 1


def _mended(sheet: Sheet, changes: dict[int, dict[int, str]]) -> Sheet:
    rows = [_row(row, changes[row.number]) if row.number in changes else row for row in sheet.rows]
    there = {row.number for row in sheet.rows}
    added = [_row(Row(number, []), changes[number]) for number in sorted(changes.keys() - there)]
    last = max((at for at, row in enumerate(rows) if any(map(is_nik_like, row.cells))), default=len(rows) - 1)
    rows[last + 1 : last + 1] = added
    return replace(sheet, rows=[row for row in rows if any(cell is not None for cell in row.cells)])


def _row(row: Row, changes: dict[int, str]) -> Row:
    cells = row.cells + [None] * (max(changes) + 1 - len(row.cells))
    for column, content in changes.items():
        cells[column] = text.clean(content)
    return Row(row.number, cells)
