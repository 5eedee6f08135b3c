"""How often one address may download in a minute."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]
_MINUTE = 60


def limited(view: View) -> View:
    """Answers 429 to an address that has asked JANGKAU_OPENDATA_RATE times within a minute."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = f"terbuka-{request.META.get('REMOTE_ADDR', '')}-{int(time()) // _MINUTE}"
        asked = cache.get(key, 0) + 1
        cache.set(key, asked, 2 * _MINUTE)
        if asked > settings.JANGKAU_OPENDATA_RATE:
            answer = render(request, "opendata/public/busy.html", status=429)
            answer.headers["Retry-After"] = str(_MINUTE)
            return answer
        return view(request, *args, **kwargs)

    return guarded
