"""Offices, as whoever looks after the installation enters them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import needs
from jangkau.apps.portal import offices
from jangkau.apps.portal.models import Office

_LARGEST = 2**20


class OfficesForm(forms.Form):
    """The whole table."""

    berkas = forms.FileField(label=gettext_lazy("CSV"), widget=forms.FileInput(attrs={"accept": ".csv"}))

    def clean_berkas(self) -> list[Office]:
        """The offices in it."""
        upload = self.cleaned_data["berkas"]
        if upload.size > _LARGEST:
            raise ValidationError(_("Berkas ini terlalu besar."))
        found: list[Office] = offices.read(upload.read())
        return found


@needs("offices.edit")
def edit(request: HttpRequest) -> HttpResponse:
    """What is known, and another table in its place."""
    form = OfficesForm(request.POST or None, request.FILES or None) if request.method == "POST" else OfficesForm()
    if form.is_bound and form.is_valid():
        assert isinstance(request.user, User)
        offices.replace(form.cleaned_data["berkas"], by=request.user)
        messages.success(request, _("%(n)s tempat kini tampil di halaman publik.") % {"n": Office.objects.count()})
        return redirect("offices")
    context: dict[str, Any] = {
        "form": form,
        "offices": Office.objects.all(),
        "columns": (*offices.COLUMNS, *offices.POINT),
    }
    return render(request, "portal/offices_edit.html", context, status=422 if form.is_bound else 200)


@needs("offices.edit")
def download(request: HttpRequest) -> HttpResponse:
    """The table as it is, to be filled in."""
    answer = HttpResponse(offices.as_csv(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="kantor.csv"'
    return answer
