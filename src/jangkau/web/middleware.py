"""Headers of every answer; from problems to pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.core.kernel.problems import Problem

Answer = Callable[[HttpRequest], HttpResponse]
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
_POLICY = ", ".join(f"{feature}=()" for feature in _UNUSED)


def permissions_policy(get_response: Answer) -> Answer:
    """Every answer tells the browser which of its abilities its page does not use: none, where it says nothing itself
    (W3C Permissions Policy)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Permissions-Policy", _POLICY)
        return answer

    return middleware


class problems_as_pages:
    """A `Problem` raised by a view becomes a page that says what failed, what is safe and what to do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as always."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a problem; any other error goes on its way."""
        if not isinstance(error, Problem):
            return None
        return render(request, "problem.html", {"problem": error}, status=error.kind.http)
