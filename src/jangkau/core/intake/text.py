"""Reads CSV as it comes: encoding, separator and quotes are found, line numbers are the physical ones."""

import csv
import io
import re
from itertools import islice

from jangkau.core.intake.sheets import Cell, Row, Sheet
from jangkau.core.kernel.problems import Problem

_SEPARATORS = ";,\t|"
_BLANKS = re.compile(r"[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_LONGEST_CELL = 2_000  # longer than any honest cell: a quote was left open
_SAMPLE = 80


def tidy(value: str) -> str:
    """Text with every run of blanks, seen and unseen, as one space."""
    if value.isascii():
        return value if value.isalnum() else " ".join(value.split())
    return _BLANKS.sub(" ", value).strip()


def open_text(data: bytes) -> list[Sheet]:
    """The one sheet of a CSV. Raises BERKAS_TIDAK_TERBACA for bytes that are no text."""
    content = decode(data)
    extent = content.count("\n")
    body, start = _skip_hint(content)
    separator = _declared(content) or find_separator(body)
    rows = _read(body, separator, start, csv.QUOTE_MINIMAL)
    if rows is None:
        rows = _read(body, separator, start, csv.QUOTE_NONE) or []
    return [Sheet("", rows, extent=extent)]


def decode(data: bytes) -> str:
    """Text of UTF-8 (with mark or not), UTF-16 or Windows-1252 bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\0", "")
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) >= sample[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace").replace("\0", "")
    if sum(byte < 9 or 13 < byte < 27 for byte in sample) > len(sample) // 50:
        raise Problem("BERKAS_TIDAK_TERBACA", sebab="isinya bukan daftar")
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", "")


def find_separator(content: str) -> str:
    """The separator under which the lines agree best on a number of columns."""
    lines = [line for line in islice(io.StringIO(content), 2_000) if line.strip(_SEPARATORS + " \r\n\"'")][:_SAMPLE]
    return max(_SEPARATORS, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1]
    if not widths:
        return (0.0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(usual) / len(lines) * min(usual, 6), usual)


def _declared(content: str) -> str | None:
    found = re.match(r'"?sep=(.)"?\r?\n', content[:12], re.IGNORECASE)
    return found[1] if found else None


def _skip_hint(content: str) -> tuple[str, int]:
    """Excel's own first line `sep=;` is no data but still a line."""
    return (content.split("\n", 1)[1], 1) if _declared(content) else (content, 0)


def _read(content: str, separator: str, start: int, quoting: int) -> list[Row] | None:
    """Rows with the line each begins on; None where an open quote swallowed lines."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    rows: list[Row] = []
    before = start
    try:
        for values in reader:
            if any(values):
                if quoting != csv.QUOTE_NONE and any(len(value) > _LONGEST_CELL for value in values):
                    return None
                cells: list[Cell] = [tidy(value) or None for value in values]
                if any(cell is not None for cell in cells):
                    rows.append(Row(before + 1, cells))
            before = start + reader.line_num
    except csv.Error:
        return None
    return rows
