"""Pages of pledges: all that the user sees, a new one, and one with its use, papers and steps."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.partners import papers, pledging, selectors
from jangkau.apps.partners.charts import bars
from jangkau.apps.partners.forms import DecideForm, EndForm, PledgeForm, ReceiveForm
from jangkau.apps.partners.models import Pledge, PledgeState
from jangkau.apps.partners.use import Use, use, uses
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem

_PAGE = 50
_MONEY = (PledgeState.RECEIVED, PledgeState.ENDED)
_STEPS = (PledgeState.PROMISED, PledgeState.AGREED, PledgeState.RECEIVED, PledgeState.ENDED)


def _found(request: HttpRequest, pk: int) -> Pledge:
    """A pledge that the user sees, else 404."""
    assert isinstance(request.user, User)
    seen = selectors.pledges(request.user).select_related("made_by", "decided_by", "renews")
    return get_object_or_404(seen, pk=pk)


def _of_office(request: HttpRequest, pk: int, permission: str) -> Pledge:
    return find(request, Pledge.objects.select_related("sponsor", "fund"), permission, pk=pk)


@needs("pledges.view")
def pledges(request: HttpRequest) -> HttpResponse:
    """The pledges that the user sees, by state, with what each has paid."""
    assert isinstance(request.user, User)
    found, state = selectors.pledges(request.user), request.GET.get("keadaan", "")
    told = found.aggregate(
        promised=Sum("amount", filter=Q(state__in=(PledgeState.PROMISED, PledgeState.AGREED)), default=0),
        received=Sum("received", filter=Q(state__in=_MONEY), default=0),
        running=Count("pk", filter=Q(state=PledgeState.RECEIVED)), sponsors=Count("sponsor", distinct=True),
    )  # fmt: skip
    shown = found.filter(state=state) if state in PledgeState.values else found
    page = Paginator(shown, _PAGE).get_page(request.GET.get("page"))
    paid = uses(page)
    context = {
        "page": page, "totals": told, "states": PledgeState.choices, "state": state,
        "rows": [(pledge, paid[pledge.pk].people, paid[pledge.pk].months) for pledge in page],
        "may_make": allowed(request.user, "pledges.make"), "office": bool(selectors.office_codes(request.user)),
        "may_keep": allowed(request.user, "sponsors.edit"),
        "nobody": not selectors.sponsors(request.user).exists() if not page.object_list else False,
    }  # fmt: skip
    return render(request, "partners/pledges.html", context)


@needs("pledges.make")
def pledge_new(request: HttpRequest) -> HttpResponse:
    """Promise."""
    assert isinstance(request.user, User)
    form = PledgeForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = pledging.make(form.cleaned_data["sponsor"], form.terms, by=request.user)
        messages.success(request, _("Janji tercatat dan menunggu persetujuan."))
        return redirect("pledge", made.pk)
    return render(request, "partners/pledge_new.html", {"form": form}, status=422 if form.is_bound else 200)


@needs("pledges.view")
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One pledge: its terms, what it has paid, and what the user may do."""
    return _page(request, _found(request, pk), {})


def _page(request: HttpRequest, shown: Pledge, forms: dict[str, Any]) -> HttpResponse:
    assert isinstance(request.user, User)
    used, today = use(shown), timezone.localdate()
    office = any(shown.region_code.startswith(code) for code in selectors.office_codes(request.user))
    context = {
        "pledge": shown, "use": used, "bars": bars(used.by_month), "steps": _ribbon(shown), "office": office,
        "renewal": Pledge.objects.filter(renews=shown).first(), "least": settings.JANGKAU_SMALL_CELLS,
        "left": shown.last - month_of(today), "rest": _rest(shown, used),
        "may_decide": _may_decide(request.user, shown),
        "may_receive": shown.state == PledgeState.AGREED and _may(request.user, "pledges.receive", shown),
        "may_end": shown.state == PledgeState.RECEIVED and _may(request.user, "pledges.receive", shown),
        "may_book": _may(request.user, "ledger.view", shown),
        "may_renew": shown.state in _MONEY and allowed(request.user, "pledges.make"),
        "certificate": papers.may_certify(shown, used),
        "decide_form": DecideForm(), "receive_form": ReceiveForm(initial={"amount": shown.amount, "on": today}),
        "end_form": EndForm(), **forms,
    }  # fmt: skip
    return render(request, "partners/pledge.html", context, status=422 if forms else 200)


def _may(user: User, permission: str, shown: Pledge) -> bool:
    return allowed(user, permission, shown.region_code)


def _may_decide(user: User, shown: Pledge) -> bool:
    waits = shown.state == PledgeState.PROMISED and shown.made_by_id != user.pk
    return waits and _may(user, "pledges.approve", shown)


def _rest(shown: Pledge, used: Use) -> int | None:
    """Rupiah not paid yet; unknown where the use is closed."""
    return None if used.amount is None else (shown.received or 0) - used.amount


def _ribbon(shown: Pledge) -> list[tuple[object, bool, bool]]:
    """The steps: label, whether it is behind or here, whether it is here."""
    if shown.state == PledgeState.REFUSED:
        return [(PledgeState.PROMISED.label, True, False), (PledgeState.REFUSED.label, True, True)]
    here = _STEPS.index(PledgeState(shown.state))
    return [(step.label, at <= here, at == here) for at, step in enumerate(_STEPS)]


@needs("pledges.approve")
@require_POST
def pledge_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or refuse."""
    assert isinstance(request.user, User)
    shown, form = _of_office(request, pk, "pledges.approve"), DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), {"decide_form": form})
    agreed = form.cleaned_data["agreed"] == "ya"
    pledging.decide(shown, agreed=agreed, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Janji disetujui.") if agreed else _("Janji ditolak."))
    return redirect("pledge", pk)


@needs("pledges.receive")
@require_POST
def pledge_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """The money is in."""
    assert isinstance(request.user, User)
    shown, form = _of_office(request, pk, "pledges.receive"), ReceiveForm(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), {"receive_form": form})
    given = form.cleaned_data
    pledging.receive(shown, given["amount"], given["on"], given["reference"], by=request.user)
    messages.success(request, _("Dana masuk tercatat; dananya kini ikut dalam rencana."))
    return redirect("pledge", pk)


@needs("pledges.receive")
@require_POST
def pledge_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it before its time."""
    assert isinstance(request.user, User)
    shown, form = _of_office(request, pk, "pledges.receive"), EndForm(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), {"end_form": form})
    pledging.end(shown, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Janji diakhiri; dananya tidak ikut dalam rencana baru."))
    return redirect("pledge", pk)


@needs("pledges.make")
@require_POST
def pledge_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The same again, for the months that follow."""
    assert isinstance(request.user, User)
    made = pledging.renew(_found(request, pk), by=request.user)
    messages.success(request, _("Perpanjangan tercatat dan menunggu persetujuan."))
    return redirect("pledge", made.pk)


@needs("pledges.view")
def pledge_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, once the money is in."""
    assert isinstance(request.user, User)
    shown = _found(request, pk)
    if shown.received is None:
        raise Problem("JANJI_BELUM_MASUK")
    record("partners.receipt", by=request.user, thing=shown)
    return pdf(papers.receipt(shown), f"tanda-terima-{shown.pk}")


@needs("pledges.view")
def pledge_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of what it has paid so far."""
    assert isinstance(request.user, User)
    shown = _found(request, pk)
    made = papers.certificate(shown, use(shown))
    record("partners.certificate", by=request.user, thing=shown)
    return pdf(made, f"sertifikat-{shown.pk}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
