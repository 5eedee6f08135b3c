"""The list of cases as a workbook: numbers masked, nothing a spreadsheet would run."""

from typing import IO

from django.db.models import QuerySet

from jangkau.apps.audit.exports import Cell, xlsx_file
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.claims.models import Case
from jangkau.apps.regions.selectors import path_name

COLUMNS = (
    "Nomor", "Nama", "NIK", "Wilayah", "Peristiwa", "Tanggal kejadian", "Perlindungan hari itu", "Keadaan",
    "Keluarga serumah", "Batas menuntut", "Sisa hari", "Bulan dibayar sesudah kejadian",
)  # fmt: skip


def as_xlsx(cases: "QuerySet[Case]") -> IO[bytes]:
    """An open xlsx file at its beginning; it is gone when closed. `family` must be annotated."""
    return xlsx_file("Klaim", [COLUMNS], (_cells(case) for case in cases.iterator(2_000)))


def _cells(case: Case) -> tuple[Cell, ...]:
    return (
        str(case), case.nama, mask_number(case.nik), path_name(case.region_code), str(case.get_happening_display()),
        case.day.isoformat(), case.status, case.stands.words, case.family,  # type: ignore[attr-defined]
        case.expires.isoformat(), case.days_left, case.after,
    )  # fmt: skip
