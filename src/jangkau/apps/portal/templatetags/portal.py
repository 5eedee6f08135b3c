"""Money as the public reads it."""

from django import template

from jangkau.apps.portal.facts import money

register = template.Library()


@register.filter
def uang(amount: int) -> str:
    """42000000 -> Rp42 juta; 16800 -> Rp16.800."""
    return money(amount)
