"""Findings as the pages show them."""

from django import template

from jangkau.apps.reconciliation.models import Finding
from jangkau.apps.reconciliation.words import KINDS, Words, month_name, said
from jangkau.core.kernel.formats import percent
from jangkau.core.kernel.month import month_text

register = template.Library()
SHOWN = 3


@register.filter
def all_people(counts: dict[str, int]) -> int:
    """Everybody counted."""
    return sum(counts.values())


@register.filter
def most_found(counts: dict[str, int]) -> list[tuple[Words, int]]:
    """The findings with most people, but the good ones."""
    order = sorted(
        (item for item in counts.items() if KINDS[item[0]].tone in {"look", "harm"}), key=lambda one: -one[1]
    )
    return [(KINDS[kind], count) for kind, count in order[:SHOWN]]


@register.filter
def words(kind: str) -> Words:
    """The words of a kind of finding."""
    return KINDS[kind]


@register.filter
def also(finding: Finding) -> list[object]:
    """The labels of the other findings that held, of those that matter."""
    kinds = (kind for kind in finding.also.split("|") if kind and KINDS[kind].tone in {"look", "harm"})
    return [KINDS[kind].label for kind in kinds]


@register.filter
def evidence(finding: Finding) -> str:
    """What the registers say."""
    return said(finding.kind, finding.evidence)


@register.filter
def bulan(index: int) -> str:
    """A month index as "Maret 2027"."""
    return month_name(index)


@register.filter
def bulan_pendek(index: int) -> str:
    """A month index as "03/27", for axes."""
    year, month = month_text(index).split("-")
    return f"{month}/{year[2:]}"


@register.filter
def share(part: int, whole: int) -> str:
    """12 of 80 as "15,0 %"."""
    return percent(100 * part / whole if whole else None).replace("%", "\N{NO-BREAK SPACE}%")
