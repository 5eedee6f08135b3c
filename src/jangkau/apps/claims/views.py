"""The list of cases, a case, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.audit.actions import record
from jangkau.apps.claims import actions, exports, selectors
from jangkau.apps.claims.forms import CorrectForm, FilterForm, PaperForm, StepForm, ToldForm
from jangkau.apps.claims.models import Case, CasePaper
from jangkau.apps.claims.sight import sight
from jangkau.apps.proofs.files import answer
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

PER_PAGE = 50


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    assert isinstance(request.user, User)
    return request.user


def _asked(request: HttpRequest) -> tuple[FilterForm, dict[str, Any]]:
    form = FilterForm(request.GET or None, user=user_of(request))
    return form, form.cleaned_data if form.is_valid() else {}


@needs("claims.view")
def claims(request: HttpRequest) -> HttpResponse:
    """Cases by group; those to visit first."""
    form, asked = _asked(request)
    counts = selectors.counts(user_of(request), asked)
    group = asked.get("kelompok") or ("kunjungi" if counts["kunjungi"] else "semua")
    page = Paginator(selectors.cases(user_of(request), {**asked, "kelompok": group}), PER_PAGE)
    context = {
        "form": form, "group": group, "page": page.get_page(request.GET.get("page")),
        "groups": [(name, words, counts[name]) for name, words in selectors.GROUPS.items()],
        "may_report": allowed(request.user, "claims.report"), "now": timezone.now(),
        "narrowed": any(value for name, value in asked.items() if name != "kelompok"),
    }  # fmt: skip
    return render(request, "claims/claims.html", context)


@needs("claims.view")
def export(request: HttpRequest) -> FileResponse:
    """The cases of the list as a workbook; each download is on record."""
    _form, asked = _asked(request)
    found = selectors.cases(user_of(request), asked)
    record("claims.export", by=user_of(request), after={name: value for name, value in asked.items() if value})
    return FileResponse(exports.as_xlsx(found), as_attachment=True, filename=f"klaim-{timezone.localdate()}.xlsx")


def find_case(request: HttpRequest, pk: int, permission: str) -> Case:
    """A case of the user's regions."""
    return find(request, Case.objects.select_related("person", "by"), permission, pk=pk)


@needs("claims.view")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One case."""
    return _page(request, find_case(request, pk, "claims.view"))


def _page(request: HttpRequest, case: Case, form: Form | None = None, status: int = 200) -> HttpResponse:
    may_edit = allowed(request.user, "claims.edit", case.region_code)
    context = {
        "case": case, "sight": sight(case, Book.load()), "steps": list(case.steps.select_related("by").order_by("-pk")),
        "may_edit": may_edit, "may_see_proofs": allowed(request.user, "proofs.view", case.region_code),
        "person": case.person, "step_form": StepForm(case=case), "told_form": ToldForm(),
    }  # fmt: skip
    names = {StepForm: "step_form", ToldForm: "told_form"}
    if form is not None:
        context[names[type(form)]] = form
    return render(request, "claims/claim.html", context, status=status)


def _refused(request: HttpRequest, case: Case, form: Form, problem: Problem) -> HttpResponse:
    """The page again, with the problem beside the form."""
    form.add_error(None, f"{problem.pesan} {problem.saran}")
    return _page(request, case, form, 422)


@needs("claims.edit")
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case on, or only remark."""
    case = find_case(request, pk, "claims.edit")
    form = StepForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, form, 422)
    told, by = form.cleaned_data, user_of(request)
    try:
        if told["langkah"]:
            more = {"reason": told["alasan"], "note": told["catatan"], "day": told["tanggal"]}
            actions.move(case, told["langkah"], by=by, **more)
        else:
            actions.note(case, told["catatan"], by=by)
    except Problem as problem:
        return _refused(request, case, form, problem)
    messages.success(request, _("Tercatat."))
    return redirect("claim", pk)


@needs("claims.edit")
@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a paper, or take the tick away."""
    case = find_case(request, pk, "claims.edit")
    form = PaperForm(request.POST, request.FILES)
    known = {ticked.paper.name for ticked in sight(case, Book.load()).papers}
    if not form.is_valid() or form.cleaned_data["nama"] not in known:
        messages.error(request, _("Berkas itu tidak ada dalam daftar kasus ini."))
        return redirect("claim", pk)
    told, by = form.cleaned_data, user_of(request)
    try:
        if told["ada"] or told["berkas"]:
            actions.tick(case, told["nama"], told["berkas"], by=by)
        else:
            actions.untick(case, told["nama"], by=by)
    except Problem as problem:
        messages.error(request, f"{told['nama']}: {problem.pesan} {problem.saran}")
    return redirect("claim", pk)


@needs("claims.view")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a paper; each look is on record."""
    papers = CasePaper.objects.select_related("case").exclude(sha256="")
    shown = get_object_or_404(papers.filter(within(request.user, "claims.view", "case__region_code")), pk=pk)
    record("claims.file", by=user_of(request), thing=shown.case, after={"sha256": shown.sha256})
    assert shown.file
    return answer(shown.file, f"{shown.case}-{shown.pk}")


@needs("claims.edit")
@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """When an accident was reported to the insurer."""
    case, form = find_case(request, pk, "claims.edit"), ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form, 422)
    try:
        actions.told_insurer(case, form.cleaned_data["waktu"], by=user_of(request))
    except Problem as problem:
        return _refused(request, case, form, problem)
    messages.success(request, _("Waktu lapor tercatat."))
    return redirect("claim", pk)


@needs("claims.edit")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell anew what happened."""
    case = find_case(request, pk, "claims.edit")
    start = {"peristiwa": case.happening, "tanggal": case.day, "jam": case.time, "lama": case.months_unable}
    form = CorrectForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        more = {"months": form.cleaned_data["lama"] or 1, "reason": form.cleaned_data["alasan"]}
        try:
            actions.correct(case, form.event, by=user_of(request), **more)
        except Problem as problem:
            form.add_error(None, f"{problem.pesan} {problem.saran}")
        else:
            messages.success(request, _("Kejadian dibetulkan; perlindungan dan haknya dihitung ulang."))
            return redirect("claim", pk)
    wrong = form.is_bound and not form.is_valid()
    return render(request, "claims/correct.html", {"case": case, "form": form}, status=422 if wrong else 200)
