"""Opens one proposal file within bounds: what cannot be read safely becomes a `Problem`, never a crash.

The kind is decided by the bytes, not by the extension. Sizes are checked before a parser sees the file, since a
parser lays a sheet out as a full rectangle: one cell at XFD1048576 would otherwise ask for gigabytes.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import python_calamine as calamine

from jangkau.core.intake import ole, text
from jangkau.core.intake.sheets import Cell, Merge, Row, Sheet
from jangkau.core.kernel.problems import Problem

EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})
MAX_FILE = 40_000_000  # bytes on disk
MAX_UNPACKED = 200_000_000  # bytes after unpacking
MAX_AREA = 3_000_000  # cells of the rectangle that a sheet spans
MAX_SHEETS = 200

_CHUNK = 1 << 20
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# A cell that has content, or whose place only its neighbours tell; one that is only formatted says nothing.
_CELL = re.compile(rb'<(?:\w+:)?c\b(?![^>]*\br="[A-Z]{1,3}\d{1,7}"[^>]*/>)(?:[^>]*?\br="([A-Z]{1,3})(\d{1,7})")?')
_CELL_TAG = re.compile(rb"<(?:\w+:)?c\b")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b")
_ODS = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s>/])([^>]*)>")
_REPEAT = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


def list_files(folder: Path) -> list[tuple[str, Path]]:
    """Every file under `usulan/` with its name relative to it, sorted; lock files and hidden ones left out."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if not is_litter(parts) and path.is_file():
            found.append(("/".join(parts), path))
    return sorted(found)


def is_litter(parts: Sequence[str]) -> bool:
    """Lock files, hidden ones, and what systems leave in folders; `parts` are folders and file name."""
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts) or parts[-1].lower() in _LITTER


_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def open_file(path: Path) -> list[Sheet]:
    """The sheets of a file, only rows that hold something.

    Raises BERKAS_JENIS_LAIN, BERKAS_KOSONG, BERKAS_TERLALU_BESAR, BERKAS_BERSANDI, BERKAS_BUKAN_EXCEL,
    BERKAS_TIDAK_TERBACA.
    """
    try:
        check_kind(path.name, path.stat().st_size)
        return open_bytes(path.read_bytes())
    except OSError as error:
        raise Problem("BERKAS_TIDAK_TERBACA", sebab=error.strerror or "tidak dapat dibuka") from error


def check_kind(name: str, size: int) -> None:
    """Refuse by name and size alone. Raises BERKAS_JENIS_LAIN, BERKAS_KOSONG, BERKAS_TERLALU_BESAR."""
    ending = Path(name).suffix.lower()
    if ending not in EXTENSIONS:
        raise Problem("BERKAS_JENIS_LAIN", jenis=ending or "tanpa akhiran")
    if size == 0:
        raise Problem("BERKAS_KOSONG")
    if size > MAX_FILE:
        raise Problem("BERKAS_TERLALU_BESAR", sebab=f"{size // 1_000_000} MB")


def open_bytes(data: bytes) -> list[Sheet]:
    """`open_file` for bytes already in memory, such as an upload."""
    if data.startswith(b"PK"):
        return _open_zip(data)
    if data.startswith(_OLE):
        return _open_ole(data)
    if data.startswith((b"%PDF", b"\xff\xd8", b"\x89PNG", b"Rar!", b"7z\xbc", b"{\\rtf")):
        raise Problem("BERKAS_BUKAN_EXCEL", isi="berkas jenis lain")
    head = data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"<"):
        kind = "XML" if b"schemas-microsoft-com:office:spreadsheet" in head else "halaman web (HTML)"
        raise Problem("BERKAS_BUKAN_EXCEL", isi=kind)
    return text.open_text(data)


def _open_zip(data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            unpacked = sum(info.file_size for info in infos)
            if unpacked > MAX_UNPACKED:
                raise Problem("BERKAS_TERLALU_BESAR", sebab=f"{unpacked // 1_000_000} MB setelah dibuka")
            if "EncryptedPackage" in names or _is_encrypted_ods(archive, names):
                raise Problem("BERKAS_BERSANDI")
            if "xl/workbook.bin" in names:
                raise Problem("BERKAS_BUKAN_EXCEL", isi="buku kerja biner (.xlsb)")
            _verify_zip(archive, infos)
            extents = _check_areas(archive, names)
            from_1904 = "xl/workbook.xml" in names and _counts_from_1904(archive.read("xl/workbook.xml"))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise Problem("BERKAS_TIDAK_TERBACA", sebab="isinya rusak atau terpotong") from error
    sheets = _calamine(data, from_1904=from_1904)
    if len(extents) == len(sheets):
        for sheet, rows in zip(sheets, extents, strict=True):
            sheet.extent = max(sheet.extent, rows)
    return sheets


def _counts_from_1904(workbook: bytes) -> bool:
    return re.search(rb'date1904\s*=\s*"(1|true)"', workbook) is not None


def _is_encrypted_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    return b"encryption-data" in archive.read("META-INF/manifest.xml")


def _verify_zip(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Unpack once without keeping it where the declared sizes could lie: deflate reaches at most 1032:1."""
    if sum(info.compress_size for info in infos) * 1032 <= MAX_UNPACKED:
        return
    if archive.testzip() is not None:
        raise zipfile.BadZipFile("checksum")


def _check_areas(archive: zipfile.ZipFile, names: set[str]) -> list[int]:
    """Refuse sheets that span too much. The rows that each sheet claims, empty ones too, where it writes them out."""
    extents: list[int] = []
    if "content.xml" in names:
        areas = _ods_areas(_chunks(archive, "content.xml"))
    elif any(name.lower() == "xl/workbook.xml" for name in names):
        parts = [n for n in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n, re.IGNORECASE)]
        spans = [_xlsx_span(_chunks(archive, name)) for name in sorted(parts, key=lambda n: (len(n), n))]
        areas, extents = [area for area, _ in spans], [rows for _, rows in spans]
    else:
        raise Problem("BERKAS_BUKAN_EXCEL", isi="arsip ZIP")
    if len(areas) > MAX_SHEETS:
        raise Problem("BERKAS_TERLALU_BESAR", sebab=f"{len(areas)} lembar")
    if areas and max(areas) > MAX_AREA:
        raise Problem("BERKAS_TERLALU_BESAR", sebab="satu lembar berisi terlalu banyak sel")
    return extents


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces that end at a tag, so that no tag is cut in two."""
    rest = b""
    with archive.open(name) as stream:
        while piece := stream.read(_CHUNK):
            piece = rest + piece
            cut = piece.rfind(b">") + 1 or len(piece)
            rest = piece[cut:]
            yield piece[:cut]


def _xlsx_span(chunks: Iterator[bytes]) -> tuple[int, int]:
    """Rows times columns from A1 to the last cell with content, and the last row written at all."""
    last_row = last_column = written = in_row = 0
    for chunk in chunks:
        found = _CELL.findall(chunk)
        last_row = max(last_row, *(int(row) for _, row in found if row), 0)
        last_column = max(last_column, *map(_index, {column for column, _ in found}), 0)
        written = max(written, *map(int, _ROW.findall(chunk)), 0)
        if any(not row for _, row in found):  # cells without addresses stand one after the other
            counts = [len(_CELL_TAG.findall(piece)) for piece in _ROW_TAG.split(chunk)]
            last_column = max(last_column, in_row + counts[0], *counts)
            last_row = max(last_row, written) if written else last_row + len(counts)
            in_row = counts[-1] + (in_row if len(counts) == 1 else 0)
    return last_row * last_column, written


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index


def _ods_areas(chunks: Iterator[bytes]) -> list[int]:
    """The area of `_xlsx_span`, for each table; repeated rows and columns count when they hold a value."""
    areas: list[int] = []
    row = column = repeat = last_row = last_column = 0
    filled = False
    for chunk in chunks:
        for end, tag, attributes in _ODS.findall(chunk):
            times = int(found[1]) if (found := _REPEAT.search(attributes)) else 1
            if tag == b"table":
                if end:
                    areas.append(last_row * last_column)
                row = last_row = last_column = 0
            elif tag == b"table-row" and not end:
                repeat, column, filled = times, 0, False
                row += repeat
            elif not end:
                column += times
                if b"value-type=" in attributes:
                    filled, last_column = True, max(last_column, column)
            last_row = row if filled else last_row
    return areas


def _open_ole(data: bytes) -> list[Sheet]:
    try:
        streams = ole.entries(data)
    except ValueError as error:
        raise Problem("BERKAS_TIDAK_TERBACA", sebab="isinya rusak atau terpotong") from error
    if "EncryptedPackage" in streams:
        raise Problem("BERKAS_BERSANDI")
    book = streams.get("Workbook") or streams.get("Book")
    if book is None:
        raise Problem("BERKAS_BUKAN_EXCEL", isi="dokumen Office lain")
    if ole.is_locked(book):
        raise Problem("BERKAS_BERSANDI")
    if ole.largest_area(book) > MAX_AREA:
        raise Problem("BERKAS_TERLALU_BESAR", sebab="satu lembar berisi terlalu banyak sel")
    return _calamine(data, from_1904=ole.counts_from_1904(book))


def _calamine(data: bytes, *, from_1904: bool = False) -> list[Sheet]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            worksheets = [m.name for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
            sheets = [_sheet(book.get_sheet_by_name(name)) for name in worksheets[:MAX_SHEETS]]
            for sheet in sheets:
                sheet.from_1904 = from_1904
            return sheets
    except calamine.PasswordError as error:
        raise Problem("BERKAS_BERSANDI") from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Problem("BERKAS_TIDAK_TERBACA", sebab="isinya rusak atau terpotong") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the parser; it is no Exception and cannot be imported
            raise
        raise Problem("BERKAS_TIDAK_TERBACA", sebab="isinya rusak atau terpotong") from error


def _sheet(native: calamine.CalamineSheet) -> Sheet:
    if native.start is None or native.end is None:
        return Sheet(native.name, [])
    pad: list[Cell] = [None] * native.start[1]
    rows = [
        Row(number, pad + [clean(value) for value in values])
        for number, values in enumerate(native.iter_rows(), start=1)
        if any(value != "" for value in values)
    ]
    merges: list[Merge] = [(a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in native.merged_cell_ranges or []]
    return Sheet(native.name, rows, merges, extent=native.end[0] + 1)


def clean(value: object) -> Cell:
    """A cell without surrounding blanks; an empty one is None."""
    if isinstance(value, str):
        return text.clean(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return value if isinstance(value, date) else str(value)  # a time or a duration stays text
