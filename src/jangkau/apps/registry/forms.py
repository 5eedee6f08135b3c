"""Forms of registers, funds, targets and settings."""

from typing import Any, ClassVar

import narwhals as nw
from django import forms
from django.conf import settings as conf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from jangkau.apps.regions.models import Region
from jangkau.apps.registry.models import Fund, Kind, Target
from jangkau.core.kernel.faults import told
from jangkau.core.kernel.problems import Problem
from jangkau.core.planning.funds import read_funds
from jangkau.core.tables import common
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.settings import Settings

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MONTH = forms.TextInput(attrs={"type": "month", "placeholder": "2026-12"})
FUND_NAMES = {
    "APBD_PROV": _("APBD provinsi"), "APBD_KAB": _("APBD kabupaten/kota"), "DBH_SAWIT": _("DBH sawit"),
    "DBH_CHT": _("DBH cukai tembakau"), "DANA_DESA": _("Dana desa"), "CSR": _("CSR perusahaan"), "ZAKAT": _("Zakat"),
    "DONATUR": _("Donatur"),
}  # fmt: skip


class UploadForm(forms.Form):
    """A register file, of what, as of when, from whom."""

    kind = forms.ChoiceField(label=_("Register"), choices=Kind.choices)
    as_of = forms.DateField(label=_("Keadaan per tanggal"), widget=_DATE)
    source = forms.CharField(
        label=_("Sumber"), max_length=200, help_text=_("Siapa yang memberi data ini, dengan surat atau berita acaranya")
    )
    file = forms.FileField(label=_("Berkas"), help_text=_("CSV, Parquet, atau xlsx"))

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in Kind.choices if choice[0] in kinds]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".csv,.parquet,.xlsx"

    def clean_file(self) -> Any:
        """Not larger than this installation takes."""
        file = self.cleaned_data["file"]
        if file.size > conf.JANGKAU_MAX_FILE_BYTES:
            limit = conf.JANGKAU_MAX_FILE_BYTES // 2**20
            raise forms.ValidationError(_("Berkas lebih besar dari %(limit)d MB.") % {"limit": limit})
        return file


class WithdrawForm(forms.Form):
    """Why a snapshot is taken out of use."""

    reason = forms.CharField(label=_("Alasan"), min_length=10, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


_FIELD_OF = {"SYARAT_DANA": "syarat", "ANGGARAN_DANA": "anggaran", "PEKERJAAN_DANA": "pekerjaan"}


class FundForm(forms.ModelForm[Fund]):
    """A fund."""

    pekerjaan = forms.MultipleChoiceField(
        label=_("Pekerjaan yang boleh dibayar"), required=False,
        choices=[(tag, tag.capitalize()) for tag in common.OCCUPATIONS],
        widget=forms.CheckboxSelectMultiple, help_text=_("Kosong berarti semua pekerjaan"),
    )  # fmt: skip

    class Meta:
        model = Fund
        fields: ClassVar = [
            "kode", "nama", "jenis", "anggaran", "wilayah", "pekerjaan", "syarat", "berlaku_dari", "berlaku_sampai",
            "tarif", "sumber", "closed",
        ]  # fmt: skip
        labels: ClassVar = {"tarif": _("Tarif")}
        widgets: ClassVar = {"berlaku_dari": _MONTH, "berlaku_sampai": _MONTH}
        help_texts: ClassVar = {
            "wilayah": _("17 untuk seluruh provinsi, 4 angka untuk kabupaten, 10 angka untuk desa"),
            "syarat": _("misalnya desil<=2; belum_terdaftar"),
            "tarif": _("AUTO mengikuti peraturan yang berlaku pada bulannya"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = list(FUND_NAMES.items())  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["kode"].disabled = True
            self.initial["pekerjaan"] = [tag for tag in self.instance.pekerjaan.split("|") if tag]

    def clean_pekerjaan(self) -> str:
        """As `dana.csv` writes it."""
        return "|".join(self.cleaned_data["pekerjaan"])

    def clean_wilayah(self) -> str:
        """Digits of a region of this province."""
        return known_region(self.cleaned_data["wilayah"])

    def clean(self) -> dict[str, Any]:
        """Ask the planner, which will have to read it; its objection is shown beside the field."""
        data = super().clean() or {}
        if self.errors:
            return data
        row = {name: data.get(name) or None for name in DANA.names}
        try:
            read_funds(DANA.conform(nw.from_dict({n: [v] for n, v in row.items()}, DANA.schema, backend="polars")))
        except Problem as problem:
            self.add_error(_FIELD_OF.get(problem.kind.kode), f"{problem.pesan} {problem.saran}")
        if data["berlaku_sampai"] and data["berlaku_sampai"] < data["berlaku_dari"]:
            self.add_error("berlaku_sampai", _("Bulan terakhir mendahului bulan pertama."))
        return data


def known_region(code: str) -> str:
    """The code if it is a region of this installation."""
    if not Region.objects.filter(code=code).exists():
        raise forms.ValidationError(_("Kode wilayah ini tidak ada."))
    return code


class TargetForm(forms.ModelForm[Target]):
    """A target: a percentage or a count."""

    class Meta:
        model = Target
        fields: ClassVar = ["wilayah", "indikator", "tahun", "persen", "jumlah", "nama_penyebut", "sumber"]

    def clean_wilayah(self) -> str:
        """A region of this province."""
        return known_region(self.cleaned_data["wilayah"])

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        data = super().clean() or {}
        if (data.get("persen") is None) == (data.get("jumlah") is None):
            raise forms.ValidationError(_("Isi salah satu: persen atau orang."))
        return data


_BASES = [("minimum", _("upah terendah, Rp 1.000.000")), ("penghasilan", _("penghasilan di daftar"))]
_EQUALITY = [("", _("poin terbanyak")), ("kabupaten", _("kabupaten yang paling tertinggal dahulu"))]
_DENOMINATOR = _("Nama penyebut di register angkatan kerja; kosong berarti yang pertama")


class SettingsForm(forms.Form):
    """`jangkau.yaml` as a page; what the core refuses is shown beside its field."""

    provinsi = forms.CharField(label=_("Kode provinsi"), max_length=2)
    per = forms.DateField(label=_("Keadaan per tanggal"), widget=_DATE)
    mulai = forms.CharField(label=_("Bulan pertama yang direncanakan"), widget=_MONTH)
    bulan = forms.IntegerField(label=_("Banyaknya bulan"), min_value=1, max_value=60)
    usia_min = forms.IntegerField(label=_("Umur terendah"), min_value=0, max_value=120)
    usia_maks = forms.IntegerField(label=_("Umur tertinggi"), min_value=0, max_value=120)
    dasar_iuran = forms.ChoiceField(
        label=_("Dasar iuran"),
        choices=[("minimum", _("upah terendah, Rp 1.000.000")), ("penghasilan", _("penghasilan di daftar"))],
    )
    penyebut = forms.CharField(
        label=_("Penyebut cakupan yang dipakai"),
        required=False,
        help_text=_("Nama penyebut di register angkatan kerja; kosong berarti yang pertama"),
    )
    benih = forms.CharField(label=_("Benih undian yang diumumkan"), max_length=60)
    pemerataan = forms.ChoiceField(
        label=_("Pemerataan"),
        required=False,
        choices=[("", _("poin terbanyak")), ("kabupaten", _("kabupaten yang paling tertinggal dahulu"))],
    )
    catatan = forms.CharField(label=_("Sebab perubahan"), max_length=200, help_text=_("Tercatat bersama nama Anda"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in priority_points().items():
            field = forms.IntegerField(label=label, min_value=0, max_value=10_000, required=False)
            self.fields[f"bobot_{name}"] = field

    def programme(self) -> list[forms.BoundField]:
        """The fields about the programme."""
        return [field for field in self if not field.name.startswith("bobot_")]

    def points(self) -> list[forms.BoundField]:
        """The fields of priority points."""
        return [field for field in self if field.name.startswith("bobot_")]

    @staticmethod
    def start(settings: Settings) -> dict[str, Any]:
        """The form's first content."""
        values = settings.model_dump(mode="json")
        weights = values["bobot"]
        flat = {f"bobot_desil_{n}": points for n, points in weights["desil"].items()}
        flat |= {f"bobot_risiko_{tag}": points for tag, points in weights["risiko"].items()}
        flat |= {f"bobot_{name}": weights[name] for name in ("perempuan", "disabilitas", "kepala_keluarga", "lanjutan")}
        return {**values, "usia_min": values["usia"]["min"], "usia_maks": values["usia"]["maks"], **flat}

    def clean(self) -> dict[str, Any]:
        """Ask the core; its objections become the form's."""
        data = super().clean() or {}
        try:
            self.settings = Settings.model_validate(self._values(data))
        except ValidationError as error:
            for fault in error.errors():
                place = "_".join(str(part) for part in fault["loc"])
                self.add_error(place if place in self.fields else None, told(fault))
        if (data.get("usia_min") or 0) > (data.get("usia_maks") or 999):
            self.add_error("usia_maks", _("Umur tertinggi di bawah umur terendah."))
        return data

    def _values(self, data: dict[str, Any]) -> dict[str, Any]:
        points = {name.removeprefix("bobot_"): value or 0 for name, value in data.items() if name.startswith("bobot_")}
        parts: dict[str, dict[str, int]] = {"desil": {}, "risiko": {}}
        for name, value in points.items():
            head, _sep, tail = name.partition("_")
            if head in parts and value:
                parts[head][tail] = value
        single = {name: points.get(name, 0) for name in ("perempuan", "disabilitas", "kepala_keluarga", "lanjutan")}
        plain = {name: data.get(name) for name in ("provinsi", "per", "mulai", "bulan", "dasar_iuran", "benih")}
        ages = {"min": data.get("usia_min"), "maks": data.get("usia_maks")}
        optional = {name: data.get(name) or None for name in ("penyebut", "pemerataan")}
        return {**plain, **optional, "usia": ages, "bobot": {**parts, **single}}


def priority_points() -> dict[str, str]:
    """The priority points that can be given, and their labels."""
    return {
        **{f"desil_{n}": gettext("Desil %(n)d") % {"n": n} for n in range(1, 11)},
        "perempuan": gettext("Perempuan"),
        "disabilitas": gettext("Penyandang disabilitas"),
        "kepala_keluarga": gettext("Kepala keluarga"),
        "lanjutan": gettext("Lanjutan (subsidi lalu berakhir)"),
        **{f"risiko_{tag}": tag.capitalize() for tag in common.OCCUPATIONS},
    }
