"""Findings as a workbook: numbers masked, nothing a spreadsheet would run."""

from collections.abc import Iterator
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.audit.exports import Cell, xlsx_file
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
    return xlsx_file("Temuan", [COLUMNS], _rows(found))


def _rows(found: QuerySet[Finding]) -> Iterator[tuple[Cell, ...]]:
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
