"""Which events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.selectors import verbs
from jangkau.apps.audit.words import VERBS

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """Who did what to which thing, where and when; everything may stay empty."""

    pelaku = forms.CharField(label=_("Siapa"), required=False, max_length=150)
    tindakan = forms.ChoiceField(label=_("Melakukan apa"), required=False)
    benda = forms.CharField(label=_("Benda"), required=False, max_length=60)
    nomor = forms.CharField(label=_("Nomor benda"), required=False, max_length=200)
    wilayah = forms.RegexField(r"^\d{2,10}$", label=_("Kode wilayah"), required=False)
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=_DATE)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=_DATE)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((verb, str(VERBS.get(verb, verb))) for verb in verbs(reader)), key=lambda pair: pair[1])
        self.fields["tindakan"].choices = [("", _("apa saja")), *choices]  # type: ignore[attr-defined]
