"""What is asked of whoever keeps companies and groups."""

from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jangkau.apps.access.forms import RegionField
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within_codes
from jangkau.apps.accounts.roles import Role
from jangkau.apps.partners.models import CompanyState, Contact, FollowUp, Group, Outcome

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
REGISTER_ENDINGS = (".csv", ".xlsx", ".parquet")


class FileForm(forms.Form):
    """A file of one of some kinds."""

    berkas = forms.FileField(label=_("Berkas"))

    def __init__(self, *args: Any, endings: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.endings = endings
        self.fields["berkas"].widget.attrs["accept"] = ",".join(endings)

    def clean_berkas(self) -> Any:
        """Of a kind that can be read, and not too large."""
        upload = self.cleaned_data["berkas"]
        if self.endings and Path(upload.name).suffix.lower() not in self.endings:
            raise forms.ValidationError(
                _("Jenis berkas ini tidak dapat dibaca. Pilih %(kinds)s.") % {"kinds": ", ".join(self.endings)}
            )
        if upload.size > settings.JANGKAU_MAX_FILE_BYTES:
            raise forms.ValidationError(_("Berkas terlalu besar."))
        return upload


class CompanyFilter(forms.Form):
    """Which companies."""

    cari = forms.CharField(label=_("Nama atau nomor"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False,
        choices=[("", _("semua")), *[c for c in CompanyState.choices if c[0]], ("periksa", _("belum diperiksa"))],
    )  # fmt: skip


class FollowUpForm(forms.ModelForm[FollowUp]):
    """A letter, a call or a visit."""

    class Meta:
        model = FollowUp
        fields: ClassVar = ["kind", "number", "on", "due", "note"]
        widgets: ClassVar = {"on": _DATE, "due": _DATE}

    def clean(self) -> dict[str, Any]:
        """A letter has its number, an answer time."""
        data = super().clean() or {}
        if data.get("kind") == Contact.LETTER and not data.get("number"):
            self.add_error("number", _("Surat perlu nomor."))
        if data.get("on") and data.get("due") and data["due"] < data["on"]:
            self.add_error("due", _("Batas jawaban sebelum tanggalnya."))
        return data


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("Hasil"), choices=[choice for choice in Outcome.choices if choice[0]])
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """What is proven has its reason."""
        data = super().clean() or {}
        if data.get("outcome") == Outcome.PROVEN and len(data.get("note", "")) < 10:
            self.add_error("note", _("Tulis buktinya: putusan ini menjawab pemeriksaan izin."))
        return data


class GroupForm(forms.ModelForm[Group]):
    """A group and its liaison."""

    region_code = RegionField(label=_("Wilayah"), max_length=80, help_text=_("Kode wilayah atau namanya"))

    class Meta:
        model = Group
        fields: ClassVar = ["nama", "kind", "region_code", "liaison", "phone", "users", "closed"]
        widgets: ClassVar = {"users": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {"users": _("Hanya melihat kelompok ini: jumlah anggotanya, tanpa nama")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = scope(by, "groups.edit")
        self.fields["region_code"].codes = tuple(codes)  # type: ignore[attr-defined]
        place = within_codes(codes, "assignments__region_code")
        known = User.objects.filter(place, assignments__role=Role.PENGHUBUNG, is_active=True)
        self.fields["users"].queryset = known.distinct()  # type: ignore[attr-defined]


class PermitForm(forms.Form):
    """One company, by one of its numbers."""

    jenis = forms.ChoiceField(label=_("Nomor apa"), choices=[("nib", "NIB"), ("npp", "NPP"), ("npwp", "NPWP")])
    nomor = forms.CharField(label=_("Nomor"), max_length=40, help_text=_("Dengan atau tanpa titik dan spasi"))
