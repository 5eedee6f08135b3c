"""What people bring in: figures from documents, and borders of regions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require, within
from jangkau.apps.monitoring import borders, entering
from jangkau.apps.monitoring.forms import BordersForm, FigureForm, WithdrawForm
from jangkau.apps.monitoring.models import Borders, Figure
from jangkau.apps.proofs.files import answer
from jangkau.core.kernel.problems import Problem

PER_PAGE = 50


@needs("monev.view")
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure that was typed in for the user's regions, the withdrawn ones too."""
    rows = Figure.objects.filter(within(request.user, "monev.view", "wilayah")).select_related("by", "withdrawn_by")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_enter": allowed(request.user, "monev.enter"),
    }
    return render(request, "monitoring/figures.html", context)


@needs("monev.enter")
def new_figure(request: HttpRequest) -> HttpResponse:
    """Type in a figure with the document it stands in."""
    assert isinstance(request.user, User)
    form = FigureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        require(request, "monev.enter", form.cleaned_data["wilayah"])
        if _kept(form, lambda: entering.enter(form.instance, form.cleaned_data["dokumen"], by=request.user)):
            messages.success(request, _("Angka dicatat bersama dokumennya."))
            return redirect("monev_figures")
    return _form(request, form, _("Catat angka dari dokumen"))


@needs("monev.enter")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure out of use, with the reason; it stays in the list."""
    assert isinstance(request.user, User)
    known = find(request, Figure.objects.filter(withdrawn_at=None), "monev.enter", field="wilayah", pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entering.withdraw(known, form.cleaned_data["alasan"], by=request.user)
        messages.success(request, _("Angka ditarik dan tetap tercatat."))
        return redirect("monev_figures")
    return _form(request, form, _("Tarik angka %(figure)s") % {"figure": known})


@needs("monev.view")
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document of a figure."""
    known = find(request, Figure.objects.all(), "monev.view", field="wilayah", pk=pk)
    return answer(known.file, f"angka-{known.pk}")


@needs("monev.enter")
def load_borders(request: HttpRequest) -> HttpResponse:
    """Load the borders of one level of regions."""
    assert isinstance(request.user, User)
    form = BordersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if _kept(form, lambda: borders.load(told["berkas"], told["sumber"], by=request.user)):
            messages.success(request, _("Batas wilayah dipakai di peta mulai sekarang."))
            return redirect("monev")
    return _form(request, form, _("Muat batas wilayah"), Borders.objects.select_related("by")[:20])


def _kept(form: Any, keep: Any) -> bool:
    """Whether it was kept; a problem is told in the form."""
    try:
        keep()
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return False
    return True


def _form(request: HttpRequest, form: Any, title: str, known: Any = ()) -> HttpResponse:
    context = {"form": form, "title": title, "known": known}
    return render(request, "monitoring/form.html", context, status=422 if form.errors else 200)
