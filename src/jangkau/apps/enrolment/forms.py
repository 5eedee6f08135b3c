"""What is asked on the pages of decrees and batches."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.enrolment.models import MonthState, PersonMonth
from jangkau.apps.enrolment.words import REASONS
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.selectors import frozen_plans
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.month import month_index

LONGEST = 24  # months that one batch may pay
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MONTH = forms.TextInput(attrs={"type": "month", "pattern": r"\d{4}-\d{2}", "placeholder": "2027-01"})


class OwnForm(forms.Form):
    """A form whose fields have ids of their own, so that several may stand on one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{type(self).__name__.lower()}_%s"


class DraftForm(OwnForm):
    """From which approved plan, and for which region within it."""

    rencana: "forms.ModelChoiceField[Plan]" = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Rencana yang disetujui")
    )
    wilayah = forms.ChoiceField(label=_("SK untuk"))
    tentang = forms.CharField(label=_("Tentang"), max_length=200)

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        plans = self.fields["rencana"]
        plans.queryset = frozen_plans(user)  # type: ignore[attr-defined]
        plans.label_from_instance = lambda plan: f"{plan.title} ({plan.region_code})"  # type: ignore[attr-defined]
        codes = scope(user, "decrees.edit")
        regions = Region.objects.filter(level__in=("provinsi", "kabupaten", "kota")).order_by("code")
        choices = [(r.code, r.name) for r in regions if any(r.code.startswith(code) for code in codes)]
        self.fields["wilayah"].choices = choices  # type: ignore[attr-defined]


class ProposeForm(OwnForm):
    """Number and date of the decree."""

    nomor = forms.CharField(label=_("Nomor SK"), max_length=80)
    tanggal = forms.DateField(label=_("Tanggal SK"), widget=_DATE)


class TakeOutForm(OwnForm):
    """Whom to leave out, why, and whether the next in line comes in their place."""

    baris = forms.TypedMultipleChoiceField(coerce=int, label=_("Nama yang dikeluarkan"))
    alasan = forms.ChoiceField(
        label=_("Alasan"), required=False,
        choices=[
            ("", _("keluar dari SK saja, dapat diusulkan lagi")),
            *((code, format_lazy("{}: {}", *words)) for code, words in REASONS.items()),
        ],
    )  # fmt: skip
    sebab = forms.CharField(label=_("Keterangan"), max_length=300, help_text=_("Tercatat dalam daftar perubahan SK"))
    isi = forms.BooleanField(label=_("isi tempatnya dari daftar tunggu"), required=False, initial=True)

    def __init__(self, data: Any = None, *, lines: list[int]) -> None:
        super().__init__(data)
        self.fields["baris"].choices = [(pk, str(pk)) for pk in lines]  # type: ignore[attr-defined]

    def asked(self) -> list[forms.BoundField]:
        """The fields below the names; the names are ticked in their table."""
        return [field for field in self if field.name != "baris"]


class WhyForm(OwnForm):
    """Why something is taken back."""

    sebab = forms.CharField(label=_("Sebab"), min_length=3, max_length=200)


class ReopenForm(OwnForm):
    """What opening a membership again brings back."""

    janjikan = forms.BooleanField(
        label=_("janjikan lagi bulan yang dilepas, mulai bulan ini"), required=False, initial=True
    )


class BatchForm(OwnForm):
    """Which months of which fund to send."""

    dana: "forms.ModelChoiceField[Fund]" = forms.ModelChoiceField(Fund.objects.none(), label=_("Dana"))
    wilayah = forms.ChoiceField(label=_("Orang di"))
    mulai = forms.CharField(label=_("Bulan pertama"), max_length=7, widget=_MONTH)
    bulan = forms.IntegerField(label=_("Banyaknya bulan"), min_value=1, max_value=LONGEST, initial=1)

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        promised = PersonMonth.objects.filter(state=MonthState.COMMITTED).values("fund")
        self.fields["dana"].queryset = Fund.objects.filter(pk__in=promised)  # type: ignore[attr-defined]
        codes = scope(user, "batches.edit")
        regions = Region.objects.filter(level__in=("provinsi", "kabupaten", "kota")).order_by("code")
        choices = [(r.code, r.name) for r in regions if any(r.code.startswith(code) for code in codes)]
        self.fields["wilayah"].choices = choices  # type: ignore[attr-defined]

    def clean_mulai(self) -> int:
        """The month as its index. Raises BULAN_SALAH, which the form shows."""
        return month_index(self.cleaned_data["mulai"])


class AnswerForm(OwnForm):
    """The insurer's answer and its day."""

    berkas = forms.FileField(label=_("Berkas jawaban (xlsx, xls, ods, csv)"))
    tanggal = forms.DateField(label=_("Tanggal jawaban"), widget=_DATE, initial=timezone.localdate)


class BillForm(OwnForm):
    """The bill as the insurer wrote it."""

    kode = forms.CharField(label=_("Kode iuran"), max_length=40)
    jumlah = forms.IntegerField(label=_("Jumlah tagihan, rupiah"), min_value=1)
    catatan = forms.CharField(label=_("Sebab selisih, bila ada"), max_length=200, required=False)


class PaymentForm(OwnForm):
    """The proof of payment."""

    bukti = forms.FileField(label=_("Bukti bayar (PDF, JPG, PNG, paling besar 10 MB)"))
    nomor = forms.CharField(label=_("Nomor bukti"), max_length=60)
    tanggal = forms.DateField(label=_("Tanggal bayar"), widget=_DATE, initial=timezone.localdate)


class DecideForm(OwnForm):
    """What a line comes to whose answers contradict one another."""

    putusan = forms.ChoiceField(label=_("Putusan"), choices=[("diterima", _("diterima")), ("ditolak", _("ditolak"))])
    kpj = forms.CharField(label=_("Nomor peserta (KPJ), bila diterima"), max_length=20, required=False)
    sebab = forms.CharField(label=_("Sebab"), min_length=3, max_length=200)


class MappingForm(OwnForm):
    """A mapping as YAML."""

    isi = forms.CharField(
        label=_("Pemetaan"), widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"})
    )
