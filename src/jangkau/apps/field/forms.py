"""What the office fills in about the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, within_codes
from jangkau.apps.accounts.roles import PERMISSIONS
from jangkau.apps.field.models import FormVersion
from jangkau.apps.regions.models import Region


class UploadForm(forms.Form):
    """An XLSForm and the lists that it needs."""

    berkas = forms.FileField(label=_("Formulir (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
    daftar = forms.FileField(label=_("Daftar pilihan (.csv), bila ada"), required=False,
                             widget=forms.ClearableFileInput(attrs={"accept": ".csv"}))  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    alasan = forms.CharField(label=_("Alasan"), max_length=300)


def collectors(codes: list[str]) -> list[User]:
    """Users who may collect in the regions, or in a part of them."""
    roles = PERMISSIONS["field.collect"]
    held = User.objects.filter(
        within_codes(codes, "assignments__region_code"), assignments__role__in=roles, is_active=True
    )
    return list(held.distinct().order_by("nama", "username"))


class _Placed(forms.Form):
    """Something given to an enumerator in a place of the user's regions."""

    pendata = forms.ChoiceField(label=_("Pendata"))
    wilayah = forms.CharField(label=_("Kode desa"), max_length=10, help_text=_("10 angka; 6 angka untuk sekecamatan."))

    def __init__(self, *args: Any, codes: list[str], permission: str, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self._user, self._permission = user, permission
        self._people = {str(person.pk): person for person in collectors(codes)}
        told = [(key, f"{person} ({person.username})") for key, person in self._people.items()]
        self.fields["pendata"].choices = told  # type: ignore[attr-defined]

    @property
    def person(self) -> User:
        """The enumerator chosen."""
        return self._people[self.cleaned_data["pendata"]]

    def clean_wilayah(self) -> str:
        """A desa or kecamatan in which the user may do this."""
        code: str = self.cleaned_data["wilayah"].strip()
        known = Region.objects.filter(code=code, level__in=("desa", "kecamatan")).exists()
        if not known or not allowed(self._user, self._permission, code):
            raise forms.ValidationError(_("Desa atau kecamatan dengan kode itu tidak ada di wilayah Anda."))
        return code


class DeviceForm(_Placed):
    """A phone for an enumerator."""

    nama = forms.CharField(label=_("Nama perangkat"), max_length=80, help_text=_("Misalnya: HP Siti."))


class TaskForm(_Placed):
    """A desa for an enumerator."""

    formulir = forms.ChoiceField(label=_("Formulir"))
    sasaran = forms.IntegerField(label=_("Sasaran (isian)"), min_value=1, max_value=100_000)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        titles = dict(FormVersion.objects.order_by("pk").values_list("form_id", "title"))
        self.fields["formulir"].choices = list(titles.items())  # type: ignore[attr-defined]
