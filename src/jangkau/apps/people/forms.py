"""What a search asks, and why a person is corrected."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within_codes
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.widgets import PlaceSelect


class SearchForm(forms.Form):
    """Name or number, place, year of birth."""

    q = forms.CharField(label=_("Nama atau NIK"), max_length=100, required=False, strip=True)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False, widget=PlaceSelect)
    tahun = forms.IntegerField(label=_("Tahun lahir"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: object, user: User, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        asked = str(self.data.get("wilayah", ""))
        field = self.fields["wilayah"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Seluruh wilayah saya")), *places(user, asked)]
        self.fields["q"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["tahun"].widget.attrs |= {"inputmode": "numeric"}


class ReasonForm(forms.Form):
    """Why a row or person is corrected."""

    alasan = forms.CharField(label=_("Alasan"), min_length=10, max_length=300, strip=True)


class MergeForm(ReasonForm):
    """Whom to join, by the number on the other person's page."""

    nomor = forms.RegexField(r"^p[0-9a-f]{16}$", label=_("Nomor orang yang digabung ke sini"), strip=True)
    field_order = ("nomor", "alasan")


def places(user: User, asked: str) -> list[tuple[str, str]]:
    """Kabupaten and kecamatan of the user's regions; within the kecamatan chosen, its desa."""
    codes = scope(user, "people.view")
    levels = ["kabupaten", "kota", "kecamatan"]
    rows = Region.objects.filter(within_codes(codes, "code"))
    found = list(rows.filter(level__in=levels).values_list("code", "name"))
    if any(len(code) >= 6 for code in codes) or len(asked) >= 6:
        found += list(
            rows.filter(level__in=["desa", "kelurahan"], code__startswith=asked[:6]).values_list("code", "name")
        )
    return [(code, "\N{NO-BREAK SPACE}" * 2 * (len(code) // 2 - 2) + name) for code, name in sorted(set(found))]
