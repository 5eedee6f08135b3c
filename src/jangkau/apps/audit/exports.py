"""The log as a file: CSV or xlsx, a row an event, no cell that a spreadsheet would take for a formula."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.audit.models import Event

COLUMNS = (
    "nomor", "waktu", "pelaku", "dari", "tindakan", "benda", "id_benda", "wilayah", "sebelum", "sesudah", "alasan",
    "sidik",
)  # fmt: skip
Cell = str | int | float | None
XLSX_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(events: QuerySet[Event]) -> Iterator[list[str]]:
    """Every event as text, a few thousand in memory at a time."""
    for event in events.iterator(2_000):
        yield [
            str(event.nomor), timezone.localtime(event.waktu).isoformat(timespec="seconds"), event.nama_pelaku,
            event.dari, event.tindakan, event.benda, event.id_benda, event.region_code, _json(event.sebelum),
            _json(event.sesudah), event.alasan, event.hash,
        ]  # fmt: skip


def as_csv(events: QuerySet[Event]) -> Iterator[str]:
    """The log as CSV, line by line."""
    return csv_lines([list(COLUMNS)], rows(events))


def as_xlsx(events: QuerySet[Event]) -> IO[bytes]:
    """The log as an open xlsx file."""
    return xlsx_file("Audit", [list(COLUMNS)], rows(events))


def csv_lines(*parts: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """CSV of rows, line by line, with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    for row in chain(*parts):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue()


def xlsx_file(name: str, *parts: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Rows as an open xlsx file at its beginning; it is gone when closed. Text never becomes a formula or a link."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(chain(*parts)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell[:32_767])
            elif cell is not None:
                sheet.write_number(number, column, cell)
    book.close()
    file.seek(0)
    return file


def _harmless(cell: str) -> str:
    """An apostrophe before what would be run (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
