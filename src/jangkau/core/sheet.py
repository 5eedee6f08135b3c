"""A workbook whose texts can never become formulas, the same bytes for the same rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767


class Percent(float):
    """A number in percent (42.0 for 42 %), which a sheet holds as a fraction shown as percent."""


@contextmanager
def workbook(path: Path, on: date, title: str) -> Iterator[Workbook]:
    """A workbook dated `on`, closed at the end of the block."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": title, "created": datetime(on.year, on.month, on.day)})
        book.formats[0].set_font_size(10)
        yield book


class Writer:
    """Writes rows: text as text (marked so that editing keeps it text), whole numbers and dates as such."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._book = book
        self._formats: dict[tuple[str, ...], Format] = {}
        self.row = 0

    def write(self, cells: Sequence[Any], *marks: str) -> None:
        """One row and on to the next; `marks` are names of looks: kepala, tebal, bahaya, judul."""
        for column, value in enumerate(cells):
            self._cell(column, value, marks)
        self.row += 1

    def _cell(self, column: int, value: Any, marks: tuple[str, ...]) -> None:
        if value == "":  # an empty text would cut off a long one to its left
            self._sheet.write_blank(self.row, column, None, self._format("teks", *marks))
        elif isinstance(value, str):
            risky = ("kutip",) if value.startswith(FORMULA_SIGNS) else ()
            self._sheet.write_string(self.row, column, value[:_LONGEST], self._format("teks", *risky, *marks))
        elif isinstance(value, date):
            self._sheet.write_datetime(self.row, column, value, self._format("tanggal", *marks))
        elif isinstance(value, Percent):
            self._sheet.write_number(self.row, column, value / 100, self._format("persen", *marks))
        elif value is not None:
            look = "pecahan" if isinstance(value, float) else "angka"
            self._sheet.write_number(self.row, column, value, self._format(look, *marks))

    def _format(self, *names: str) -> Format:
        if names not in self._formats:
            look = {key: item for name in names for key, item in _LOOKS[name].items()}
            self._formats[names] = self._book.add_format(look)
        return self._formats[names]


_LOOKS: dict[str, dict[str, Any]] = {
    "teks": {"num_format": "@"},
    "kutip": {"quote_prefix": True},
    "angka": {"num_format": "#,##0"},
    "pecahan": {"num_format": "#,##0.0"},
    "persen": {"num_format": "0.0%"},
    "tanggal": {"num_format": "dd-mm-yyyy", "align": "left"},
    "kepala": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bottom_color": "#0b6470"},
    "tebal": {"bold": True},
    "lipat": {"text_wrap": True, "valign": "top"},
    "bahaya": {"bold": True, "font_color": "#b3261e"},
    "judul": {"bold": True, "font_size": 14},
    "kelompok": {"bold": True, "bg_color": "#e1f0f1"},
    "jumlah": {"bold": True, "top": 1},
}
