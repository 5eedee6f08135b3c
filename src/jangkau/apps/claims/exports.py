"""The list of cases as a workbook: numbers masked, nothing a spreadsheet would run."""

import tempfile
from typing import IO

import xlsxwriter
from django.db.models import QuerySet

from jangkau.apps.audit.masking import mask_number
from jangkau.apps.claims.models import Case
from jangkau.apps.regions.selectors import path_name

COLUMNS = (
    "Nomor", "Nama", "NIK", "Wilayah", "Peristiwa", "Tanggal kejadian", "Perlindungan hari itu", "Keadaan",
    "Keluarga serumah", "Batas menuntut", "Sisa hari", "Bulan dibayar sesudah kejadian",
)  # fmt: skip


def as_xlsx(cases: "QuerySet[Case]") -> IO[bytes]:
    """An open xlsx file at its beginning; it is gone when closed. `family` must be annotated."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Klaim")
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    for at, case in enumerate(cases.iterator(2_000), 1):
        for column, value in enumerate(_cells(case)):
            (sheet.write_string if isinstance(value, str) else sheet.write_number)(at, column, value)
    book.close()
    file.seek(0)
    return file


def _cells(case: Case) -> tuple[str | int, ...]:
    return (
        str(case), case.nama, mask_number(case.nik), path_name(case.region_code), str(case.get_happening_display()),
        case.day.isoformat(), case.status, case.stands.words, case.family,  # type: ignore[attr-defined]
        case.expires.isoformat(), case.days_left, case.after,
    )  # fmt: skip
