"""What the public types in: sizes are bounded, nothing of it is kept."""

from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.regions.models import Region
from jangkau.core.kernel.month import month_of
from jangkau.core.law.benefits import DEATH, WORK_DEATH
from jangkau.core.law.claims import STAGES, Event
from jangkau.core.law.words import SECTORS

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_STAGES = {"TK": "TK", "SD": "SD", "SMP": "SMP", "SMA": "SMA/SMK", "PT": _("kuliah")}
WORK = {
    "TANI": _("petani"), "NELAYAN": _("nelayan"), "SAWIT": _("pekerja sawit"), "TERNAK": _("peternak"),
    "DAGANG": _("pedagang"), "ANGKUTAN": _("sopir, ojek, angkutan"), "BANGUNAN": _("buruh bangunan"),
    "ART": _("pekerja rumah tangga"), "JASA": _("jasa, tukang, salon"), "TEMBAKAU": _("buruh tembakau"),
    "PERANGKAT": _("perangkat desa, RT, RW"), "LAIN": _("pekerjaan lain"),
}  # fmt: skip


def digits_of(text: str) -> str:
    """The digits, whatever stands between them."""
    return "".join(c for c in text if c.isdecimal() and c.isascii())


class CheckForm(forms.Form):
    """Whose cover is asked for."""

    nik = forms.CharField(
        label=_("NIK"), max_length=20, help_text=_("16 angka di KTP"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    lahir = forms.DateField(label=_("Tanggal lahir"), widget=_DATE)

    def clean_nik(self) -> str:
        """Sixteen digits."""
        digits = digits_of(self.cleaned_data["nik"])
        if len(digits) != 16:
            raise forms.ValidationError(_("NIK ada 16 angka. Lihat KTP sekali lagi."))
        return digits


class HeirForm(CheckForm):
    """Whether somebody who died was covered on that day."""

    meninggal = forms.DateField(label=_("Tanggal meninggal"), widget=_DATE)


class PlaceForm(forms.Form):
    """A kecamatan, out of those of each kabupaten."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["kecamatan"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("pilih")), *_grouped()]


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """Kecamatan under the name of their kabupaten."""
    names = dict(Region.objects.filter(level__in=("kabupaten", "kota")).values_list("code", "name"))
    rows = Region.objects.filter(level="kecamatan").order_by("code").values_list("code", "name")
    return [(names.get(code, code), sorted(part, key=lambda row: row[1]))
            for code, part in groupby(rows, lambda row: row[0][:4])]  # fmt: skip


class FamilyForm(forms.Form):
    """What a family would get."""

    pekerjaan = forms.ChoiceField(label=_("Pekerjaan"), choices=[(s, WORK[s]) for s in SECTORS], initial="TANI")
    penghasilan = forms.IntegerField(
        label=_("Penghasilan sebulan, rupiah"), min_value=0, max_value=1_000_000_000, initial=1_000_000
    )
    bulan = forms.IntegerField(
        label=_("Sudah berapa bulan berturut-turut iuran dibayar"), min_value=0, max_value=600, initial=4
    )
    sebab = forms.ChoiceField(
        label=_("Meninggal karena"), choices=[("LAIN", _("bukan karena kerja")), ("KERJA", _("kecelakaan kerja"))]
    )
    anak = forms.MultipleChoiceField(
        label=_("Anak yang masih sekolah"), choices=[(s, _STAGES[s]) for s in STAGES], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def event(self, on: date, wage: int) -> Event:
        """The death that is asked about."""
        given, last = self.cleaned_data, month_of(on)
        kind = WORK_DEATH if given["sebab"] == "KERJA" else DEATH
        return Event(kind, on, "BPU", tuple(range(last - given["bulan"] + 1, last + 1)), wage, tuple(given["anak"]))
