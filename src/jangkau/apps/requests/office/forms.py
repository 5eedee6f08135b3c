"""What the desk is asked about a petition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.requests.models import Kind
from jangkau.apps.requests.office.selectors import GROUPS
from jangkau.apps.requests.words import ANSWERS


class FilterForm(forms.Form):
    """Which petitions."""

    kelompok = forms.ChoiceField(choices=list(GROUPS.items()), required=False, widget=forms.HiddenInput)
    cari = forms.CharField(
        label=_("Nama atau kode tanda terima"), required=False, max_length=60, strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    jenis = forms.ChoiceField(label=_("Permintaan"), required=False, choices=[("", _("semua")), *Kind.choices])


class AnswerForm(forms.Form):
    """The plain answer, and what only the person should read beside it."""

    jawaban = forms.ChoiceField(label=_("Jawaban"))
    catatan = forms.CharField(
        label=_("Catatan untuk pemohon"), required=False, max_length=300, strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hanya terbaca dengan kode dan tanggal lahirnya. Jangan tulis NIK."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["jawaban"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("pilih jawaban")), *((code, one.label) for code, one in ANSWERS[kind].items())]


class StopForm(forms.Form):
    """That the person was met: a number and a birth date alone stop nobody's cover."""

    bertemu = forms.CharField(
        label=_("Bagaimana Anda memastikan orangnya sendiri yang meminta"), min_length=10, max_length=200, strip=True,
        help_text=_("Misalnya: datang ke kantor desa dengan KTP pada 12 November."),
    )  # fmt: skip


class MendForm(forms.Form):
    """Which cell of the list is wrong, and what should stand there."""

    sel = forms.ChoiceField(label=_("Sel di daftar"))
    isi = forms.CharField(label=_("Isi yang benar"), max_length=200, strip=True)

    def __init__(self, *args: Any, cells: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["sel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("pilih sel")), *cells]


class NoteForm(forms.Form):
    """How far it is, or why it goes up."""

    alasan = forms.CharField(label=_("Catatan"), min_length=5, max_length=300, strip=True)
