"""Pages of memberships that were ended by mistake."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.enrolment import reopening
from jangkau.apps.enrolment.forms import ReopenForm, WhyForm
from jangkau.apps.enrolment.models import Enrolment, Reopening
from jangkau.apps.enrolment.views.frame import PER_PAGE, page
from jangkau.core.kernel.problems import Problem


@needs("enrolment.view")
def reopenings(request: HttpRequest) -> HttpResponse:
    """What was asked to be opened again, and what was decided."""
    return _list(request)


def _list(request: HttpRequest, wrong: Reopening | None = None, problem: Problem | None = None) -> HttpResponse:
    """`wrong`: the request whose refusal lacks its reason."""
    assert isinstance(request.user, User)
    user = request.user
    found = Paginator(reopening.requests(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found, "wrong": wrong, "problem": problem, "may_decide": allowed(user, "enrolment.decide_reopening"),
        "promise_form": ReopenForm(), "why_form": WhyForm(),
    }  # fmt: skip
    return page(request, "reopenings", context, 422 if wrong else 200)


@needs("enrolment.reopen")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a membership be opened again."""
    assert isinstance(request.user, User)
    shown = find(request, Enrolment.objects.select_related("person"), "enrolment.reopen", pk=pk)
    form = WhyForm(request.POST or None)
    context = {"enrolment": shown, "form": form, "last": shown.steps.select_related("by").order_by("-pk").first()}
    try:
        context["left"] = reopening.left(shown)
        if request.method == "POST" and form.is_valid():
            reopening.ask(shown, form.cleaned_data["sebab"], by=request.user)
            messages.success(request, _("Permintaan dicatat; penyetuju diberi tahu."))
            return redirect("person", shown.person.id_pekerja)
    except Problem as problem:
        return page(request, "reopen", context | {"problem": problem})
    return page(request, "reopen", context, 422 if form.is_bound else 200)


@needs("enrolment.decide_reopening")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again, or leave it ended with a reason."""
    assert isinstance(request.user, User)
    rows = Reopening.objects.select_related("enrolment__person")
    shown = find(request, rows, "enrolment.decide_reopening", "enrolment__region_code", pk=pk)
    try:
        if request.POST.get("putusan") == "buka":
            reopening.reopen(shown, by=request.user, promise=bool(request.POST.get("janjikan")))
            messages.success(request, _("Keanggotaan dibuka lagi."))
            return redirect("reopenings")
        form = WhyForm(request.POST)
        if not form.is_valid():
            return _list(request, wrong=shown)
        reopening.refuse(shown, form.cleaned_data["sebab"], by=request.user)
    except Problem as problem:
        return _list(request, problem=problem)
    messages.success(request, _("Putusan dicatat; keanggotaan itu tetap selesai."))
    return redirect("reopenings")
