"""The semester report as a workbook: a sheet a table with real numbers, native charts, definitions, every figure."""

import re
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jangkau.core.kernel.formats import long_date
from jangkau.core.reporting.charts import ACCENT, THIRD
from jangkau.core.reporting.semester_decisions import decisions
from jangkau.core.reporting.semester_figures import Picked
from jangkau.core.reporting.semester_tables import Cell, Grid, children_table, definitions_table, tables
from jangkau.core.reporting.semester_words import sentences, warning
from jangkau.core.reporting.words import IDENTITY
from jangkau.core.sheet import Percent, Writer, workbook
from jangkau.core.tables.figures import ANGKA

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _NARROWEST = 60, 10


def write_workbook(p: Picked, path: Path) -> None:
    """One sheet a table, the summary first and the definitions last; the same material gives the same bytes."""
    with workbook(path, p.material.beku, f"Laporan semester {p.material.nama}") as book:
        _summary(book, p)
        charted = children_table(p)
        for grid in tables(p):
            sheet, top = _grid(book, grid)
            if charted and grid.judul == charted.judul:
                _chart(book, sheet, grid, top)
        _grid(book, definitions_table(p))
        _grid(book, _all(p))


def _summary(book: Workbook, p: Picked) -> None:
    m, sheet = p.material, book.add_worksheet("Ringkasan")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    writer = Writer(book, sheet)
    writer.write([f"Laporan semester {m.nama}"], "judul")
    writer.write([IDENTITY])
    writer.row += 1
    facts: list[Sequence[Cell]] = [
        ("Masa", f"{m.semester.name}: {m.months}"), ("Data beku", long_date(m.beku)),
        ("Sidik masukan (sha256)", m.sidik),
    ]  # fmt: skip
    told = [("Ringkasan", "".join(part)) for part in sentences(p)]
    red = warning(p)
    for row in [*facts, *told]:
        writer.write(row, "lipat")
    if red:
        writer.write(("Peringatan", "".join(red)), "bahaya", "lipat")
    for item in decisions(p):
        writer.write(("Yang perlu diputuskan", "".join(item)), "lipat")
    for note in m.catatan:
        writer.write(("Catatan", note), "lipat")


def _grid(book: Workbook, grid: Grid) -> tuple[Worksheet, int]:
    """A sheet of one table; with the row on which its data begin."""
    sheet = book.add_worksheet(_sheet_name(book, grid.judul))
    writer = Writer(book, sheet)
    writer.write([grid.judul], "judul")
    writer.row += 1
    writer.write(grid.kolom, "kepala")
    top = writer.row
    for row in grid.baris:
        writer.write(row)
    if grid.jumlah:
        writer.write(grid.jumlah, "jumlah")
    if not grid.baris and grid.kosong:
        writer.write([grid.kosong])
    if grid.catatan:
        writer.row += 1
        writer.write([grid.catatan])
    for column, width in enumerate(_widths(grid)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top, 1)
    if grid.baris:
        sheet.autofilter(top - 1, 0, top + len(grid.baris) - 1, len(grid.kolom) - 1)
    return sheet, top


def _widths(grid: Grid) -> list[int]:
    rows = [grid.kolom, *grid.baris, *([grid.jumlah] if grid.jumlah else [])]
    longest = [max(len(str(row[at])) if row[at] is not None else 0 for row in rows) for at in range(len(grid.kolom))]
    return [min(_WIDEST, max(_NARROWEST, length + 3)) for length in longest]


def _sheet_name(book: Workbook, title: str) -> str:
    """At most 31 letters, none that Excel refuses, no name twice."""
    plain = _FORBIDDEN.sub(" ", title)[:31].strip()
    known = {sheet.get_name().lower() for sheet in book.worksheets()}
    numbered = (plain, *(f"{plain[:28]} {at}" for at in range(2, 99)))
    return next(name for name in numbered if name.lower() not in known)


def _chart(book: Workbook, sheet: Worksheet, grid: Grid, top: int) -> None:
    """Before and now as bars that Excel draws itself, so that they follow the cells; none where no share is known."""
    columns = [grid.kolom.index(name) for name in ("Semula (%)", "Kini (%)")]
    if not any(isinstance(row[at], Percent) for row in grid.baris for at in columns):
        return
    chart = book.add_chart({"type": "bar"})
    last = top + len(grid.baris) - 1
    for column, colour in zip(columns, (THIRD, ACCENT), strict=True):
        chart.add_series({
            "name": [sheet.get_name(), top - 1, column],
            "categories": [sheet.get_name(), top, 0, last, 0],
            "values": [sheet.get_name(), top, column, last, column],
            "fill": {"color": colour},
        })  # fmt: skip
    chart.set_title({"name": grid.judul, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "0%"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 90 + 34 * len(grid.baris)})
    sheet.insert_chart(0, len(grid.kolom) + 1, chart, {"description": grid.judul})


def _all(p: Picked) -> Grid:
    """Every figure of the region itself, as ANGKA has it; those of its parts are in the table of the parts."""
    own = [row for row in p.rows if row.wilayah == p.material.wilayah]
    rows = tuple(tuple(_cell(getattr(row, name)) for name in ANGKA.names) for row in own)
    text = tuple(range(len(ANGKA.names)))
    return Grid("Semua angka", tuple(ANGKA.names), rows, text, kosong="Belum ada angka.")


def _cell(value: Cell) -> Cell:
    return int(value) if isinstance(value, float) and value.is_integer() else value
