"""What the pages of enrolment share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangkau.core.kernel.problems import Problem

PER_PAGE = 50


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page; a problem in it sets its status."""
    problem = context.get("problem")
    known = problem.kind.http if problem else status
    return render(request, f"enrolment/{template}.html", context, status=known)


def done(request: HttpRequest, action: Callable[[], object], said: object, back: str, pk: int) -> HttpResponse:
    """Do it and go back to the page of the thing, with what was done or why it could not be."""
    try:
        action()
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    else:
        messages.success(request, str(said))
    return redirect(back, pk)
