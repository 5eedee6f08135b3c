"""What is asked on the pages of reconciliation and of the radar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.reconciliation.models import Decision
from jangkau.apps.reconciliation.selectors import VIEW
from jangkau.apps.reconciliation.words import KINDS, month_name
from jangkau.apps.regions.selectors import options
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem

Choices = list[tuple[str, Any]]
ALL: tuple[str, Any] = ("", _("semua"))


def places(user: User) -> Choices:
    """Kabupaten and kecamatan of the user."""
    return [(place.code, place.name) for place in options(scope(user, VIEW)) if len(place.code) > 2]


class FilterForm(forms.Form):
    """Which findings to show."""

    jenis = forms.ChoiceField(label=_("Temuan"), required=False)
    putusan = forms.ChoiceField(
        label=_("Putusan"), required=False,
        choices=[ALL, ("belum", _("belum diputuskan")), (Decision.STOP.value, _("dihentikan")),
                 (Decision.LATER.value, _("ditunda")), ("uang", _("uang belum kembali"))],
    )  # fmt: skip
    dana = forms.ModelChoiceField(label=_("Dana"), required=False, queryset=Fund.objects.none(), empty_label=_("semua"))
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, data: Any, *, user: User, funds: list[Fund]) -> None:
        super().__init__(data)
        self.fields["jenis"].choices = [ALL, *((kind, words.label) for kind, words in KINDS.items())]  # type: ignore[attr-defined]
        self.fields["wilayah"].choices = [ALL, *places(user)]  # type: ignore[attr-defined]
        self.fields["dana"].queryset = Fund.objects.filter(pk__in=[fund.pk for fund in funds])  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """What is decided, and why."""

    putusan = forms.ChoiceField(choices=[("hentikan", ""), ("tunda", ""), ("kembalikan", "")])
    sebab = forms.CharField(label=_("Sebab atau nomor surat"), min_length=5, max_length=200)


class HandoverForm(forms.Form):
    """From which fund to which, where, from which month, by which decree."""

    dari = forms.ModelChoiceField(label=_("Dari dana"), queryset=Fund.objects.filter(closed=False))
    ke = forms.ModelChoiceField(label=_("Ke dana"), queryset=Fund.objects.filter(closed=False))
    wilayah = forms.ChoiceField(label=_("Wilayah"))
    mulai = forms.CharField(label=_("Mulai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    nomor = forms.CharField(label=_("Nomor SK"), max_length=80)
    tanggal = forms.DateField(label=_("Tanggal SK"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        held = [(place.code, place.name) for place in options(scope(user, "reconciliation.decide"))]
        self.fields["wilayah"].choices = held  # type: ignore[attr-defined]

    def clean_mulai(self) -> int:
        """The month as an index."""
        try:
            return month_index(self.cleaned_data["mulai"])
        except Problem as problem:
            raise forms.ValidationError(problem.pesan) from None

    def clean(self) -> dict[str, Any]:
        """Two different funds."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("dari") and told.get("dari") == told.get("ke"):
            self.add_error("ke", _("Pilih dana lain daripada dana asalnya."))
        return told


class RadarForm(forms.Form):
    """Which endings to show, and for how many months to bridge."""

    bulan = forms.TypedChoiceField(label=_("Berakhir"), required=False, coerce=int, empty_value=None)
    dana = forms.ModelChoiceField(label=_("Dana"), required=False, queryset=Fund.objects.none(), empty_label=_("semua"))
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    jembatan = forms.TypedChoiceField(
        label=_("Jembatan"), required=False, coerce=int, empty_value=None,
        choices=[(n, str(n)) for n in range(1, 13)], initial=3,
    )  # fmt: skip

    def __init__(self, data: Any, *, user: User, funds: list[Fund], first: int) -> None:
        super().__init__({"jembatan": "3", **data.dict()})
        months = [(str(month), month_name(month)) for month in range(first, first + 12)]
        self.fields["bulan"].choices = [ALL, *months]  # type: ignore[attr-defined]
        self.fields["wilayah"].choices = [ALL, *places(user)]  # type: ignore[attr-defined]
        self.fields["dana"].queryset = Fund.objects.filter(pk__in=[fund.pk for fund in funds])  # type: ignore[attr-defined]
