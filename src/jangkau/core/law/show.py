"""Values of the law in words, for people."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jangkau.core.kernel.formats import long_date, number, rupiah
from jangkau.core.law.schema import Value


def amount(value: Any, unit: str) -> str:
    """One number with its unit: `Rp6.800`, `0,24%`, `3 bulan`; a word stays a word."""
    if isinstance(value, str):
        return value
    if unit.startswith("rupiah"):
        return rupiah(int(value))
    decimals = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    if unit.startswith("persen"):
        return f"{number(float(value), decimals)}%"
    return (
        number(float(value), decimals) if unit in ("0 atau 1", "skala usaha") else f"{number(value, decimals)} {unit}"
    )


def content(value: Any, unit: str) -> str:
    """A whole value on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {amount(item, unit)}" for key, item in value.items())
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "; ".join(f"mulai {rupiah(int(low))}: {amount(item, unit)}" for low, item in value)
    return "; ".join(value) if isinstance(value, tuple) else amount(value, unit)


def period(value: Value) -> str:
    """`1 Januari 2026 – 31 Maret 2026`, or `sejak 1 Juli 2015`."""
    since = long_date(value.since)
    return f"sejak {since}" if value.until is None else f"{since} – {long_date(value.until)}"
