"""The log as a file: CSV or xlsx, a row an event, no cell that a spreadsheet would take for a formula."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.audit.models import Event

COLUMNS = (
    "nomor", "waktu", "pelaku", "dari", "tindakan", "benda", "id_benda", "wilayah", "sebelum", "sesudah", "alasan",
    "sidik",
)  # fmt: skip
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
    """CSV, line by line, with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    for row in _with_head(rows(events)):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(cell) for cell in row])
        yield line.getvalue()


def as_xlsx(events: QuerySet[Event]) -> IO[bytes]:
    """An open xlsx file at its beginning; it is gone when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Audit")
    for number, row in enumerate(_with_head(rows(events))):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:32_767])
    book.close()
    file.seek(0)
    return file


def _with_head(found: Iterable[list[str]]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    yield from found


def _harmless(cell: str) -> str:
    """An apostrophe before what would be run (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
