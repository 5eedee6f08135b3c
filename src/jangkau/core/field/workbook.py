"""The sheets of an XLSForm as text, each cell with the row and column that Excel shows."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from jangkau.core.field.features import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED
from jangkau.core.kernel.problems import Problem


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its number, and its filled cells by heading."""

    number: int
    cells: dict[str, str]

    def get(self, heading: str) -> str:
        """The cell under a heading, empty where there is none."""
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its lines below the heading, and the column letter of each heading."""

    name: str
    lines: list[Line] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)


def open_workbook(data: bytes) -> dict[str, Sheet]:
    """The sheets by name, in small letters. Raises FORMULIR_BERKAS where it is no workbook or too large."""
    _check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [name for name in book.sheet_names if not name.startswith("#")]
        return {name.strip().lower(): _sheet(name, book.get_sheet_by_name(name).to_python()) for name in names}
    except (CalamineError, ValueError) as error:
        raise Problem("FORMULIR_BERKAS", sebab="isinya bukan buku kerja Excel yang utuh") from error


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Problem("FORMULIR_BERKAS", sebab="bukan berkas .xlsx") from error
    if len(data) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise Problem("FORMULIR_BERKAS", sebab="terlalu besar")


def _sheet(name: str, rows: Sequence[Sequence[object]]) -> Sheet:
    if len(rows) > MOST_ROWS * 10 or any(len(row) > MOST_COLUMNS for row in rows[:1]):
        raise Problem("FORMULIR_BERKAS", sebab=f"lembar {name} terlalu besar")
    top = next((at for at, row in enumerate(rows) if any(_text(cell) for cell in row)), None)
    if top is None:
        return Sheet(name)
    headings = {at: heading(_text(cell)) for at, cell in enumerate(rows[top]) if _text(cell)}
    lines = [_line(number, row, headings) for number, row in enumerate(rows[top + 1 :], top + 2)]
    return Sheet(name, [line for line in lines if line.cells], {text: _letter(at) for at, text in headings.items()})


def _line(number: int, row: Sequence[object], headings: dict[int, str]) -> Line:
    cells = {headings[at]: text for at, cell in enumerate(row) if at in headings and (text := _text(cell))}
    return Line(number, cells)


def heading(text: str) -> str:
    """A heading in the one spelling used here: small letters, `::` between, known aliases folded."""
    name = "::".join(part.strip() for part in text.lower().replace(": :", "::").split("::"))
    aliases = {"calculate": "calculation", "read_only": "readonly", "relevance": "relevant", "count": "repeat_count",
               "list name": "list_name", "value": "name", "constraint message": "constraint_message"}  # fmt: skip
    name = name.removeprefix("bind::") if name.removeprefix("bind::") in ("relevant", "constraint") else name
    return aliases.get(name, name)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _letter(column: int) -> str:
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
