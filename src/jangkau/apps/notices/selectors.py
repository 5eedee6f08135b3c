"""Asking for notices."""

from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.notices.models import Notice


def notices(user: User, *, unread: bool = False) -> "QuerySet[Notice]":
    """The user's notices, newest first."""
    own = Notice.objects.filter(user=user)
    return own.filter(read_at=None) if unread else own


def unread(user: User) -> int:
    """How many the user has not read."""
    return notices(user, unread=True).count()
