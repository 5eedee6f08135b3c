"""Months: `YYYY-MM` at the border, an integer index inside (year * 12 + month - 1)."""

import re
from datetime import date
from typing import Any

import narwhals as nw

from jangkau.core.kernel.problems import Problem

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_index(text: str) -> int:
    """The index of a `YYYY-MM` month. Raises BULAN_SALAH for anything else."""
    found = _MONTH.fullmatch(text.strip())
    if not found:
        raise Problem("BULAN_SALAH", teks=text)
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(index: int) -> str:
    """The `YYYY-MM` of an index."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The index of the month that a day is in."""
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """The first day of a month."""
    return date(index // 12, index % 12 + 1, 1)


def month_index_expr(column: str) -> nw.Expr:
    """The index of a `YYYY-MM` text column; null where the text is no month."""
    text = nw.col(column).str.strip_chars()
    valid = text.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$")
    year = nw.when(valid).then(text.str.slice(0, 4)).cast(nw.Int64)
    month = nw.when(valid).then(text.str.slice(5, 2)).cast(nw.Int64)
    return (year * 12 + month - 1).alias(column)


def month_indexes(texts: nw.Series[Any]) -> nw.Series[Any]:
    """`month_index_expr` of a long column, each distinct text read once."""
    distinct = texts.unique().to_frame()
    read = distinct.with_columns(month_index_expr(texts.name))[texts.name]
    found = texts.replace_strict(distinct[texts.name].to_list(), read.to_list(), return_dtype=nw.Int64)
    return found.cast(nw.Int64)
