"""Remembers where a request comes from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jangkau.apps.audit.origin import ORIGIN


def remember_origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The address of the client, as the proxy in front tells it, is known while the request is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = ORIGIN.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return get_response(request)
        finally:
            ORIGIN.reset(token)

    return middleware
