"""Forms of scorecards."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import options
from jangkau.apps.scorecards.models import Instrument
from jangkau.core.kernel.semester import Semester
from jangkau.core.scorecard.read import MOST_BYTES

_OFFERED = 6  # semesters back from this one
LEVELS = {"provinsi": "provinsi", "kabupaten": "kabupaten", "kota": "kabupaten"}


def half_years() -> list[tuple[str, str]]:
    """This semester and those before it."""
    found, one = [], Semester.of(timezone.localdate())
    for _at in range(_OFFERED):
        found.append((str(one), one.name))
        one = one.before
    return found


def places(user: User, permission: str) -> list[Region]:
    """Province and kabupaten of the user: the regions that have cards."""
    return list(options(scope(user, permission)).exclude(level="kecamatan").order_by("code"))


class OpenForm(forms.Form):
    """A new card."""

    instrumen = forms.ModelChoiceField(label=_("Instrumen"), queryset=Instrument.objects.all(), empty_label=None)
    wilayah = forms.ChoiceField(label=_("Wilayah"))
    semester = forms.ChoiceField(label=_("Semester"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.code: place for place in places(user, "scorecards.fill")}
        self.fields["wilayah"].choices = [(place.code, place.name) for place in self._places.values()]  # type: ignore[attr-defined]
        self.fields["semester"].choices = half_years()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An instrument is for some levels of region only."""
        told: dict[str, Any] = super().clean() or {}
        place, instrument = self._places.get(told.get("wilayah", "")), told.get("instrumen")
        if place and instrument and LEVELS.get(place.level) not in instrument.form.untuk:
            raise forms.ValidationError(_("Instrumen ini bukan untuk wilayah itu. Pilih wilayah atau instrumen lain."))
        return told


class UploadForm(forms.Form):
    """A new version of an instrument."""

    berkas = forms.FileField(label=_("Berkas YAML"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}))

    def clean_berkas(self) -> bytes:
        """Its bytes, where they are few enough."""
        upload = self.cleaned_data["berkas"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar daripada 500 KB."))
        return bytes(upload.read())


class TextForm(forms.Form):
    """A comment, a reply, a reason, a conclusion."""

    teks = forms.CharField(max_length=4_000)


class AdviseForm(TextForm):
    """A recommendation, on a question or on the whole."""

    soal = forms.CharField(max_length=20, required=False)


class ProposeForm(forms.Form):
    """The evaluator's share of the points of a question; empty takes it back."""

    persen = forms.IntegerField(min_value=0, max_value=100, required=False)
    alasan = forms.CharField(max_length=4_000, required=False)

    def clean(self) -> dict[str, Any]:
        """Another score needs its reason."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("persen") is not None and not told.get("alasan"):
            raise forms.ValidationError(_("Tulis alasan nilai yang Anda usulkan."))
        return told


class AgreeForm(forms.Form):
    """Who does it and until when."""

    pelaksana = forms.CharField(max_length=120)
    batas = forms.DateField()

    def clean_batas(self) -> Any:
        """A day to come."""
        if self.cleaned_data["batas"] < timezone.localdate():
            raise forms.ValidationError(_("Pilih tanggal yang belum lewat."))
        return self.cleaned_data["batas"]


class FinishForm(forms.Form):
    """What came of it."""

    hasil = forms.CharField(max_length=2_000)
    batal = forms.BooleanField(required=False)
