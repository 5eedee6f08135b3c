"""Findings as a workbook: text stays text, so that no cell is taken for a formula."""

import tempfile
from collections.abc import Iterator
from typing import IO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.audit.masking import mask_number
from jangkau.apps.reconciliation.models import Finding
from jangkau.apps.reconciliation.words import KINDS, said
from jangkau.apps.regions.selectors import path_name

COLUMNS = (
    "wilayah", "nama", "nik", "kpj", "dana", "temuan", "keterangan", "bulan_lepas", "rupiah_lepas", "bulan_kembali",
    "rupiah_kembali", "putusan", "oleh", "waktu", "uang_kembali",
)  # fmt: skip


def as_xlsx(found: QuerySet[Finding]) -> IO[bytes]:
    """An open xlsx file at its beginning; it is gone when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Temuan")
    for number, row in enumerate((COLUMNS, *_rows(found))):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell)
    book.close()
    file.seek(0)
    return file


def _rows(found: QuerySet[Finding]) -> Iterator[tuple[str | int, ...]]:
    for one in found.iterator(2_000):
        person, at = one.enrolment.person, one.at
        yield (
            path_name(one.region_code), person.nama or "", mask_number(person.nik or ""),
            mask_number(one.enrolment.kpj), one.fund.kode if one.fund else "", str(KINDS[one.kind].label),
            said(one.kind, one.evidence),
            len(one.release), one.release_amount, len(one.refund), one.refund_amount, one.get_decision_display(),
            str(one.by or ""), timezone.localtime(at).isoformat(timespec="minutes") if at else "",
            timezone.localtime(one.refunded_at).date().isoformat() if one.refunded_at else "",
        )  # fmt: skip
