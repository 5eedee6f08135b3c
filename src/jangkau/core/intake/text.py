"""Reads CSV as it comes: encoding, separator and quotes are found, line numbers are the physical ones."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from jangkau.core.intake.sheets import Cell, Lines, Row, Sheet
from jangkau.core.kernel.problems import Problem

_SEPARATORS = ";,\t|"
_BLANKS = re.compile(r"[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_LONGEST_CELL = 2_000  # longer than any honest cell: a quote was left open
_LONGEST_LINE = 1_000  # of a line, as far as the separator is sought in it
_MOST_LINES = 8  # that an honest cell goes over
_SAMPLE = 80
_HINT = re.compile(r'"?sep=([^\r\n"])"?(\r\n|\n|\r)', re.IGNORECASE)


def tidy(value: str) -> str:
    """Text with every run of blanks, seen and unseen, as one space."""
    if value.isascii():
        return value if value.isalnum() else " ".join(value.split())
    return _BLANKS.sub(" ", value).strip()


def clean(value: str) -> Cell:
    """A text cell, tidy; None where nothing is left."""
    whole = tidy(value)
    if "\n" not in value or not whole:
        return whole or None
    kept = Lines(whole)
    kept.lines = tuple(line for line in map(tidy, value.split("\n")) if line)
    return kept if len(kept.lines) > 1 else whole


def open_text(data: bytes) -> list[Sheet]:
    """The one sheet of a CSV. Raises BERKAS_TIDAK_TERBACA for bytes that are no text."""
    content = decode(data)
    extent = content.count("\n") or content.count("\r")
    body, start = _skip_hint(content)
    separator = _declared(content) or find_separator(body)
    rows = _read(body, separator, start)
    return [Sheet("", _read_mended(body, separator, start) if rows is None else rows, extent=extent)]


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
    lines = [line[:_LONGEST_LINE] for line in islice(_lines(content), 2_000) if line.strip(_SEPARATORS + " \r\n\"'")]
    return max(_SEPARATORS, key=lambda separator: _agreement(lines[:_SAMPLE], separator))


def _lines(content: str) -> io.StringIO:
    """The physical lines with their ends, be these LF, CRLF or CR."""
    return io.StringIO(content, newline="")


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1]
    if not widths:
        return (0.0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(usual) / len(lines) * min(usual, 6), usual)


def _declared(content: str) -> str | None:
    found = _HINT.match(content)
    return found[1] if found else None


def _skip_hint(content: str) -> tuple[str, int]:
    """Excel's own first line `sep=;` is no data but still a line."""
    found = _HINT.match(content)
    return (content[found.end() :], 1) if found else (content, 0)


def _read(content: str, separator: str, start: int) -> list[Row] | None:
    """Rows with the line each begins on; None where a quote may have been left open."""
    reader = csv.reader(_lines(content), delimiter=separator)
    rows: list[Row] = []
    before = start
    try:
        for values in reader:
            if any(_is_swallowed(value, separator) for value in filter(None, values)):
                return None
            _keep(rows, before + 1, values)
            before = start + reader.line_num
    except csv.Error:
        return None
    return rows


def _is_swallowed(value: str, separator: str) -> bool:
    """Longer than any honest cell, or lines and separators in one: a quote may have been left open."""
    return len(value) > _LONGEST_CELL or (separator in value and ("\n" in value or "\r" in value))


def _keep(rows: list[Row], number: int, values: list[str]) -> None:
    if any(values):
        cells: list[Cell] = [clean(value) for value in values]
        if any(cell is not None for cell in cells):
            rows.append(Row(number, cells))


def _read_mended(content: str, separator: str, start: int) -> list[Row]:
    """Rows of a file with stray quotes: a cell goes over several lines only where that leaves whole rows alone."""
    lines = list(_lines(content))
    counts = Counter(line.count(separator) for line in lines[:2_000])
    usual = max(counts, key=lambda count: (counts[count] * (count > 0), count), default=0)
    rows: list[Row] = []
    at = 0
    while at < len(lines):
        size = _record(lines, at, separator, usual)
        _keep(rows, start + at + 1, _cells("".join(lines[at : at + size]), separator))
        at += size
    return rows


def _record(lines: list[str], at: int, separator: str, usual: int) -> int:
    """How many lines the record takes that begins here; one, where its quotes never close."""
    quotes = 0
    for size, line in enumerate(lines[at : at + _MOST_LINES], start=1):
        if size > 1 and line.count(separator) >= usual:
            return 1
        quotes += line.count('"')
        if quotes % 2 == 0:
            return size if _is_one("".join(lines[at : at + size]), separator) else 1
    return 1


def _is_one(record: str, separator: str) -> bool:
    return len(record) <= _LONGEST_CELL and len(list(csv.reader(_lines(record), delimiter=separator))) == 1


def _cells(record: str, separator: str) -> list[str]:
    if record.count('"') % 2 or len(record) > _LONGEST_CELL:
        return [part.replace('"', " ") for part in record.split(separator)]
    return next(csv.reader(_lines(record), delimiter=separator), [])
