"""The page of permit offices (PTSP): is a company known to be in order, yes or no, as programs ask by the API."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.throttling import UserRateThrottle

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.partners.companies import permit
from jangkau.apps.partners.company_forms import PermitForm


class Share(UserRateThrottle):
    """So many questions a minute for each user, as for each token: nobody tries numbers through."""

    scope = "permits"


@needs("permits.check")
def permit_check(request: HttpRequest) -> HttpResponse:
    """One question; the number stands in no address."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return render(request, "partners/permit.html", {"form": PermitForm()})
    form = PermitForm(request.POST)
    if not Share().allow_request(request):
        return render(request, "partners/permit.html", {"form": form, "too_many": True}, status=429)
    if not form.is_valid():
        return render(request, "partners/permit.html", {"form": form}, status=422)
    known, as_of = permit(form.cleaned_data["jenis"], form.cleaned_data["nomor"], by=request.user)
    return render(request, "partners/permit.html", {"form": form, "answered": True, "known": known, "as_of": as_of})
