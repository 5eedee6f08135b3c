"""The bill of a batch and its payment."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.batches import pay
from jangkau.apps.enrolment.decrees import revoke
from jangkau.apps.enrolment.forms import BillForm, PaymentForm, WhyForm
from jangkau.apps.enrolment.views.batches import found, show
from jangkau.apps.enrolment.views.frame import done
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.problems import Problem


@needs("payments.enter")
@require_POST
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the insurer's billing code."""
    assert isinstance(request.user, User)
    shown, form = found(request, pk, "payments.enter"), BillForm(request.POST)
    if not form.is_valid():
        return show(request, shown, bill_form=form, status=422)
    data = form.cleaned_data
    try:
        pay.bill(shown, data["kode"], data["jumlah"], data["catatan"], by=request.user)
    except Problem as problem:
        return show(request, shown, bill_form=form, problem=problem)
    return redirect("batch", pk)


@needs("payments.enter")
@require_POST
def unbill(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bill back that is not paid."""
    assert isinstance(request.user, User)
    user, shown, form = request.user, found(request, pk, "payments.enter"), WhyForm(request.POST)
    if not form.is_valid():
        return show(request, shown, why_form=form, status=422)
    why, said = form.cleaned_data["sebab"], _("Tagihan ditarik.")
    return done(request, lambda: pay.unbill(shown, why, by=user), said, "batch", pk)


@needs("payments.enter")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take people who have stopped out of a bill."""
    assert isinstance(request.user, User)
    user, shown = request.user, found(request, pk, "payments.enter")
    form = WhyForm(request.POST, prefix="keluar")
    if not form.is_valid():
        return show(request, shown, drop_form=form, status=422)
    why, said = form.cleaned_data["sebab"], _("Yang sudah berhenti dikeluarkan dari tagihan; uangnya tersedia lagi.")
    return done(request, lambda: revoke.drop(shown, why, by=user), said, "batch", pk)


@needs("payments.enter")
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the proof of payment."""
    assert isinstance(request.user, User)
    shown, form = found(request, pk, "payments.enter"), PaymentForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, shown, payment_form=form, status=422)
    data = form.cleaned_data
    try:
        pay.enter(shown, data["bukti"], data["nomor"], data["tanggal"], by=request.user)
    except Problem as problem:
        return show(request, shown, payment_form=form, problem=problem)
    return redirect("batch", pk)


@needs("payments.approve")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The payment stands."""
    assert isinstance(request.user, User)
    user, shown = request.user, found(request, pk, "payments.approve")
    said = _("Pembayaran disetujui dan dibukukan.")
    return done(request, lambda: pay.approve(shown, by=user), said, "batch", pk)


@needs("enrolment.view")
@require_GET
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """The proof of payment as it was entered."""
    assert isinstance(request.user, User)
    shown = found(request, pk)
    if not shown.proof_sha256 or not kept(shown.proof_sha256).is_file():
        raise Http404
    record("batches.proof", by=request.user, thing=shown, after={"sha256": shown.proof_sha256})
    return FileResponse(kept(shown.proof_sha256).open("rb"), as_attachment=True, filename=shown.proof_name)
