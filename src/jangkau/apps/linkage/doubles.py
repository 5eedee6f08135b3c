"""Rows of lists that name a person whom an earlier row names already, as problems of those lists."""

from collections.abc import Iterable

import polars as pl
from django.db.models import F, Min

from jangkau.apps.intake.models import ListFile, ProposalRow
from jangkau.apps.linkage.models import Member
from jangkau.core.engine import frame
from jangkau.core.kernel.problems import kind
from jangkau.core.tables.results import MASALAH
from jangkau.core.tables.schema import Frame


def doubles(files: Iterable[ListFile]) -> Frame:
    """MASALAH (GANDA) of the second and later rows of one person in these lists; `berkas` is the list's key."""
    own = ProposalRow.objects.filter(file__in=list(files)).values("id_usulan")
    later = Member.objects.filter(id_usulan__in=own).annotate(first=Min("person__members__id_usulan"))
    first_of = dict(later.exclude(first=F("id_usulan")).values_list("id_usulan", "first"))
    named = [*first_of, *first_of.values()]
    rows = {row.id_usulan: row for row in ProposalRow.objects.filter(id_usulan__in=named).select_related("file")}
    found = [_problem(rows[key], rows[first]) for key, first in sorted(first_of.items()) if first in rows]
    return MASALAH.conform(frame(pl.DataFrame(found))) if found else MASALAH.empty()


def _problem(row: ProposalRow, first: ProposalRow) -> dict[str, object]:
    entry = kind("GANDA")
    where = f"{first.file.name}, lembar {first.lembar or '–'}, baris {first.baris}"
    return {
        "berkas": row.file.key, "lembar": row.lembar, "baris": row.baris, "kode": entry.kode, "tingkat": entry.tingkat,
        "pesan": entry.pesan.format(pertama=where), "saran": entry.saran,
    }  # fmt: skip
