"""Asking for lists and their rows."""

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet

from jangkau.apps.intake.models import FileState, ProposalRow
from jangkau.core.engine import frame
from jangkau.core.tables.results import USULAN_BACA
from jangkau.core.tables.schema import Frame

_TYPES: dict[str, Any] = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date}
_COLUMNS = {
    column.name: {"berkas": "file__name"}.get(column.name, column.name) for column in USULAN_BACA.columns
}  # column of the table -> where it is


def effective_rows() -> "QuerySet[ProposalRow]":
    """The rows that count: they name a person, in a list that is read and neither replaced nor withdrawn."""
    return ProposalRow.objects.filter(person=True, file__state=FileState.READ)


def usulan_frame(where: Q | None = None, ids: Iterable[str] | None = None) -> Frame:
    """The effective rows as USULAN_BACA (mends included), in the order of id_usulan; `where` narrows them, `ids` too.

    `berkas` is the file's name as sent; what is unique is id_usulan.
    """
    return USULAN_BACA.conform(frame(rows_with(_COLUMNS, where, ids)))


def fingerprints(where: Q | None = None) -> dict[str, str]:
    """id_usulan -> fingerprint of the effective rows: what is new or has changed since it was last looked at."""
    return dict(effective_rows().filter(where or Q()).values_list("id_usulan", "fingerprint"))


def rows_with(columns: dict[str, str], where: Q | None, ids: Iterable[str] | None) -> pl.DataFrame:
    """The effective rows with these columns (name -> field)."""
    rows = effective_rows().filter(where or Q()).order_by("id_usulan")
    if ids is not None:
        rows = rows.filter(id_usulan__in=list(ids))
    schema = {name: _TYPES[str(USULAN_BACA.schema[name])] for name in columns}
    return pl.DataFrame(list(rows.values_list(*columns.values())), schema=schema, orient="row")
