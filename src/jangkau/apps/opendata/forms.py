"""What is asked on the pages of open data."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from jangkau.apps.opendata.choice import LEVELS, Choice, threshold
from jangkau.core.coverage import indicators
from jangkau.core.disclosure import OF_PEOPLE
from jangkau.core.disclosure.formats.about import CUT_NAMES


def _foreign(name: str) -> str:
    """A name of the catalogue, which is Indonesian on English pages too."""
    return format_html('<span lang="id">{}</span>', name)


class EditionForm(forms.Form):
    """What the edition is to hold."""

    judul = forms.CharField(label=_("Judul edisi"), max_length=120)
    tingkat = forms.ChoiceField(
        label=_("Sampai tingkat"), initial="kecamatan",
        choices=[("kabupaten", _("kabupaten dan kota")), ("kecamatan", _("kecamatan")), ("desa", _("desa"))],
        help_text=_("Makin kecil wilayahnya, makin banyak angka yang harus ditutup."),
    )  # fmt: skip
    indikator = forms.MultipleChoiceField(label=_("Indikator"), widget=forms.CheckboxSelectMultiple)
    potongan = forms.MultipleChoiceField(
        label=_("Dipotong menurut"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ambang = forms.IntegerField(
        label=_("Angka di bawah ini ditutup"), max_value=50,
        help_text=_("Jumlah orang, sisa dari seluruhnya, dan perubahan antartanggal yang lebih kecil tidak terbit."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        known = indicators()
        self.fields["indikator"].choices = [(code, _foreign(one.nama)) for code, one in known.items()]  # type: ignore[attr-defined]
        self.fields["indikator"].initial = [code for code, one in known.items() if one.satuan in OF_PEOPLE]
        cuts = {cut for one in known.values() for cut in one.potongan}
        self.fields["potongan"].choices = [(cut, _foreign(name)) for cut, name in CUT_NAMES.items() if cut in cuts]  # type: ignore[attr-defined]
        self.fields["potongan"].initial = [cut for cut in ("segmen", "jenis_kelamin") if cut in cuts]
        ambang = self.fields["ambang"]
        assert isinstance(ambang, forms.IntegerField)
        ambang.initial = ambang.min_value = threshold()
        ambang.widget.attrs |= {"min": threshold(), "max": 50}

    def clean_ambang(self) -> int:
        """Not below that of the installation."""
        value = int(self.cleaned_data["ambang"])
        if value < threshold():
            raise forms.ValidationError(_("Paling rendah %(n)d.") % {"n": threshold()})
        return value

    def choice(self) -> Choice:
        """The choice that was made."""
        told = self.cleaned_data
        assert told["tingkat"] in LEVELS
        return Choice(tuple(told["indikator"]), told["tingkat"], tuple(told["potongan"]), told["ambang"])


class ReasonForm(forms.Form):
    """Why."""

    alasan = forms.CharField(label=_("Alasan"), min_length=5, max_length=300)
