"""Shares and differences in words."""

from django import template

from jangkau.core.kernel.formats import number, percent
from jangkau.core.outreach.questions import Question

register = template.Library()


@register.filter
def persen(value: float | None) -> str:
    """25.04 -> 25,0%; what is not known is a dash."""
    return percent(value)


@register.filter
def poin(value: float) -> str:
    """50.0 -> +50,0."""
    return f"+{number(value, 1)}" if value > 0 else number(value, 1)


@register.filter
def sepersepuluh(value: float) -> str:
    """6.04 -> 6,0; 6 -> 6."""
    return number(value, int(value != int(value)))


@register.filter
def bulat(value: float) -> str:
    """6.4 -> 6."""
    return number(value)


@register.filter
def kunci(question: Question) -> str:
    """The right answer with its letter: b. 3 bulan."""
    return f"{'abcdefgh'[question.right]}. {question.answers[question.right]}"
