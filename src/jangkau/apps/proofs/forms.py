"""Adding and withdrawing a proof."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.proofs.files import ACCEPT
from jangkau.apps.proofs.models import Kind


class DateInput(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProofForm(forms.Form):
    """What it is, the day it shows, and the file."""

    jenis = forms.ChoiceField(label=gettext_lazy("Jenis bukti"), choices=Kind.choices)
    tanggal = forms.DateField(label=gettext_lazy("Tanggal pada bukti"), widget=DateInput())
    berkas = forms.FileField(
        label=gettext_lazy("Foto atau PDF"), help_text=gettext_lazy("JPG, PNG atau PDF, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip

    def clean_tanggal(self) -> date:
        """No proof comes from tomorrow."""
        day: date = self.cleaned_data["tanggal"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Tulis tanggal pada foto atau suratnya."))
        return day


class WithdrawForm(forms.Form):
    """Why it is no proof."""

    alasan = forms.CharField(label=gettext_lazy("Alasan"), min_length=10, max_length=300, strip=True)
