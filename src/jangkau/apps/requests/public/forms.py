"""What people write when they ask for something: bounded, and checked so that the desk can work with it."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.portal.forms import WORK, CheckForm, digits_of
from jangkau.apps.requests import receipts
from jangkau.apps.requests.models import Kind
from jangkau.apps.requests.words import ABOUT, CONSENT

_TEXT = forms.Textarea(attrs={"rows": 3})
_QUIET = {"autocomplete": "off", "spellcheck": "false"}
_OLDEST = 120


class AskForm(CheckForm):
    """Who asks, where, and the consent without which nothing is kept. `situs` is a field that no person sees."""

    nama = forms.CharField(label=gettext_lazy("Nama lengkap di KTP"), max_length=100, strip=True)
    desa = forms.ChoiceField(label=gettext_lazy("Desa atau kelurahan tempat tinggal"))
    hp = forms.CharField(
        label=gettext_lazy("Nomor HP"), max_length=20, required=False, strip=True,
        help_text=gettext_lazy("Boleh kosong. Supaya petugas dapat bertanya."),
        widget=forms.TextInput(attrs={"inputmode": "tel", **_QUIET}),
    )  # fmt: skip
    setuju = forms.BooleanField(label=CONSENT)
    situs = forms.CharField(
        label=gettext_lazy("Kosongkan isian ini"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", **_QUIET}),
    )
    order: ClassVar[tuple[str, ...]] = ("nama", "nik", "lahir", "desa", "hp", "setuju", "situs")

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["desa"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("pilih")), *villages]
        self.order_fields(self.order)

    def clean_lahir(self) -> date:
        """A day on which somebody alive may have been born."""
        born: date = self.cleaned_data["lahir"]
        today = timezone.localdate()
        if not today.year - _OLDEST <= born.year or born > today:
            raise forms.ValidationError(_("Periksa tanggal lahir sekali lagi."))
        return born

    def clean_situs(self) -> str:
        """Empty: only a program fills in what is not shown."""
        if self.cleaned_data["situs"]:
            raise forms.ValidationError(_("Isian ini harus kosong. Hapus isinya, lalu kirim lagi."))
        return ""

    @property
    def told(self) -> dict[str, Any]:
        """The fields of a petition."""
        given = self.cleaned_data
        names = {"nama": "nama", "nik": "nik", "tanggal_lahir": "lahir", "region_code": "desa", "no_hp": "hp"}
        more = {"no_kk": "kk", "jenis_kelamin": "kelamin", "pekerjaan": "pekerjaan", "about": "hal", "text": "isi"}
        return {field: given[name] for field, name in (names | more).items() if name in given}


class JoinForm(AskForm):
    """My name should be on the list."""

    kk = forms.CharField(
        label=gettext_lazy("Nomor KK"), max_length=20, required=False,
        help_text=gettext_lazy("16 angka di Kartu Keluarga. Boleh kosong."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip
    kelamin = forms.ChoiceField(
        label=gettext_lazy("Jenis kelamin"),
        choices=[("", gettext_lazy("pilih")), ("P", gettext_lazy("perempuan")), ("L", gettext_lazy("laki-laki"))],
    )
    pekerjaan = forms.ChoiceField(label=gettext_lazy("Pekerjaan"), choices=[("", gettext_lazy("pilih")), *WORK.items()])
    isi = forms.CharField(
        label=gettext_lazy("Cerita singkat"), max_length=500, required=False, strip=True, widget=_TEXT,
        help_text=gettext_lazy("Boleh kosong. Misalnya sejak kapan bekerja."),
    )  # fmt: skip
    order = ("nama", "nik", "kk", "lahir", "kelamin", "pekerjaan", "desa", "hp", "isi", "setuju", "situs")

    def clean_kk(self) -> str:
        """Nothing, or sixteen digits."""
        digits = digits_of(self.cleaned_data["kk"])
        if digits and len(digits) != 16:
            raise forms.ValidationError(_("Nomor KK ada 16 angka. Lihat KK sekali lagi, atau kosongkan."))
        return digits


class WrongForm(AskForm):
    """Something is wrong."""

    hal = forms.ChoiceField(label=gettext_lazy("Apa yang salah"), choices=[("", gettext_lazy("pilih")), *ABOUT.items()])
    isi = forms.CharField(
        label=gettext_lazy("Yang benar apa"), max_length=500, strip=True, widget=_TEXT,
        help_text=gettext_lazy("Satu atau dua kalimat sudah cukup."),
    )  # fmt: skip
    order = ("hal", "isi", "nama", "nik", "lahir", "desa", "hp", "setuju", "situs")


class StopForm(AskForm):
    """I want to stop, or take back my consent."""

    paham = forms.BooleanField(
        label=gettext_lazy("Saya paham: sesudah berhenti, keluarga tidak mendapat santunan lagi.")
    )
    isi = forms.CharField(
        label=gettext_lazy("Sebabnya"), max_length=500, required=False, strip=True, widget=_TEXT,
        help_text=gettext_lazy("Boleh kosong."),
    )  # fmt: skip
    order = ("nama", "nik", "lahir", "desa", "hp", "isi", "paham", "setuju", "situs")


FORMS: dict[str, type[AskForm]] = {Kind.JOIN: JoinForm, Kind.WRONG: WrongForm, Kind.STOP: StopForm}


class ReceiptForm(forms.Form):
    """The code of a receipt; with the birth date more is shown and may be done."""

    kode = forms.CharField(
        label=gettext_lazy("Kode tanda terima"), max_length=20, strip=True,
        help_text=gettext_lazy("Sepuluh huruf dan angka, misalnya K7M2A-46XWL."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", **_QUIET}),
    )  # fmt: skip
    lahir = forms.DateField(
        label=gettext_lazy("Tanggal lahir"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Boleh kosong. Perlu untuk membaca catatan petugas, dan untuk menarik permintaan."),
    )  # fmt: skip

    def clean_kode(self) -> str:
        """A code that may have been given: its last sign fits the others."""
        code = receipts.read(self.cleaned_data["kode"])
        if code is None:
            raise forms.ValidationError(
                _("Kode ini tidak lengkap atau ada yang keliru. Lihat tanda terima sekali lagi.")
            )
        return code
