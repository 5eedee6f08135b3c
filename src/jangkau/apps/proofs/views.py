"""Adding, seeing and withdrawing proof of work."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs import actions, selectors
from jangkau.apps.proofs.files import answer
from jangkau.apps.proofs.forms import ProofForm, WithdrawForm
from jangkau.apps.proofs.models import Proof
from jangkau.core.kernel.problems import Problem


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("proofs.view")
def proofs(request: HttpRequest, key: str) -> HttpResponse:
    """The proofs of one person; a new one is sent here."""
    person = find(request, Person.objects.all(), "proofs.view", id_pekerja=key)
    may_add = allowed(request.user, "proofs.add", person.region_code)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and may_add and form.is_valid():
        try:
            told = form.cleaned_data
            actions.add(person, told["jenis"], told["tanggal"], told["berkas"], by=_user(request))
        except Problem as problem:
            form.add_error("berkas", f"{problem.pesan} {problem.saran}")
        else:
            messages.success(request, _("Bukti tersimpan."))
            return redirect("proofs", key)
    context = {"person": person, "proofs": list(selectors.proofs(person)), "form": form, "may_add": may_add}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "proofs/proofs.html", context, status=422 if wrong else 200)


def _proof(request: HttpRequest, pk: int, permission: str) -> Proof:
    return find(request, Proof.objects.select_related("person"), permission, pk=pk)


@needs("proofs.view")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The photograph or PDF; each look is written down."""
    shown = _proof(request, pk, "proofs.view")
    record("proofs.open", by=_user(request), thing=shown, after={"sha256": shown.sha256})
    return answer(shown.file, f"bukti-{shown.pk}")


@needs("proofs.add")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one, with a reason."""
    shown, form = _proof(request, pk, "proofs.add"), WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if shown.withdrawn_at is None:
            actions.withdraw(shown, form.cleaned_data["alasan"], by=_user(request))
        messages.success(request, _("Bukti ditarik; catatannya tetap ada."))
        return redirect("proofs", shown.person.id_pekerja)
    wrong = form.is_bound and not form.is_valid()
    return render(request, "proofs/withdraw.html", {"proof": shown, "form": form}, status=422 if wrong else 200)
