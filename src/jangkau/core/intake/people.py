"""Walks one sheet and gives the rows that name a person, with the columns and the place that hold for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jangkau.core.intake.columns import infer, refine
from jangkau.core.intake.combined import separate
from jangkau.core.intake.header import Heading, is_heading, mentions_person, read_heading
from jangkau.core.intake.place import Named, named_in
from jangkau.core.intake.rows import Kind, Reader, is_nik_like, is_number, repeats_heading
from jangkau.core.intake.sheets import Cell, Row, Sheet, filled, show
from jangkau.core.intake.values import is_blank
from jangkau.core.intake.words import words

_CAREFUL_ROWS = 40  # of these at the top the headings may be misspelt
_FILLED_DOWN = ("desa", "kecamatan", "kabupaten")
_REPEATABLE = (*_FILLED_DOWN, "pekerjaan", "penghasilan", "no_kk", "alamat", "tempat_lahir", "jk")


@dataclass(frozen=True)
class Person:
    """A row that names a person: its cells by field; `place` is what the lines above it say."""

    row: Row
    heading: Heading
    cells: dict[str, Cell]
    place: Named
    block: int = 0


@dataclass
class SheetReading:
    """What one sheet holds. `remarks`: row number or None, column or None, problem code, its words."""

    sheet: Sheet
    people: list[Person] = field(default_factory=list)
    remarks: list[tuple[int | None, int | None, str, dict[str, str]]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    signature: Named = field(default_factory=Named)


def read_sheet(sheet: Sheet) -> SheetReading:
    """The people of one sheet, in row order; a sheet without a list gives none and no remark."""
    reading = SheetReading(sheet)
    place = Named()
    for headings, above, rows in _lists(sheet):
        place = place.then(_place_of(above))
        reading.headings += headings
        after = [_read_list(reading, heading, rows, place, n) for n, heading in enumerate(headings)]
        place = after[0]
    if not reading.headings and any(is_nik_like(cell) for row in sheet.rows for cell in row.cells):
        _read_without_heading(reading)
    reading.people.sort(key=lambda person: (person.row.number, person.block))
    return reading


def _read_without_heading(reading: SheetReading) -> None:
    heading = infer(reading.sheet)
    if heading is None:
        reading.remarks.append((None, None, "TAJUK_TIDAK_DITEMUKAN", {}))
        return
    reading.remarks.append((None, None, "TANPA_TAJUK", {}))
    above = [row for row in reading.sheet.rows if row.number <= heading.last]
    rows = [row for row in reading.sheet.rows if row.number > heading.last]
    _read_list(reading, heading, rows, _place_of(above), 0)


def _lists(sheet: Sheet) -> Iterator[tuple[list[Heading], list[Row], list[Row]]]:
    """Each heading of the sheet, the lines above the first one, and the rows under it."""
    starts = [
        at
        for at, row in enumerate(sheet.rows)
        if _may_be_heading(row)
        and (at < _CAREFUL_ROWS or mentions_person(row))
        and is_heading(row, fuzzy=at < _CAREFUL_ROWS)
    ]
    before = 0
    for index, at in enumerate(starts):
        if at < before:
            continue
        headings, after = read_heading(sheet, at)
        end = next((later for later in starts[index + 1 :] if later >= after), len(sheet.rows))
        yield headings, [] if before else sheet.rows[:at], sheet.rows[after:end]
        before = after


def _may_be_heading(row: Row) -> bool:
    texts = sum(isinstance(cell, str) for cell in row.cells)
    return texts >= 2 and not any(is_nik_like(cell) for cell in row.cells)


def _place_of(rows: list[Row]) -> Named:
    place = Named()
    for row in rows:
        if not any(is_nik_like(cell) for cell in row.cells):
            place = place.then(named_in(_line(row)))
    return place


def _line(row: Row) -> str:
    return " ; ".join(show(cell) for _, cell in filled(row))


def _read_list(reading: SheetReading, heading: Heading, rows: list[Row], place: Named, block: int) -> Named:
    apart, parted, home = separate(heading, rows)
    apart = refine(apart, parted)
    if "nama" not in apart.columns and "nik" not in apart.columns:
        return place
    heading = replace(apart, columns={name: home.get(at, at) for name, at in apart.columns.items()})
    reader = Reader(apart, numbered=_is_numbered(apart, parted))
    above: dict[str, Cell] = {}
    fill = _fills_down(reading.sheet, apart, parted)
    for row, wide in zip(rows, parted, strict=True):
        kind = Kind.NOTHING if repeats_heading(row, heading) else reader.kind(wide)
        if kind is Kind.TEXT:
            place = place.then(named_in(_line(row)))
        elif kind is Kind.SIGNATURE:
            reading.signature = reading.signature.over(named_in(_line(row)))
        elif kind is Kind.NAMELESS:
            reading.remarks.append((row.number, heading.columns.get("nama"), "BARIS_TANPA_NAMA", {}))
        elif kind is Kind.LONE:
            reading.remarks.append(
                (row.number, None, "BARIS_TIDAK_DIBACA", {"teks": _line(row).replace(" ; ", " ")[:60]})
            )
        elif kind is Kind.PERSON:
            cells = _cells(wide, apart, above, fill)
            reading.people.append(Person(row, heading, cells, place, block))
            above = cells
    return place


def _cells(row: Row, heading: Heading, above: dict[str, Cell], fill: set[str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name, column in heading.columns.items():
        cell = row.cells[column] if column < len(row.cells) else None
        if (_is_ditto(cell) and name in _REPEATABLE) or (name in fill and is_blank(cell)):
            cell = above.get(name)
        cells[name] = cell
    return cells


def _is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and (cell.lower() in words("sama") or cell.lower().rstrip(" .,") in words("sama"))


def _is_numbered(heading: Heading, rows: list[Row]) -> bool:
    column = heading.columns.get("no")
    if column is None:
        return False
    people = [row for row in rows if any(is_nik_like(cell) for cell in row.cells)] or rows
    numbered = sum(column < len(row.cells) and is_number(row.cells[column]) for row in people)
    return numbered * 2 > len(people)


def _fills_down(sheet: Sheet, heading: Heading, rows: list[Row]) -> set[str]:
    """Place columns written once for many rows: merged cells, or the first filled and few after it."""
    fields: set[str] = set()
    if not set(_FILLED_DOWN) & heading.columns.keys():
        return fields
    people = [row for row in rows if any(is_nik_like(cell) for cell in row.cells)] or rows
    for name in _FILLED_DOWN:
        column = heading.columns.get(name)
        if column is None or not people:
            continue
        merged = any(
            left <= column <= right and bottom > top > heading.last for top, left, bottom, right in sheet.merges
        )
        filled_in = sum(column < len(row.cells) and not is_blank(row.cells[column]) for row in people)
        if merged or 0 < filled_in * 2 <= len(people):
            fields.add(name)
    columns = [heading.columns[name] for name in ("desa", "kecamatan") if name in heading.columns]
    return fields | set(_FILLED_DOWN) if len(columns) == 2 and _written_once(people, columns) else fields


def _written_once(rows: list[Row], columns: list[int]) -> bool:
    """Whether a place equal to the one above is left out: both columns blank together, no place twice running."""
    places = [tuple(row.cells[c] if c < len(row.cells) else None for c in columns) for row in rows]
    whole = [place for place in places if not any(is_blank(cell) for cell in place)]
    together = all(is_blank(a) == is_blank(b) for a, b in places)
    repeated = any(a == b and not is_blank(a[0]) for a, b in pairwise(places))
    return together and not repeated and 0 < len(whole) < len(places) and not is_blank(places[0][0])
