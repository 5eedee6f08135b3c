"""Sheets drawn as text for tests: one line a row, `|` between cells, `#5` a number, `^` merged with the cell above."""

from datetime import date

from jangkau.core.identity.regions import Regions
from jangkau.core.intake.people import SheetReading, read_sheet
from jangkau.core.intake.place import Named, Places
from jangkau.core.intake.records import Context, Record, read_person
from jangkau.core.intake.sheets import Cell, Merge, Row, Sheet

AS_OF = date(2026, 11, 22)


def sheet(drawing: str, *, merges: list[Merge] | None = None, name: str = "Sheet1") -> Sheet:
    """The drawing as a sheet; a blank line is a blank row, the first line row 1."""
    rows = []
    for number, line in enumerate(drawing.strip("\n").split("\n"), start=1):
        cells = [_cell(text.strip()) for text in line.split("|")]
        if any(cell is not None for cell in cells):
            rows.append(Row(number, cells))
    return Sheet(name, rows, merges or [])


def _cell(text: str) -> Cell:
    if text.startswith("#"):
        return float(text[1:])
    return text or None


def read(drawing: str, *, merges: list[Merge] | None = None) -> SheetReading:
    """The reading of a drawn sheet."""
    return read_sheet(sheet(drawing, merges=merges))


def records(drawing: str, *, merges: list[Merge] | None = None, around: Named | None = None) -> list[Record]:
    """The records of a drawn sheet, in Bengkulu."""
    reading = read(drawing, merges=merges)
    places = Places(Regions.load("17"))
    context = Context.of(reading.people, places, AS_OF, around or Named(), from_1904=False)
    return [read_person(person, context) for person in reading.people]
