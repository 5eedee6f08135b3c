"""What is asked about a case."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.claims.models import AT_WORK, Case, Happening
from jangkau.apps.claims.opening import Event
from jangkau.apps.claims.selectors import GROUPS, VIEW
from jangkau.apps.proofs.files import ACCEPT
from jangkau.apps.proofs.forms import DateInput
from jangkau.apps.regions.selectors import options
from jangkau.core.enrolment.case_states import states

_OLDEST = timedelta(days=6 * 366)


class TimeInput(forms.TimeInput):
    """An hour as browsers ask for it."""

    input_type = "time"


class MomentInput(forms.DateTimeInput):
    """A day and hour as browsers ask for it."""

    input_type = "datetime-local"


class FilterForm(forms.Form):
    """Which cases."""

    kelompok = forms.ChoiceField(choices=list(GROUPS.items()), required=False, widget=forms.HiddenInput)
    cari = forms.CharField(label=gettext_lazy("Nama"), required=False, max_length=60, strip=True)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    peristiwa = forms.ChoiceField(
        label=gettext_lazy("Peristiwa"), required=False, choices=[("", gettext_lazy("semua")), *Happening.choices]
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = options(scope(user, VIEW)).exclude(level="provinsi").values_list("code", "name")
        field = self.fields["wilayah"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("seluruh wilayah saya")), *sorted(rows)]


class FindForm(forms.Form):
    """Whom the report is about."""

    q = forms.CharField(
        label=gettext_lazy("Nama, atau NIK di KTP"), max_length=100, strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class EventForm(forms.Form):
    """What happened and when."""

    peristiwa = forms.ChoiceField(label=gettext_lazy("Apa yang terjadi"), choices=Happening.choices)
    tanggal = forms.DateField(label=gettext_lazy("Tanggal kejadian"), widget=DateInput())
    jam = forms.TimeField(
        label=gettext_lazy("Jam kejadian"), required=False, widget=TimeInput(format="%H:%M"),
        help_text=gettext_lazy("Untuk kecelakaan kerja: harus dilaporkan ke BPJS dalam 2 x 24 jam."),
    )  # fmt: skip

    def clean_tanggal(self) -> date:
        """A day that was, and that may still be claimed or at least told apart from a slip of the pen."""
        day: date = self.cleaned_data["tanggal"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Tanggal ini belum terjadi."))
        if day < today - _OLDEST:
            raise forms.ValidationError(_("Lebih dari lima tahun yang lalu: haknya sudah gugur. Periksa tahunnya."))
        return day

    @property
    def event(self) -> Event:
        """What was told."""
        told = self.cleaned_data
        return Event(told["peristiwa"], told["tanggal"], told["jam"] if told["peristiwa"] in AT_WORK else None)


class ReportForm(EventForm):
    """A report of a village clerk."""

    tempat = forms.CharField(
        label=gettext_lazy("Di mana dan bagaimana"), max_length=300, required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Satu atau dua kalimat sudah cukup."),
    )  # fmt: skip
    orang = forms.CharField(required=False, widget=forms.HiddenInput)
    nik = forms.CharField(required=False, widget=forms.HiddenInput)


class CorrectForm(EventForm):
    """What happened, told anew."""

    lama = forms.IntegerField(
        label=gettext_lazy("Bulan tidak mampu bekerja"), min_value=1, max_value=60, required=False
    )
    alasan = forms.CharField(label=gettext_lazy("Alasan"), min_length=10, max_length=300, strip=True)


class StepForm(forms.Form):
    """The next step, or only a remark."""

    langkah = forms.ChoiceField(label=gettext_lazy("Langkah"), required=False)
    tanggal = forms.DateField(
        label=gettext_lazy("Tanggal"), required=False, widget=DateInput(),
        help_text=gettext_lazy("Wajib untuk diajukan, ditolak dan kabar transfer."),
    )  # fmt: skip
    alasan = forms.CharField(
        label=gettext_lazy("Alasan"), required=False, max_length=300, strip=True,
        help_text=gettext_lazy("Wajib untuk ditolak dan batal."),
    )  # fmt: skip
    catatan = forms.CharField(
        label=gettext_lazy("Catatan"), required=False, max_length=500, strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["langkah"]
        assert isinstance(field, forms.ChoiceField)
        ways = [(name, states()[name].words.capitalize()) for name in case.stands.to]
        field.choices = [("", _("Hanya mencatat")), *ways]

    def clean(self) -> dict[str, Any]:
        """A step, a remark, or both."""
        told = super().clean() or {}
        if not told.get("langkah") and not told.get("catatan"):
            raise forms.ValidationError(_("Pilih langkah, atau tulis catatan."))
        return told


class PaperForm(forms.Form):
    """One paper of the checklist."""

    nama = forms.CharField(max_length=60)
    ada = forms.BooleanField(required=False)
    berkas = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}))


class ToldForm(forms.Form):
    """When the accident was reported to the insurer."""

    waktu = forms.DateTimeField(
        label=gettext_lazy("Dilaporkan ke BPJS pada"), widget=MomentInput(format="%Y-%m-%dT%H:%M")
    )
