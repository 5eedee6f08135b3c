"""Forms of reports."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import options
from jangkau.apps.reports.models import Every, Kind
from jangkau.core.kernel.semester import Semester

_OFFERED = 8  # semesters back from this one
_CHILDREN = _("Juga tiap wilayah di bawahnya")


def places(user: User, permission: str = "reports.make") -> list[Region]:
    """The regions that the user may choose."""
    return list(options(scope(user, permission)).order_by("code"))


def half_years(today: date) -> list[tuple[str, str]]:
    """This semester and those before it."""
    found, one = [], Semester.of(today)
    for _at in range(_OFFERED):
        found.append((str(one), one.name))
        one = one.before
    return found


class _Placed(forms.Form):
    wilayah = forms.ChoiceField(label=_("Wilayah"))
    anak = forms.BooleanField(label=_CHILDREN, required=False)
    jenis = forms.MultipleChoiceField(
        label=_("Berkas"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, initial=Kind.values
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wilayah"].choices = [(place.code, place.name) for place in places(user)]  # type: ignore[attr-defined]


class MakeForm(_Placed):
    """One click: region, semester, kinds; all regions below at once."""

    semester = forms.ChoiceField(label=_("Semester"))
    catatan = forms.CharField(label=_("Catatan"), max_length=500, required=False)
    field_order = ("wilayah", "semester", "anak", "jenis", "catatan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["semester"].choices = half_years(today)  # type: ignore[attr-defined]


class ScheduleForm(_Placed):
    """Reports by themselves."""

    kali = forms.ChoiceField(label=_("Berapa kali"), choices=Every.choices)
    mulai = forms.DateField(label=_("Sejak"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("wilayah", "kali", "mulai", "anak", "jenis")


class NoteForm(forms.Form):
    """What is to be read with a report."""

    catatan = forms.CharField(label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class WithdrawForm(forms.Form):
    """Why a report is no longer valid."""

    alasan = forms.CharField(label=_("Alasan"), max_length=300)
