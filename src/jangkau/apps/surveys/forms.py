"""What is asked of whoever imports a survey."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jangkau.apps.surveys.models import Measured

ENDINGS = (".csv", ".xlsx", ".parquet")
_COLUMNS = ("nilai", "bobot", "strata", "psu", "fpc", "domain")


class SurveyForm(forms.Form):
    """A file, what its columns are, and what is asked of it."""

    judul = forms.CharField(label=_("Nama survei"), max_length=120)
    sumber = forms.CharField(label=_("Sumber"), max_length=120, help_text=_("Seperti akan tertulis di bawah angkanya."))
    per = forms.DateField(label=_("Tanggal yang digambarkan"), widget=forms.DateInput(attrs={"type": "date"}))
    berkas = forms.FileField(
        label=_("Berkas data mikro"),
        help_text=_("CSV, Excel, atau Parquet; satu baris satu sampel. Tidak dapat diunduh lagi."),
    )
    ukur = forms.ChoiceField(label=_("Yang diukur"), choices=Measured.choices)
    nilai = forms.CharField(label=_("Kolom nilai"), max_length=60)
    garis = forms.FloatField(label=_("Garis kemiskinan, rupiah"), required=False, min_value=1)
    bobot = forms.CharField(label=_("Kolom bobot"), max_length=60)
    strata = forms.CharField(label=_("Kolom strata"), max_length=60, required=False)
    psu = forms.CharField(label=_("Kolom PSU"), max_length=60, required=False)
    fpc = forms.CharField(label=_("Kolom fpc"), max_length=60, required=False)
    psu_tunggal = forms.ChoiceField(
        label=_("Strata dengan satu PSU"),
        choices=[("gagal", _("berhenti")), ("pusat", _("dihitung dari pusat")), ("rata", _("rata-rata strata lain")),
                 ("pasti", _("tanpa galat"))],
    )  # fmt: skip
    domain = forms.CharField(label=_("Kolom domain"), max_length=60, required=False)
    arti = forms.ChoiceField(
        label=_("Arti domain"),
        choices=[("wilayah", _("kode wilayah")), ("jenis_kelamin", _("jenis kelamin")), ("umur", _("umur")),
                 ("segmen", _("segmen")), ("sektor", _("sektor"))],
    )  # fmt: skip

    def clean_berkas(self) -> Any:
        """Of a kind that can be read, and not too large."""
        upload = self.cleaned_data["berkas"]
        if Path(upload.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Pilih berkas CSV, xlsx, atau Parquet."))
        if upload.size > settings.JANGKAU_MAX_FILE_BYTES:
            raise forms.ValidationError(_("Berkas terlalu besar."))
        return upload

    def clean(self) -> dict[str, Any]:
        """Poverty needs a line."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("ukur") == Measured.POVERTY and not told.get("garis"):
            self.add_error("garis", _("Isi garis kemiskinan per orang, satuannya sama dengan kolom nilai."))
        return told

    def told(self) -> dict[str, Any]:
        """As `actions.receive` takes it."""
        given = self.cleaned_data
        columns = {name: given[name] for name in (*_COLUMNS, "arti", "psu_tunggal")}
        line = given["garis"] if given["ukur"] == Measured.POVERTY else None
        return {"title": given["judul"], "source": given["sumber"], "per": given["per"], "measured": given["ukur"],
                "line": line, "columns": columns}  # fmt: skip


class FitForm(forms.Form):
    """Columns that the consumption model needs beside those of the survey."""

    desil = forms.CharField(label=_("Kolom desil kesejahteraan, 1 sampai 10"), max_length=60)
    anggota = forms.CharField(label=_("Kolom banyak anggota rumah tangga"), max_length=60)
    serumah = forms.BooleanField(label=_("Pengeluarannya serumah, bukan seorang"), required=False)
