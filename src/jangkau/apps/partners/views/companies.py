"""Pages of companies: the register, importing, one company with its findings and steps, letters."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, scope, within
from jangkau.apps.audit.actions import record
from jangkau.apps.partners import companies as actions
from jangkau.apps.partners.company_forms import REGISTER_ENDINGS, CompanyFilter, FileForm, FollowUpForm, OutcomeForm
from jangkau.apps.partners.models import Company, CompanyState, Contact, FollowUp, Outcome
from jangkau.apps.partners.views.pledges import pdf
from jangkau.apps.regions.selectors import region_name
from jangkau.core.intake.files import EXTENSIONS
from jangkau.core.partners.papers import Inquiry, inquiry_pdf
from jangkau.core.tables.partners import PERUSAHAAN

_PAGE = 50
LIST_ENDINGS = tuple(sorted(EXTENSIONS))


@needs("companies.view")
def companies(request: HttpRequest) -> HttpResponse:
    """The companies of the user's regions: how many are in which state, and which."""
    assert isinstance(request.user, User)
    found, form = Company.objects.filter(within(request.user, "companies.view")), CompanyFilter(request.GET)
    states = Counter(dict(found.order_by().values_list("state").annotate(n=Count("pk"))))
    asked = form.cleaned_data if form.is_valid() else {}
    waiting = Count("follow_ups", filter=Q(follow_ups__outcome=Outcome.WAITING))
    page = Paginator(_narrowed(found, asked).annotate(waiting=waiting).order_by("nama", "pk"), _PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")), "form": form, "narrowed": any(asked.values()),
        "counts": [(state.label, states[state.value], state.value) for state in CompanyState],
        "may_edit": allowed(request.user, "companies.edit"),
    }  # fmt: skip
    return render(request, "partners/companies.html", context)


def _narrowed(found: "QuerySet[Company]", asked: dict[str, Any]) -> "QuerySet[Company]":
    if text := asked.get("cari", "").strip():
        same = [Q(**{f"{kind}__startswith": text}) for kind in ("nib", "npp", "npwp")]
        found = found.filter(Q(nama__icontains=text) | same[0] | same[1] | same[2])
    if state := asked.get("keadaan"):
        found = found.filter(state="" if state == "periksa" else state)
    return found


@needs("companies.edit")
def company_import(request: HttpRequest) -> HttpResponse:
    """Bring a register of companies."""
    assert isinstance(request.user, User)
    form = FileForm(request.POST or None, request.FILES or None, endings=REGISTER_ENDINGS)
    context: dict[str, Any] = {"form": form, "columns": [(c.name, c.meaning) for c in PERUSAHAAN.columns]}
    if request.method == "POST" and form.is_valid():
        codes = scope(request.user, "companies.edit")
        new, known, notes = actions.import_companies(form.cleaned_data["berkas"], codes, by=request.user)
        context["outcome"] = {"new": new, "known": known, "notes": notes}
        return render(request, "partners/company_import.html", context)
    return render(request, "partners/company_import.html", context, status=422 if form.is_bound else 200)


def _company(request: HttpRequest, pk: int, permission: str) -> Company:
    return find(request, Company.objects.all(), permission, pk=pk)


@needs("companies.view")
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """One company: what must be cleared up and why, and what was done about it."""
    return _page(request, _company(request, pk, "companies.view"), {})


def _page(request: HttpRequest, shown: Company, forms: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    start = {"kind": Contact.LETTER, "on": today, "due": actions.answer_by(today)}
    context = {
        "company": shown, "lists": shown.lists.select_related("by", "job")[:10], "today": today,
        "steps": shown.follow_ups.select_related("by")[:_PAGE],
        "may_edit": allowed(request.user, "companies.edit", shown.region_code),
        "numbers": [(name.upper(), getattr(shown, name)) for name in ("nib", "npp", "npwp") if getattr(shown, name)],
        "list_form": FileForm(endings=LIST_ENDINGS), "step_form": FollowUpForm(initial=start),
        "outcome_form": OutcomeForm(), **forms,
    }  # fmt: skip
    return render(request, "partners/company.html", context, status=422 if forms else 200)


@needs("companies.edit")
@require_POST
def company_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of its workers comes."""
    assert isinstance(request.user, User)
    shown, form = (
        _company(request, pk, "companies.edit"),
        FileForm(request.POST, request.FILES, endings=LIST_ENDINGS),
    )
    if not form.is_valid():
        return _page(request, shown, {"list_form": form})
    actions.receive_list(shown, form.cleaned_data["berkas"], by=request.user)
    messages.success(request, _("Daftar diterima; sedang dicocokkan dengan register peserta."))
    return redirect("company", pk)


@needs("companies.edit")
@require_POST
def company_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter, a call or a visit."""
    assert isinstance(request.user, User)
    shown, form = _company(request, pk, "companies.edit"), FollowUpForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, {"step_form": form})
    actions.follow_up(shown, form.cleaned_data, by=request.user)
    messages.success(request, _("Langkah tercatat."))
    return redirect("company", pk)


def _step(request: HttpRequest, pk: int, permission: str) -> FollowUp:
    return find(request, FollowUp.objects.select_related("company"), permission, "company__region_code", pk=pk)


@needs("companies.edit")
@require_POST
def company_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a step."""
    assert isinstance(request.user, User)
    step, form = _step(request, pk, "companies.edit"), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, step.company, {"outcome_form": form, "wrong_step": step.pk})
    actions.close(step, form.cleaned_data["outcome"], form.cleaned_data["note"], by=request.user)
    messages.success(request, _("Hasil tercatat."))
    return redirect("company", step.company_id)


@needs("companies.view")
def company_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of a step as a PDF."""
    assert isinstance(request.user, User)
    step = _step(request, pk, "companies.view")
    shown = step.company
    numbers = [(name.upper(), getattr(shown, name)) for name in ("nib", "npp", "npwp") if getattr(shown, name)]
    findings = [(one["sebab"], one["rujukan"]) for one in step.said]
    letter = Inquiry(
        step.number or str(step.pk), step.on, shown.nama, shown.alamat, numbers, region_name(shown.region_code),
        shown.as_of or step.on, step.due, findings,
    )  # fmt: skip
    made = inquiry_pdf(letter)
    record("partners.letter", by=request.user, thing=shown, after={"surat": step.number})
    return pdf(made, f"surat-{step.pk}")
