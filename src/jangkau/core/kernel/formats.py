"""Numbers, money and dates as Indonesians write them: 1.234,5 · Rp16.800 · 22 November 2026."""

from datetime import date

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def number(value: float, decimals: int = 0) -> str:
    """1234.5 -> `1.234,5` with one decimal; the minus is a true minus."""
    text = f"{abs(value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"−{text}" if round(value, decimals) < 0 else text


def rupiah(value: int) -> str:
    """16800 -> `Rp16.800`."""
    return f"−Rp{number(-value)}" if value < 0 else f"Rp{number(value)}"


def percent(value: float | None, decimals: int = 1) -> str:
    """42.0 -> `42,0%`; an unknown one is `–`."""
    return "–" if value is None else f"{number(value, decimals)}%"


def long_date(day: date) -> str:
    """2026-11-22 -> `22 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_month(text: str) -> str:
    """`2027-04` -> `Apr 2027`."""
    year, month = text.split("-")
    return f"{MONTHS[int(month) - 1][:3]} {year}"


def long_month(index: int) -> str:
    """A month index -> `November 2026`."""
    return f"{MONTHS[index % 12]} {index // 12}"
