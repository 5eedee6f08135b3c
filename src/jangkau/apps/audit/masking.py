"""What of a value may be written where many read it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

_LONG = re.compile(r"\d{9,}")
_HIDDEN = frozenset({"password", "sandi", "token"})


def mask_number(number: str) -> str:
    """A long number with its first four and last four digits shown: 1705••••••••0007."""
    return number[:4] + "•" * max(0, len(number) - 8) + number[-4:] if len(number) > 8 else "•" * len(number)


def mask_text(text: str) -> str:
    """Text in which every run of nine or more digits (NIK, KK, KPJ, phone) is masked."""
    return _LONG.sub(lambda found: mask_number(found.group()), text)


def masked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values fit for the log: long numbers masked, secrets left out, dates as text."""
    return {name: _masked(value) for name, value in values.items() if name not in _HIDDEN}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, Mapping):
        return masked(value)
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value
