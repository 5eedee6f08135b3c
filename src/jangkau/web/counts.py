"""Counts that stand on every page, kept for a moment; whoever writes sees them counted anew at once."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from jangkau.apps.accounts.models import User

T = TypeVar("T")
MENU, TODOS = "menu", "beranda"
Answer = Callable[[HttpRequest], HttpResponse]
_READING = ("GET", "HEAD", "OPTIONS")


def kept(user: User, what: str, count: Callable[[], T]) -> T:
    """What `count` gives for this user, at most COUNTS_SECONDS old, and never older than the user's last write."""
    return cast("T", cache.get_or_set(_key(user, what, get_language()), count, settings.COUNTS_SECONDS))


def count_anew(get_response: Answer) -> Answer:
    """After a write of a user, the counts of that user are counted again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        user = getattr(request, "user", None)
        if request.method not in _READING and isinstance(user, User):
            cache.delete_many([_key(user, what, code) for what in (MENU, TODOS) for code, _ in settings.LANGUAGES])
        return answer

    return middleware


def _key(user: User, what: str, language: str | None) -> str:
    return f"{what}-{user.pk}-{language}"
