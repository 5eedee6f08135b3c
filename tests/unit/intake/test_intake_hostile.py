"""Files that would hurt a careless reader: each is one clear problem, soon and in little memory, or it is read."""

import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from tries import THOROUGH

from jangkau.core.intake.files import open_bytes
from jangkau.core.kernel.problems import Problem

# Memory is what is promised; the seconds of processor, many times what is usual, only catch work without an end.
SECONDS, MEGABYTES = 20, 500
ROWS = 1_000_000 if THOROUGH else 250_000  # what is kept of an empty row shows in either
READ = r"""
import json, re, sys, time
from datetime import date
from pathlib import Path
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder
from jangkau.core.tables.settings import Settings
regions = Regions.load("17")
settings = Settings(provinsi="17", per=date(2026, 11, 22), mulai="2027-01")
told = {}
for folder in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    found = read_folder(folder, regions, settings)
    told[folder.name] = {
        "detik": time.process_time() - began,
        # the peak so far, of all cases; not ru_maxrss: a child inherits the peak of the process that started it
        "mb": int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024,
        "orang": found.usulan["nama"].to_list(),
        "kode": sorted(set(found.masalah["kode"].to_list()) - {"DESA_TIDAK_DISEBUT"}),
    }
print(json.dumps(told))
"""
HEAD = ["No", "Nama", "NIK", "Tgl Lahir", "Desa"]
PEOPLE = [
    [1, "SITI AMINAH", "1706054105850001", "1/5/1985", "Medan Jaya"],
    [2, "BUDI SANTOSO", "1706050205850002", "2/5/1985", "Medan Jaya"],
]
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
    "</Relationships>"
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def xlsx_of(rows: bytes) -> bytes:
    """The smallest workbook around raw sheet rows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format("worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.encode() + rows + b"</sheetData></worksheet>")
    return buffer.getvalue()


def people_rows() -> bytes:
    cells = [
        "".join(f'<c r="{"ABCDE"[i]}{n}" t="inlineStr"><is><t>{value}</t></is></c>' for i, value in enumerate(row))
        for n, row in enumerate([HEAD, *PEOPLE], start=1)
    ]
    return "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(cells, start=1)).encode()


def good_xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEAD, *PEOPLE]):
            sheet.write_row(at, 0, row)
    return buffer.getvalue()


def csv_text() -> str:
    return "\n".join(";".join(map(str, row)) for row in [HEAD, *PEOPLE])


def xls_of(cells: dict[tuple[int, int], object]) -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("S")
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    book.save(buffer)
    return buffer.getvalue()


def locked_xls() -> bytes:
    """A workbook stream that opens with FILEPASS."""
    plain = xls_of({(0, 0): "x"})
    at = plain.index(struct.pack("<HH", 0x0809, 16)) + 20
    return plain[:at] + struct.pack("<HH", 0x002F, 4) + b"\0" * 4 + plain[at + 8 :]


def ods_of(table: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        sheet = f'<office:spreadsheet><table:table table:name="S">{table}</table:table></office:spreadsheet>'
        body = f"<office:body>{sheet}</office:body>"
        archive.writestr(
            "content.xml", f'<?xml version="1.0"?><office:document-content{spaces}>{body}</office:document-content>'
        )
    return buffer.getvalue()


def encrypted_package() -> bytes:
    """What Office writes for a workbook with a password: a compound file with an EncryptedPackage stream."""
    return (
        xls_of({(0, 0): "x"})
        .replace(
            "Workbook".encode("utf-16-le").ljust(64, b"\0"), "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
        )
        .replace(struct.pack("<H", 18) + b"\x02", struct.pack("<H", 34) + b"\x02")
    )


@cache
def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 1_000_000)
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory declares a few bytes."""
    data = bytearray(zip_bomb())
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, at + 24, 1_000)
    return bytes(data)


def wide_xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEAD, *PEOPLE]):
            sheet.write_row(at, 0, [*row[:3], *(f"isi {i}" for i in range(300))])
    return buffer.getvalue()


def html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEAD, *PEOPLE])
    return f"<html><body><table>{rows}</table></body></html>".encode()


def empty_rows() -> bytes:
    return b"".join(b'<row r="%d"/>' % n for n in range(4, 1_048_577))


def styled_rows() -> bytes:
    row = b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    return b"".join(row % (n, n, n) for n in range(4, ROWS))


CORNER = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MANY_ODS = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
    'office:value-type="float" office:value="1"/></table:table-row>'
)
SPREADSHEET_ML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
NAMES = ["SITI AMINAH", "BUDI SANTOSO"]

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.xlsx", zip_bomb, "BERKAS_TERLALU_BESAR"),
    "zip bomb that lies": ("a.xlsx", lying_bomb, "BERKAS_TIDAK_TERBACA"),
    "one cell in the far corner": ("a.xlsx", lambda: xlsx_of(people_rows() + CORNER), "BERKAS_TERLALU_BESAR"),
    "one cell in the far corner, xls": (
        "a.xls",
        lambda: xls_of({(0, 0): "Nama", (65535, 255): "x"}),
        "BERKAS_TERLALU_BESAR",
    ),
    "a billion repeated cells, ods": ("a.ods", lambda: ods_of(MANY_ODS), "BERKAS_TERLALU_BESAR"),
    "password": ("a.xlsx", encrypted_package, "BERKAS_BERSANDI"),
    "password, xls": ("a.xls", locked_xls, "BERKAS_BERSANDI"),
    "html named xls": ("a.xls", html, "BERKAS_BUKAN_EXCEL"),
    "SpreadsheetML": ("a.xls", lambda: SPREADSHEET_ML, "BERKAS_BUKAN_EXCEL"),
    "truncated": ("a.xlsx", lambda: good_xlsx()[:3000], "BERKAS_TIDAK_TERBACA"),
    "truncated xls": ("a.xls", lambda: xls_of({(0, 0): "Nama"})[:1500], "BERKAS_TIDAK_TERBACA"),
    "noise": ("a.xls", lambda: bytes(range(256)) * 40, "BERKAS_TIDAK_TERBACA"),
    "empty": ("a.xlsx", lambda: b"", "BERKAS_KOSONG"),
    "pdf": ("a.PDF", lambda: b"%PDF-1.7", "BERKAS_JENIS_LAIN"),
    "pdf named xlsx": ("a.xlsx", lambda: b"%PDF-1.7", "BERKAS_BUKAN_EXCEL"),
    "other zip": ("a.xlsx", lambda: ods_of("").replace(b"content.xml", b"konten0.xml"), "BERKAS_BUKAN_EXCEL"),
    "nothing but titles": ("a.csv", lambda: b"DAFTAR USULAN\nDESA MEDAN JAYA\n", "TIDAK_ADA_DAFTAR"),
}
READABLE: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "lines of nothing": ("a.csv", (csv_text() + "\n" * 2 * ROWS).encode, {"BARIS_KOSONG_BANYAK"}),
    "lines of empty fields": (
        "a.csv",
        (csv_text() + "\n;;;;" * 2 * ROWS).encode,
        {"BARIS_KOSONG_BANYAK"},
    ),
    "a million empty rows": ("a.xlsx", lambda: xlsx_of(people_rows() + empty_rows()), {"BARIS_KOSONG_BANYAK"}),
    "rows of formats": ("a.xlsx", lambda: xlsx_of(people_rows() + styled_rows()), {"BARIS_KOSONG_BANYAK"}),
    "cells without addresses": ("a.xlsx", lambda: xlsx_of(re.sub(rb' r="[A-E]\d"', b"", people_rows())), set()),
    "300 columns": ("a.xlsx", wide_xlsx, {"LEMBAR_LEBAR"}),
    "xlsx named csv": ("a.csv", good_xlsx, set()),
    "xlsx named xls, upper case": ("A.XLS", good_xlsx, set()),
    "csv named xls": ("a.xls", lambda: csv_text().encode(), set()),
    "utf-16 text": ("a.csv", lambda: csv_text().replace(";", "\t").encode("utf-16"), set()),
}


Found = dict[str, Any]


def read(folder: Path) -> dict[str, Found]:
    """What each folder inside `folder` gives, read in turn by one process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder)], capture_output=True, text=True, timeout=300, check=True
    )
    found: dict[str, Found] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    return read_cases(REFUSED, tmp_path_factory.mktemp("ditolak"))


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    return read_cases(READABLE, tmp_path_factory.mktemp("terbaca"))


def read_cases(cases: Mapping[str, tuple[str, Callable[[], bytes], Any]], folder: Path) -> dict[str, Found]:
    for case, (name, make, _) in cases.items():
        (folder / case).mkdir()
        (folder / case / name).write_bytes(make())
    return read(folder)


def bounded(found: Found) -> bool:
    return float(found["detik"]) < SECONDS and float(found["mb"]) < MEGABYTES


@pytest.mark.parametrize("case", REFUSED)
def test_is_one_clear_problem_within_bounds(case: str, refused: dict[str, Found]) -> None:
    assert refused[case]["kode"] == [REFUSED[case][2]]
    assert refused[case]["orang"] == []
    assert bounded(refused[case])


@pytest.mark.parametrize("case", READABLE)
def test_is_read_within_bounds(case: str, readable: dict[str, Found]) -> None:
    assert readable[case]["orang"] == NAMES
    assert set(readable[case]["kode"]) == READABLE[case][2]
    assert bounded(readable[case])


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "semua" / "kec"
    folder.mkdir(parents=True)
    (folder.parent / "a.xlsx").write_bytes(good_xlsx()[:3000])
    (folder / "b.XLSX").write_bytes(good_xlsx())
    for litter in ("~$b.xlsx", ".DS_Store", "Thumbs.db"):
        (folder / litter).write_bytes(b"x")
    found = read(tmp_path)["semua"]
    assert found["orang"] == NAMES
    assert found["kode"] == ["BERKAS_TIDAK_TERBACA"]


def test_bytes_of_an_upload_are_guarded_too() -> None:
    with pytest.raises(Problem, match="BERKAS_BUKAN_EXCEL"):
        open_bytes(html())
