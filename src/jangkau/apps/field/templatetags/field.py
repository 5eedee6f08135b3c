"""Filters of the field pages."""

from typing import Any

from django import template

from jangkau.apps.accounts.permissions import allowed

register = template.Library()


@register.filter
def may_assign(user: Any) -> bool:
    """Whether the user gives out phones and tasks."""
    return allowed(user, "field.assign")
