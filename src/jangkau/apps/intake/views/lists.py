"""All lists, sending new ones, and the villages that have sent none."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, within
from jangkau.apps.intake import listing
from jangkau.apps.intake.actions.hand_back import workbook
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.forms import FilterForm, SendForm, names_of
from jangkau.apps.intake.models import FileKind, FileState
from jangkau.core.kernel.problems import Problem

PER_PAGE, MOST_IN_ONE = 30, 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("intake.view")
def index(request: HttpRequest) -> HttpResponse:
    """The lists of the user's regions, what is wrong with them, and a place to drop new ones."""
    assert isinstance(request.user, User)
    return _index(request, SendForm(user=request.user))


def _index(request: HttpRequest, send_form: SendForm, problem: Problem | None = None) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = FilterForm(request.GET, user=user)
    asked = form.cleaned_data if form.is_valid() else {}
    found = listing.lists(user, asked)
    context = {
        "form": form, "send_form": send_form, "problem": problem, "totals": listing.totals(user),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("halaman")),
        "kinds": listing.kinds(found.order_by()), "missing": listing.silent(user),
        "elsewhere": listing.rows_elsewhere(user).order_by().count() if listing.reads_wide_lists(user) else 0,
        "may_send": allowed(user, "intake.upload"), "may_mend": allowed(user, "intake.mend"),
        "asked": _without_page(request), "narrowed": any(asked.values()),
    }  # fmt: skip
    return render(request, "intake/index.html", context, status=problem.kind.http if problem else 200)


def _without_page(request: HttpRequest) -> str:
    """The filter as it stands in the address."""
    kept = request.GET.copy()
    kept.pop("halaman", None)
    return kept.urlencode()


@needs("intake.upload")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Receive files; what is wrong with the shipment as a whole is said on the page it came from."""
    user, form = request.user, SendForm(request.POST, user=request.user)  # type: ignore[arg-type]
    assert isinstance(user, User)
    if not form.is_valid():
        return _index(request, form)
    uploads = [*request.FILES.getlist("berkas"), *request.FILES.getlist("map")]
    names = names_of(uploads, _paths(request))
    files = [Incoming(name, upload.chunks()) for name, upload in zip(names, uploads, strict=True)]
    try:
        shipment = receive(files, by=user, meant=form.cleaned_data["untuk"])
    except Problem as problem:
        return _index(request, form, problem)
    if not shipment.job:
        messages.info(request, _("Semua berkas ini sudah pernah dikirim. Tidak ada yang berubah."))
    return redirect("intake_shipment", shipment.pk)


def _paths(request: HttpRequest) -> list[Any]:
    try:
        told = json.loads(request.POST.get("jalur") or "[]")
    except ValueError:
        return []
    return told if isinstance(told, list) else []


@needs("intake.view")
def elsewhere(request: HttpRequest) -> HttpResponse:
    """The rows of the user's regions in lists of a wider region."""
    assert isinstance(request.user, User)
    page = Paginator(listing.rows_elsewhere(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "intake/elsewhere.html", {"page": page})


@needs("intake.view")
def missing(request: HttpRequest) -> HttpResponse:
    """Villages that have not sent a list, with words to remind them by."""
    assert isinstance(request.user, User)
    choices = listing.places(request.user)
    code = request.GET.get("kecamatan", "")
    code = code if code in dict(choices) else ""
    found = listing.missing(request.user, code)
    context = {"groups": found, "count": sum(len(v) for _, v in found), "choices": choices, "code": code}
    return render(request, "intake/missing.html", context)


@needs("intake.mend")
@require_GET
def hand_back_many(request: HttpRequest) -> HttpResponse:
    """One Excel with the problems of all lists shown by the filter."""
    assert isinstance(request.user, User)
    form = FilterForm(request.GET, user=request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    found = listing.lists(request.user, asked).filter(within(request.user, "intake.mend"))
    faulty = found.filter(kind=FileKind.LIST, state=FileState.READ).exclude(faults=0, warnings=0)
    files = list(faulty.select_related("original", "shipment")[: MOST_IN_ONE + 1])
    if not files or len(files) > MOST_IN_ONE:
        said = _("Terlalu banyak daftar untuk satu Excel; saring menurut kecamatan lebih dulu.")
        messages.warning(request, said if files else _("Tidak ada daftar yang bermasalah."))
        return redirect("intake")
    return excel(workbook(files, by=request.user), "masalah.xlsx")


def excel(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved."""
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
