"""Membership over time: who is active, in arrears, or out."""

import narwhals as nw

from jangkau.core.law.book import Book, On

LONGEST_ARREARS = "keanggotaan.batas_tunggakan"


def longest_arrears(on: On, book: Book | None = None) -> int:
    """Consecutive unpaid months after which a membership still stands. Raises LawUndefinedOn."""
    return int((book or Book.load()).value(LONGEST_ARREARS, on))


def is_active(paid_until: int, as_of: int, book: Book | None = None) -> bool:
    """Whether a membership paid until a month (index) stands in another: paid to 2026-08 is active in 2026-11."""
    return as_of - paid_until <= longest_arrears(as_of, book)


def active_expr(paid_until: str, as_of: int, book: Book | None = None) -> nw.Expr:
    """`is_active` for a column of month indexes; null (never paid) is not active."""
    standing = nw.lit(as_of) - nw.col(paid_until) <= longest_arrears(as_of, book)
    return standing.fill_null(False).alias("aktif")
