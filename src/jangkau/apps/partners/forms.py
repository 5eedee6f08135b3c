"""What is asked of whoever keeps sponsors and pledges."""

from typing import Any, ClassVar

import narwhals as nw
from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.access.forms import RegionField
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import assignments, scope, within_codes
from jangkau.apps.accounts.roles import Role
from jangkau.apps.partners.models import Sponsor
from jangkau.apps.partners.selectors import office_codes, sponsors
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.partners import pledge as core
from jangkau.core.planning.funds import read_funds
from jangkau.core.tables.common import OCCUPATIONS
from jangkau.core.tables.registers import DANA

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOST_MONTHS = 60


class SponsorForm(forms.ModelForm[Sponsor]):
    """A sponsor, and which users are of it."""

    region_code = RegionField(label=_("Wilayah"), max_length=80, help_text=_("Kode wilayah atau namanya"))

    class Meta:
        model = Sponsor
        fields: ClassVar = ["nama", "kind", "region_code", "contact", "users"]
        widgets: ClassVar = {"users": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {"users": _("Hanya melihat janji penyandang dana ini, tanpa nama penerima")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = scope(by, "sponsors.edit")
        self.fields["region_code"].codes = tuple(codes)  # type: ignore[attr-defined]
        place = within_codes(codes, "assignments__region_code")
        known = User.objects.filter(place, assignments__role=Role.SPONSOR, is_active=True)
        self.fields["users"].queryset = known.distinct()  # type: ignore[attr-defined]


class PledgeForm(forms.Form):
    """People, months, where, whom, on which conditions."""

    sponsor = forms.ModelChoiceField(label=_("Penyandang dana"), queryset=Sponsor.objects.none())
    people = forms.IntegerField(label=_("Berapa orang"), min_value=1, max_value=1_000_000)
    months = forms.IntegerField(
        label=_("Berapa bulan tiap orang"), min_value=1, max_value=_MOST_MONTHS, initial=12,
        help_text=_("Santunan kematian penuh baru ada sesudah tiga bulan berturut-turut dibayar"),
    )  # fmt: skip
    first = forms.CharField(label=_("Mulai bulan"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))
    region_code = RegionField(label=_("Untuk wilayah"), max_length=80, help_text=_("Kode wilayah atau namanya"))
    jobs = forms.MultipleChoiceField(
        label=_("Pekerjaan"), required=False, choices=[(tag, tag.capitalize()) for tag in OCCUPATIONS],
        widget=forms.CheckboxSelectMultiple, help_text=_("Kosong berarti semua pekerjaan"),
    )  # fmt: skip
    conditions = forms.CharField(
        label=_("Syarat lain"), max_length=200, required=False, help_text=_("misalnya desil<=2; belum_terdaftar")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sponsors(by)
        self.fields["sponsor"].queryset = known  # type: ignore[attr-defined]
        if len(known) == 1:
            self.fields["sponsor"].initial = known[0].pk
        codes = office_codes(by) or [held.region_code for held in assignments(by)]
        self.fields["region_code"].codes = tuple(codes)  # type: ignore[attr-defined]

    def clean_first(self) -> int:
        """A month index."""
        try:
            return month_index(self.cleaned_data["first"])
        except Problem as problem:
            raise forms.ValidationError(problem.pesan) from None

    def clean(self) -> dict[str, Any]:
        """Ask the planner and the law, which will have to read it."""
        data = super().clean() or {}
        if self.errors:
            return data
        self.terms = core.Terms(
            data["sponsor"].kind, data["people"], data["months"], data["first"], data["region_code"],
            tuple(data["jobs"]), data["conditions"],
        )  # fmt: skip
        try:
            row = core.fund(self.terms, "x", "x", core.amount(self.terms, Book.load()))
            read_funds(DANA.conform(nw.from_dict({n: [row.get(n)] for n in DANA.names}, DANA.schema, backend="polars")))
        except Problem as problem:
            field = "conditions" if problem.kind.kode == "SYARAT_DANA" else None
            self.add_error(field, f"{problem.pesan} {problem.saran}")
        return data


class DecideForm(forms.Form):
    """The approver's word."""

    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)
    agreed = forms.ChoiceField(choices=[("ya", _("Setujui")), ("tidak", _("Tolak"))], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A refusal has its reason."""
        data = super().clean() or {}
        if data.get("agreed") == "tidak" and len(data.get("reason", "")) < 5:
            self.add_error("reason", _("Tulis alasan penolakan."))
        return data


class ReceiveForm(forms.Form):
    """Money that came in."""

    amount = forms.IntegerField(label=_("Rupiah yang masuk"), min_value=1, max_value=10**13)
    on = forms.DateField(label=_("Tanggal masuk"), widget=_DATE)
    reference = forms.CharField(label=_("Nomor bukti setor"), max_length=80)


class EndForm(forms.Form):
    """Why a pledge ends before its time."""

    reason = forms.CharField(label=_("Alasan diakhiri"), min_length=5, max_length=300)
