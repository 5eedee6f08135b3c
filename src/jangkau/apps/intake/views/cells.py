"""One row, and its cells: shown, opened to be mended, mended, taken back."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.intake import grid, listing
from jangkau.apps.intake.actions import mend as mending
from jangkau.apps.intake.models import FileState, ListFile, Mend, ProposalRow
from jangkau.apps.intake.sight import is_veiled
from jangkau.core.kernel.problems import Problem

_ROWS = ProposalRow.objects.select_related("file__shipment__by")


@needs("intake.view")
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """A row as written, as sent where it was mended since, as read, and what was done to it."""
    shown = find(request, _ROWS, "intake.view", pk=pk)
    file, sent = shown.file, grid.as_sent(shown.file, shown)
    mends = file.mends.filter(lembar=shown.lembar, baris=shown.baris).select_related("by", "settled_by", "source")
    context = {
        "row": shown, "file": file, "mends": mends,
        "whole": allowed(request.user, "intake.view", file.region_code),
        "cells": [(line, sent.get(line.kolom)) for line in grid.cells(file, shown)],
        "loose": shown.problems.filter(settled_at=None, kolom=""),
        "may_mend": allowed(request.user, "intake.mend", shown.region_code) and file.state == FileState.READ,
    }  # fmt: skip
    return render(request, "intake/row.html", context)


@needs("intake.mend")
def cell(request: HttpRequest, pk: int, kolom: str) -> HttpResponse:
    """A cell opened to be mended, whole; a POST mends it. With htmx the answer is the table's line, else a page."""
    assert isinstance(request.user, User)
    found = find(request, _ROWS, "intake.mend", pk=pk)
    mending.content_of(found, kolom)
    if request.method == "POST":
        return _save(request, request.user, found, kolom)
    if "tutup" in request.GET:
        return _line(request, found, kolom, "line")
    return _open(request, request.user, found, kolom)


def _open(
    request: HttpRequest, user: User, found: ProposalRow, kolom: str, problem: Problem | None = None
) -> HttpResponse:
    """The editor. That a long number was shown whole goes on record, without the number."""
    if is_veiled(mending.content_of(found, kolom)):
        record("intake.open", by=user, thing=found, after={"sel": f"{found.lembar}#{found.baris}{kolom}"})
    return _line(request, found, kolom, "editor", problem)


def _save(request: HttpRequest, user: User, found: ProposalRow, kolom: str) -> HttpResponse:
    content, seen = request.POST.get("isi"), request.POST.get("semula")
    if content is None:
        return _open(request, user, found, kolom)
    try:
        mending.mend_cell(found, kolom, content, by=user, seen=seen)
    except Problem as problem:
        if problem.kind.kode != "SEL_BERUBAH":
            raise
        found.refresh_from_db()
        return _open(request, user, found, kolom, problem)
    if request.headers.get("HX-Request"):
        return _line(request, _ROWS.get(pk=found.pk), kolom, "line")
    return redirect(f"{reverse('intake_list', args=[found.file_id])}#b{found.pk}{kolom}")


def _line(
    request: HttpRequest, found: ProposalRow, kolom: str, part: str, problem: Problem | None = None
) -> HttpResponse:
    """The line of a cell: as it stands, or open to be mended."""
    [line] = grid.lines_of(found.file, [(found.pk, kolom)])
    htmx = request.headers.get("HX-Request")
    template = f"intake/parts/{part}.html" if htmx else "intake/cell.html"
    context: dict[str, Any] = {
        "line": line,
        "file": found.file,
        "problem": problem,
        "may_mend": True,
        "fresh": bool(htmx),
    }
    if htmx and part == "line":
        context["kinds"] = listing.kinds(ListFile.objects.filter(pk=found.file_id))
    answer = render(request, template, context)
    add_never_cache_headers(answer)
    return answer


def _mend(request: HttpRequest, pk: int) -> Mend:
    return find(request, Mend.objects.all(), "intake.mend", field="file__region_code", pk=pk)


@needs("intake.mend")
@require_POST
@transaction.atomic
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mend back."""
    assert isinstance(request.user, User)
    mend = _mend(request, pk)
    mending.undo(mend, by=request.user)
    row = _ROWS.filter(file=mend.file_id, lembar=mend.lembar, baris=mend.baris).first()
    if request.headers.get("HX-Request") and row:
        return _line(request, row, mend.kolom, "line")
    return redirect("intake_list", mend.file_id)


@needs("intake.mend")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a clash: `pilih=excel` takes the returned content, anything else keeps what stands there."""
    assert isinstance(request.user, User)
    mend = _mend(request, pk)
    mending.decide(mend, request.POST.get("pilih") == "excel", by=request.user)
    return redirect("intake_list", mend.file_id)
