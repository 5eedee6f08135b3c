"""Figures in words."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from jangkau.apps.monitoring import charts
from jangkau.apps.regions.selectors import region_name
from jangkau.core.coverage.published import NATION
from jangkau.core.kernel.formats import number

register = template.Library()
_STEPS = ("", "step-1", "step-2", "step-3", "step-4", "step-5")


@register.filter
def nilai(row: dict[str, Any]) -> str:
    """The value of a figure with its unit."""
    return charts.value(row)


@register.filter
def bagian(row: dict[str, Any]) -> str:
    """Its numerator and denominator."""
    return charts.fraction(row)


@register.filter
def sel(cell: object) -> str:
    """A cell of a chart's table: numbers as Indonesians write them."""
    if isinstance(cell, float):
        return number(cell, 0 if cell == int(cell) and abs(cell) >= 100 else 1)
    return "–" if cell is None else number(cell) if isinstance(cell, int) else str(cell)


@register.filter
def baris(rows: list[list[object]]) -> str:
    """The rows of a chart's table; in a template they would take half of the page's time."""
    told = ("".join(f"<td>{conditional_escape(sel(cell))}</td>" for cell in cells) for cells in rows)
    return mark_safe("".join(f"<tr>{cells}</tr>" for cells in told))


@register.filter
def tanda(change: int | None) -> str:
    """A change with its sign; nothing where there is none."""
    if not change:
        return "–"
    return f"{'+' if change > 0 else ''}{number(change)}"


@register.filter
def is_number(cell: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(cell, int | float)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@register.filter
def langkah(step: int) -> str:
    """The look of one of the five steps of a map."""
    return _STEPS[step]


@register.filter
def tempat(code: str) -> str:
    """The name of a region, or of the country."""
    return "Indonesia" if code == NATION else region_name(code)
