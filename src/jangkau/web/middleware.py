"""From problems to pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangkau.core.kernel.problems import Problem


class problems_as_pages:
    """A `Problem` raised by a view becomes a page that says what failed, what is safe and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as always."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a problem; any other error goes on its way."""
        if not isinstance(error, Problem):
            return None
        return render(request, "problem.html", {"problem": error}, status=error.kind.http)
