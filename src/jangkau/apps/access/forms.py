"""Forms of accounts."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import assignments, scope, within_codes
from jangkau.apps.accounts.roles import Role
from jangkau.apps.audit.actions import record
from jangkau.apps.regions.models import Region

_REGION_HELP = _("Kode wilayah atau namanya, misalnya 1705 atau Seluma")


class RegionField(forms.CharField):
    """A region by its code or its name; `codes` are the regions within which it must lie."""

    codes: tuple[str, ...] = ()

    def clean(self, value: Any) -> str:
        """The code."""
        text = super().clean(value)
        if not text:
            return ""
        return self._by_code(text) if text.isdigit() else self._by_name(text)

    def _by_code(self, code: str) -> str:
        if not Region.objects.filter(within_codes(self.codes, "code"), code=code).exists():
            raise forms.ValidationError(_("Tidak ada wilayah dengan kode itu di wilayah Anda."))
        return code

    def _by_name(self, name: str) -> str:
        found = list(Region.objects.filter(within_codes(self.codes, "code"), name__iendswith=name.strip())[:6])
        same = [region for region in found if region.name.lower() == name.strip().lower()] or found
        if not same:
            raise forms.ValidationError(_("Tidak ada wilayah dengan nama itu di wilayah Anda."))
        if len(same) > 1:
            told = ", ".join(f"{region.name} ({region.code})" for region in same)
            words = _("Nama itu dipakai beberapa wilayah; tulis kodenya: %(told)s.")
            raise forms.ValidationError(words, params={"told": told})
        return same[0].code


class RoleForm(forms.Form):
    """A role in a region."""

    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    region_code = RegionField(label=_("Wilayah"), max_length=80, help_text=_REGION_HELP)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].codes = tuple(scope(by, "users.manage"))  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    """A new user."""

    username = forms.CharField(
        label=_("Nama pengguna"), max_length=150, validators=[UnicodeUsernameValidator()],
        help_text=_("Untuk masuk; huruf, angka, titik, garis"),
    )  # fmt: skip
    nama = forms.CharField(label=_("Nama lengkap"), max_length=120)
    email = forms.EmailField(label=_("Surel"), required=False, help_text=_("Dipakai bila masuk lewat akun kantor"))
    password = forms.CharField(
        label=_("Sandi awal"), required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kosongkan agar pengguna memilih sendiri lewat tautan sekali pakai"),
    )  # fmt: skip
    field_order = ("nama", "username", "email", "role", "region_code", "password")

    def clean_username(self) -> str:
        """Not taken, in whatever case."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Nama pengguna ini sudah dipakai."))
        return username

    def clean_email(self) -> str:
        """Not taken: an office account is matched by it."""
        email: str = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Surel ini sudah dipakai akun lain."))
        return email

    def clean_password(self) -> str:
        """Good enough, where one is given."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, User(username=self.data.get("username", "")))
        return password


class TokenForm(forms.Form):
    """A token for a program."""

    nama = forms.CharField(label=_("Dipakai untuk"), max_length=80, help_text=_("misalnya: sistem desa Niur"))
    role = forms.ChoiceField(label=_("Peran"))
    region_code = RegionField(label=_("Wilayah"), max_length=80, help_text=_REGION_HELP)
    days = forms.TypedChoiceField(
        label=_("Berlaku"), coerce=int, choices=[(30, _("30 hari")), (90, _("90 hari")), (365, _("satu tahun"))]
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = assignments(by)
        self.fields["region_code"].codes = tuple(h.region_code for h in held)  # type: ignore[attr-defined]
        roles = {h.role for h in held}
        self.fields["role"].choices = [choice for choice in Role.choices if choice[0] in roles]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Alasan"), min_length=10, max_length=300)


class SearchForm(forms.Form):
    """Which users."""

    q = forms.CharField(label=_("Cari nama, nama pengguna, atau surel"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Peran"), required=False, choices=[("", _("semua peran")), *Role.choices])


class ChooseForm(SetPasswordForm):  # type: ignore[type-arg]
    """The password that an invited user chooses."""

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Keep it, on record."""
        user: User = super().save(commit)
        record("account.password", by=user, thing=user, after={"cara": "undangan"})
        return user
