"""One reconciliation: what was found, deciding on it, undoing that, and the list as a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.reconciliation import actions, selectors
from jangkau.apps.reconciliation.exports import as_xlsx
from jangkau.apps.reconciliation.forms import DecideForm, FilterForm
from jangkau.apps.reconciliation.models import Decision, Finding, Reconciliation
from jangkau.apps.reconciliation.substitutes import substitutes
from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.kernel.problems import Problem

PER_PAGE = 50
DECIDE = "reconciliation.decide"


def _asked(request: HttpRequest, made: Reconciliation, permission: str) -> tuple[FilterForm, QuerySet[Finding]]:
    """The filter, and the findings of the user's regions that it leaves."""
    assert isinstance(request.user, User)
    found = selectors.findings(request.user, made, permission)
    form = FilterForm(request.GET, user=request.user, funds=selectors.funds(found))
    return form, selectors.filtered(found, form.cleaned_data if form.is_valid() else {})


@needs("reconciliation.view")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by kind, and the findings with what the registers say."""
    assert isinstance(request.user, User)
    made = find(
        request, Reconciliation.objects.select_related("snapshot", "population", "job"), selectors.VIEW, None, pk=pk
    )
    form, found = _asked(request, made, selectors.VIEW)
    rows = selectors.rows(made, request.user)
    query = request.GET.copy()
    query.pop("halaman", None)
    page = Paginator(found.select_related("enrolment__person", "fund", "by"), PER_PAGE).get_page(
        request.GET.get("halaman")
    )
    context = {
        "made": made, "rows": rows, "total": sum(row.people for row in rows), "form": form, "page": page,
        "asked": query.urlencode(), "narrowed": any(request.GET.get(name) for name in form.fields),
        "may_decide": allowed(request.user, DECIDE),
    }  # fmt: skip
    return render(request, "reconciliation/one.html", context)


@needs("reconciliation.decide")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more with the people and rupiah concerned, then do it: for chosen findings, or all the filter shows."""
    made = find(request, Reconciliation.objects.all(), DECIDE, None, pk=pk)
    found = _asked(request, made, DECIDE)[1]
    if "semua" not in request.POST:
        found = found.filter(pk__in=[key for key in request.POST.getlist("pilih") if key.isdigit()][:PER_PAGE])
    word = request.POST.get("putusan", "")
    found = _concerned(found, word)
    form = DecideForm(request.POST if "yakin" in request.POST else None)
    if not found.exists() or word not in _DOING:
        messages.info(request, _("Tidak ada temuan terpilih yang dapat diputuskan begitu."))
        return _back(request, made)
    if form.is_valid():
        return _carry_out(request, made, found, form)
    sums = found.aggregate(people=Count("pk"), release=Sum("release_amount"), refund=Sum("refund_amount"))
    context = {
        "made": made, "word": word, "form": form, "sums": sums, "asked": request.GET.urlencode(),
        "chosen": [] if "semua" in request.POST else request.POST.getlist("pilih"), "semua": "semua" in request.POST,
    }  # fmt: skip
    return render(request, "reconciliation/decide.html", context, status=422 if form.is_bound else 200)


def _concerned(found: QuerySet[Finding], word: str) -> QuerySet[Finding]:
    """Those of the findings that a decision can still be about."""
    if word == "kembalikan":
        return found.filter(refunded_at=None).exclude(refund=[])
    return found.filter(decision=Decision.OPEN) if word == "tunda" else found.exclude(decision=Decision.STOP)


def _carry_out(request: HttpRequest, made: Reconciliation, found: QuerySet[Finding], form: DecideForm) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        done = _DOING[form.cleaned_data["putusan"]](found, form.cleaned_data["sebab"], by=request.user)
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return _back(request, made)
    told = {"orang": number(done.people), "bulan": number(done.months), "rupiah": rupiah(done.rupiah)}
    messages.success(request, _("%(orang)s orang diputuskan: %(bulan)s bulan, %(rupiah)s.") % told)
    if done.billed:
        words = _("%(n)s bulan masih ditagih: tarik atau bayar tagihannya dulu, lalu putuskan lagi.")
        messages.warning(request, words % {"n": number(done.billed)})
    return _back(request, made)


_DOING: dict[str, Any] = {"hentikan": actions.stop, "tunda": actions.put_off, "kembalikan": actions.take_back}


def _back(request: HttpRequest, made: Reconciliation) -> HttpResponse:
    answer = redirect("reconciliation", made.pk)
    if query := request.GET.urlencode():
        answer.headers["Location"] += f"?{query}"
    return answer


@needs("reconciliation.decide")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, or say why that can no longer be."""
    finding = find(request, Finding.objects.select_related("reconciliation"), DECIDE, pk=pk)
    assert isinstance(request.user, User)
    try:
        actions.undo(finding, by=request.user)
        messages.success(request, _("Putusan dibatalkan; keadaannya seperti semula."))
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    return _back(request, finding.reconciliation)


@needs("reconciliation.view")
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The findings that the filter shows, as a workbook; numbers stay masked."""
    assert isinstance(request.user, User)
    made = find(request, Reconciliation.objects.select_related("snapshot"), selectors.VIEW, None, pk=pk)
    found = _asked(request, made, selectors.VIEW)[1].select_related("enrolment__person", "fund", "by")
    record("reconciliation.export", by=request.user, thing=made, after={"baris": found.count()})
    name = f"rekonsiliasi-{made.snapshot.as_of:%Y-%m-%d}.xlsx"
    return FileResponse(as_xlsx(found), as_attachment=True, filename=name)


@needs("reconciliation.view")
def replacing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is next for the months that were let go."""
    assert isinstance(request.user, User)
    made = find(request, Reconciliation.objects.select_related("snapshot"), selectors.VIEW, None, pk=pk)
    found = Paginator(substitutes(made, request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reconciliation/substitutes.html", {"made": made, "page": found})
