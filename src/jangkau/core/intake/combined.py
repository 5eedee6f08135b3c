"""Columns that hold two things, `Nama / NIK` or `Nama, Tempat Tanggal Lahir`: each cell is split by what it holds."""

import re
from dataclasses import replace

from jangkau.core.intake.header import Heading, parts_of
from jangkau.core.intake.sheets import Cell, Lines, Row, show
from jangkau.core.intake.values import read_money, read_sex

_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)|(?<!\d)\d(?:[ .'’`-]?\d){13,16}(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2} ?[-/. ] ?(?:\d{1,2}|[A-Za-z]{3,10}) ?[-/., ] ?'?\d{2,4})(?!\d)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?!\d)")
_UNIT = r"(?: ?(?:juta|jt|ribu|rb|k)\b)?"
_AMOUNT = rf"(?:[<>±~] ?)?(?:rp\.? ?)?\d[\d.,]*{_UNIT}"
_MONEY = re.compile(
    rf"{_AMOUNT}(?: ?(?:-|–|s/?d|sampai) ?{_AMOUNT})?(?: ?(?:/|per) ?(?:bulan|bln|bl)\b)?", re.IGNORECASE
)
_AGE = re.compile(r"(?<!\d)\d{1,3} ?(?:tahun|thn|th)?\b(?!\d)", re.IGNORECASE)
_STRONG = re.compile(r"[/;|()\n]+|(?<=\s)[-–]+(?=\s)|^\s*[-–,:]+|[-–,:]+\s*$")
_WEAK = re.compile(r"[/;|()\n,]+|(?<=\s)[-–]+(?=\s)|^\s*[-–:]+|[-–:]+\s*$")
_EMPTY = re.compile(r"[(\[][\s/]*[)\]]")
_DIGITS = re.compile(r"\d[\dOoIl .*xX'-]{4,}[\d*xXOoIl]")
_WORDS = ("nama", "pekerjaan", "alamat", "desa", "kecamatan", "kabupaten", "ttl")
_SAMPLE, _MOST, _NIK_LENGTH = 40, 0.6, 16


def separate(heading: Heading, rows: list[Row]) -> tuple[Heading, list[Row], dict[int, int]]:
    """The list as if each thing had its own column, and where each column added to the right really stands."""
    rows = _joined_digits(heading, rows)
    columns, width = dict(heading.columns), max((len(row.cells) for row in rows), default=0)
    home: dict[int, int] = {}
    for column, fields in _combined(heading, rows).items():
        split = [split_cell(_at(row, column), fields) for row in rows]
        found = [name for name in fields if name != "umur" and any(name in parts for parts in split)]
        found = [name for name in found if columns.get(name, column) == column]
        if not found:
            continue
        places = {name: column if at == 0 else width + at - 1 for at, name in enumerate(found)}
        columns = {name: at for name, at in columns.items() if at != column} | places
        home |= dict.fromkeys(range(width, width + len(found) - 1), column)
        rows = [_spread(row, parts, places) for row, parts in zip(rows, split, strict=True)]
        width += max(len(found) - 1, 0)
    return replace(heading, columns=columns), rows, home


def _at(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _combined(heading: Heading, rows: list[Row]) -> dict[int, tuple[str, ...]]:
    """Columns whose heading names several fields; and a name column whose cells hold the NIK that has no column."""
    found = {}
    for column in sorted(set(heading.columns.values())):
        fields = parts_of(heading.texts.get(column, ""))
        if fields:
            found[column] = fields
    name = heading.columns.get("nama", -1)
    if "nik" not in heading.columns and name >= 0 and name not in found:
        cells = [cell for row in rows[:_SAMPLE] if (cell := _at(row, name)) is not None]
        if sum(_holds_both(cell) for cell in cells) > _MOST * len(cells):
            found[name] = ("nama", "nik")
    return found


def _holds_both(cell: Cell) -> bool:
    return isinstance(cell, str) and _NIK.search(cell) is not None and "nama" in split_cell(cell, ("nama", "nik"))


def _spread(row: Row, parts: dict[str, Cell], places: dict[str, int]) -> Row:
    width = max(len(row.cells), *places.values(), 0) + 1
    cells = row.cells + [None] * (width - len(row.cells))
    for name, at in places.items():
        cells[at] = parts.get(name)
    return Row(row.number, cells)


def split_cell(cell: Cell, fields: tuple[str, ...]) -> dict[str, Cell]:
    """The parts of one cell by field: numbers, dates, money and sex by their look, words in the heading's order."""
    if not isinstance(cell, str):
        return {} if cell is None else {_field_of_number(cell, fields): cell}
    parts: dict[str, Cell] = {}
    rest = " / ".join(cell.lines) if isinstance(cell, Lines) else cell
    for names, pattern in _LOOKS:
        for name in [name for name in fields if name in names]:
            found = next((m for m in pattern.finditer(rest) if name != "penghasilan" or _is_money(m[0])), None)
            if found:
                parts[name] = found[0].strip(" -/,")
                rest = f"{rest[: found.start()]} / {rest[found.end() :]}"
    return _split_words(rest, fields, parts)


def _is_money(text: str) -> bool:
    return read_money(text.strip(" -/")) is not None


def _split_words(rest: str, fields: tuple[str, ...], parts: dict[str, Cell]) -> dict[str, Cell]:
    words = [name for name in fields if name in _WORDS]
    numbers = [name for name in fields if name in ("nik", "no_kk", "no_hp") and name not in parts]
    if len(words) == 1 and "jk" not in fields and not (numbers and _DIGITS.search(rest)):
        rest = _EMPTY.sub(" ", rest).strip(" /;|-–,:\n")
        return ({words[0]: rest} if any(map(str.isalnum, rest)) else {}) | parts
    pieces = _pieces(rest, len(words) + len(numbers) + ("jk" in fields))
    for name in numbers:  # damaged ones
        if piece := next((piece for piece in pieces if _DIGITS.search(piece)), None):
            parts[name] = piece
            pieces.remove(piece)
    if "jk" in fields and (piece := next((piece for piece in reversed(pieces) if read_sex(piece)), None)):
        parts["jk"] = piece
        pieces.remove(piece)
    if len(words) > 1:
        pieces = [*pieces[: len(words) - 1], " / ".join(pieces[len(words) - 1 :])]
    elif words:
        pieces = [" / ".join(pieces)]
    return {name: piece for name, piece in zip(words, pieces, strict=False) if piece} | parts


_LOOKS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("nik", "no_kk"), _NIK),
    (("no_hp",), _PHONE),
    (("ttl", "tanggal_lahir"), _DATE),
    (("penghasilan",), _MONEY),
    (("umur",), _AGE),
)


def _pieces(text: str, wanted: int) -> list[str]:
    """The words between the marks that part them; commas part only where the others give too few."""
    for marks in (_STRONG, _WEAK):
        pieces = [piece for part in marks.split(text) if any(map(str.isalnum, piece := part.strip(" -–,:;")))]
        if len(pieces) >= wanted or wanted < 2:
            break
    return pieces


def _field_of_number(cell: Cell, fields: tuple[str, ...]) -> str:
    digits = len(show(cell))
    looks = {"nik": digits > 13, "no_kk": digits > 13, "penghasilan": 5 <= digits <= 8, "no_hp": 9 <= digits <= 13}
    if not isinstance(cell, (int, float)):
        looks = dict.fromkeys(("ttl", "tanggal_lahir"), True)
    looks["umur"] = digits < 4
    return next((name for name in fields if looks.get(name)), fields[0])


def _joined_digits(heading: Heading, rows: list[Row]) -> list[Row]:
    """The NIK of a form whose heading spans sixteen cells of one digit."""
    start = heading.columns.get("nik", -1)
    if start < 0 or not any(_digits(row, start) for row in rows[:_SAMPLE]):
        return rows
    after = start + _NIK_LENGTH
    return [
        Row(row.number, [*row.cells[:start], digits, *[None] * (_NIK_LENGTH - 1), *row.cells[after:]])
        if (digits := _digits(row, start))
        else row
        for row in rows
    ]


def _digits(row: Row, start: int) -> str:
    cells = [show(cell) for cell in row.cells[start : start + _NIK_LENGTH]]
    return "".join(cells) if len(cells) == _NIK_LENGTH and all(len(c) == 1 and c.isdecimal() for c in cells) else ""
