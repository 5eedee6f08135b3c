"""A sheet as read: only the rows that hold something, each with the number that Excel shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Cell = str | float | int | bool | date | None
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; rows from 1, columns from 0


class Lines(str):
    """Text that stood on several lines, these joined by blanks; `lines` still has them apart."""

    __slots__ = ("lines",)
    lines: tuple[str, ...]


class Row(NamedTuple):
    """One row: its number and its cells from column A."""

    number: int
    cells: list[Cell]


@dataclass
class Sheet:
    """One sheet; the name is empty for CSV."""

    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)
    extent: int = 0  # rows it claims, empty ones too
    from_1904: bool = False  # days counted from 1904, as old Macs did

    @property
    def width(self) -> int:
        """Columns from A to the last filled one."""
        return max((len(row.cells) for row in self.rows), default=0)


def letter(column: int) -> str:
    """0 -> `A`, 26 -> `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number(letters: str) -> int:
    """`A` -> 0, `AA` -> 26; no letter -> -1."""
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1


def show(cell: Cell) -> str:
    """A cell as the village saw it, near enough: whole numbers without `.0`, dates day first."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "YA" if cell else "TIDAK"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, int):
        return str(cell)
    return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"


def filled(row: Row) -> list[tuple[int, Cell]]:
    """The columns of a row that hold something."""
    return [(column, cell) for column, cell in enumerate(row.cells) if cell is not None]
