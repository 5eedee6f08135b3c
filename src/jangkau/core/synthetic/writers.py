"""Sheets to bytes: .xlsx, .xls, .ods, .csv. The same sheets always give the same bytes."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from jangkau.core.synthetic.cells import Cell
from jangkau.core.synthetic.layout import Sheet

MADE = datetime(2026, 10, 12, 9, 0, 0)
ZIP_DATE = (2026, 10, 12, 9, 0, 0)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """Excel's format."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": MADE, "author": "Desa"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for r, row in enumerate(sheet.rows):
                for c, cell in enumerate(row):
                    _xlsx_cell(page, r, c, cell, day)
            for r0, c0, r1, c1 in sheet.merges:
                page.merge_range(r0, c0, r1, c1, "")
                _xlsx_cell(page, r0, c0, sheet.rows[r0][c0], day)


def _xlsx_cell(page: xlsxwriter.worksheet.Worksheet, r: int, c: int, cell: Cell, day: object) -> None:
    if isinstance(cell, str):
        page.write_string(r, c, cell)
    elif isinstance(cell, date):
        page.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)
    elif cell is not None:
        page.write_number(r, c, cell)


def write_xls(path: Path, sheets: list[Sheet]) -> None:
    """The format before 2007."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        corners = {(r0, c0): (r1, c1) for r0, c0, r1, c1 in sheet.merges}
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if (r, c) in corners:
                    r1, c1 = corners[r, c]
                    page.write_merge(r, r1, c, c1, cell)
                elif cell is not None:
                    page.write(r, c, cell, day) if isinstance(cell, date) else page.write(r, c, cell)
    book.save(str(path))


def write_ods(path: Path, sheets: list[Sheet]) -> None:
    """OpenDocument."""
    body = "".join(_ods_table(sheet) for sheet in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("mimetype", ODS_TYPE), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)


def _ods_table(sheet: Sheet) -> str:
    width = max((len(row) for row in sheet.rows), default=1) or 1
    spans = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in sheet.merges}
    covered = {
        (r, c) for r0, c0, r1, c1 in sheet.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)
    } - spans.keys()  # fmt: skip
    rows = []
    for r, row in enumerate(sheet.rows):
        cells = [
            "<table:covered-table-cell/>" if (r, c) in covered else _ods_cell(cell, spans.get((r, c)))
            for c, cell in enumerate(row + [None] * (width - len(row)))
        ]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    name = escape(sheet.name, {'"': "&quot;"})
    column = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f'<table:table table:name="{name}">{column}{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    merged = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if cell is None or cell == "":
        return f"<table:table-cell{merged}/>"
    if isinstance(cell, str):
        return (
            f'<table:table-cell office:value-type="string"{merged}><text:p>{escape(cell)}</text:p></table:table-cell>'
        )
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {kind}{merged}><text:p>{cell.strftime('%d/%m/%Y')}</text:p></table:table-cell>"
    kind = f'office:value-type="float" office:value="{cell:.0f}"'
    return f"<table:table-cell {kind}{merged}><text:p>{cell:.0f}</text:p></table:table-cell>"


def write_csv(path: Path, sheets: list[Sheet], *, delimiter: str, encoding: str) -> None:
    """The first sheet as text; one line a row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    width = max(len(row) for row in sheets[0].rows)
    for row in sheets[0].rows:
        writer.writerow([_csv_cell(cell) for cell in row] + [""] * (width - len(row)))
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.5E}" if cell > 1e15 else f"{cell:g}"
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
