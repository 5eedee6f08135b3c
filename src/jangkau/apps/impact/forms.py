"""Forms of estimates: a family to look at, and files that replace assumptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.impact.models import BasisKind
from jangkau.core.impact import EVENTS
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem

_LARGEST = 2_000_000  # bytes
_EVENTS = {"MENINGGAL": _("meninggal"), "KECELAKAAN": _("celaka waktu bekerja")}


class FamilyForm(forms.Form):
    """A household that something happens to."""

    wilayah = forms.ChoiceField(label=_("Tempat tinggal"))
    desil = forms.IntegerField(label=_("Desil kesejahteraan"), min_value=1, max_value=10, initial=1)
    anggota = forms.IntegerField(label=_("Orang serumah, dengan pekerja"), min_value=2, max_value=15, initial=4)
    peristiwa = forms.ChoiceField(
        label=_("Pencari nafkah"), choices=[(name, _EVENTS[name]) for name in EVENTS], initial="MENINGGAL"
    )
    bulan = forms.CharField(label=_("Bulan kejadian"), widget=forms.TextInput(attrs={"type": "month"}))
    dibayar = forms.IntegerField(
        label=_("Bulan iuran berturut-turut"), min_value=0, max_value=600, initial=12,
        help_text=_("sampai bulan kejadian"),
    )  # fmt: skip
    pengeluaran = forms.IntegerField(
        label=_("Pengeluaran seorang sebulan, rupiah"), min_value=1, required=False,
        help_text=_("kosongkan bila tidak diketahui: dihitung dari desil"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wilayah"].choices = places  # type: ignore[attr-defined]

    def clean_bulan(self) -> int:
        """The month as an index."""
        try:
            return month_index(self.cleaned_data["bulan"])
        except Problem as problem:
            raise forms.ValidationError(problem.pesan) from None


class BasisForm(forms.Form):
    """A file that replaces assumptions, or a survey's model."""

    kind = forms.ChoiceField(label=_("Yang diganti"), choices=BasisKind.choices)
    file = forms.FileField(
        label=_("Berkas"), help_text=_("asumsi: YAML; model: JSON dari `jangkau consumption --keluar`")
    )

    def clean_file(self) -> Any:
        """A file of bearable size."""
        given = self.cleaned_data["file"]
        if given.size > _LARGEST:
            raise forms.ValidationError(_("Berkas ini lebih dari 2 MB. Asumsi dan model jauh lebih kecil dari itu."))
        return given
