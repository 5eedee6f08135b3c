"""What is asked on the pages of monitoring."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.apps.monitoring.models import Figure
from jangkau.apps.monitoring.moves import NAMES, Moves
from jangkau.apps.proofs.files import ACCEPT
from jangkau.apps.regions.models import Region
from jangkau.core.coverage import indicators
from jangkau.core.kernel.formats import long_date
from jangkau.core.tables.figures import CUTS

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardForm(forms.Form):
    """Which indicator, as of when, cut by what."""

    indikator = forms.ChoiceField(label=_("Indikator"), required=False)
    per = forms.DateField(label=_("Keadaan"), required=False)
    sejak = forms.DateField(required=False)
    sampai = forms.DateField(required=False)
    segmen = forms.CharField(required=False, max_length=10)
    potong = forms.ChoiceField(label=_("Dipotong menurut"), required=False, choices=[(c, c) for c in CUTS])

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        names = [("", ""), *((known.kode, known.nama) for known in indicators().values())]
        self.fields["indikator"].choices = names  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, board: Any) -> "BoardForm":
        """The form as it stands on a board: only what there is to choose from."""
        form = cls({"indikator": board.indicator.kode, "per": board.per, "potong": board.cut})
        for name in ("sejak", "sampai", "segmen"):  # of the page of change
            del form.fields[name]
        days = sorted({*board.line["per"].to_list()}, reverse=True)
        form.fields["indikator"].choices = [(k.kode, k.nama) for k in indicators().values() if k.kode in board.facts]  # type: ignore[attr-defined]
        form.fields["per"].widget = forms.Select(choices=[(day.isoformat(), long_date(day)) for day in days])
        form.fields["potong"].choices = [(cut, cut.replace("_", " ")) for cut in board.cuts]  # type: ignore[attr-defined]
        if not board.cuts:
            del form.fields["potong"]
        return form


class MovesForm(forms.Form):
    """Which two snapshots, and whom."""

    sejak = forms.ChoiceField(label=_("Dari potret"))
    sampai = forms.ChoiceField(label=_("Sampai potret"))
    segmen = forms.ChoiceField(label=_("Segmen"), choices=list(NAMES.items()))

    @classmethod
    def shown(cls, moves: Moves) -> "MovesForm":
        """The form as it stands: the snapshots there are."""
        since, until = moves.span or ("", "")
        form = cls({"sejak": str(since), "sampai": str(until), "segmen": moves.group})
        days = [(day.isoformat(), long_date(day)) for day in moves.days]
        form.fields["sejak"].choices, form.fields["sampai"].choices = days[:-1], days[:0:-1]  # type: ignore[attr-defined]
        return form


class BehindForm(forms.Form):
    """Which figure of an indicator, and which part of it; of a change between two days, which days and whom."""

    per = forms.DateField(required=False)
    sejak = forms.DateField(required=False)
    sampai = forms.DateField(required=False)
    segmen = forms.ChoiceField(required=False, choices=[("", ""), *NAMES.items()])
    potong = forms.CharField(required=False, max_length=20)
    kelas = forms.CharField(required=False, max_length=60)
    bagian = forms.CharField(required=False, max_length=10)


class FigureForm(forms.ModelForm[Figure]):
    """A figure as a document states it; what the document does not state stays empty."""

    dokumen = forms.FileField(label=_("Dokumen"), help_text=_("Foto atau PDF halaman yang memuat angka ini"))

    class Meta:
        model = Figure
        fields: ClassVar = [
            "indikator", "wilayah", "per", "pembilang", "penyebut", "nilai", "satuan", "nama_pembilang",
            "nama_penyebut", "sumber_pembilang", "sumber_penyebut", "versi", "keyakinan", "bawah", "atas", "galat_baku",
            "potongan", "kelas", "catatan",
        ]  # fmt: skip
        widgets: ClassVar = {"per": _DATE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dokumen"].widget.attrs["accept"] = ACCEPT
        for name in ("indikator", "satuan", "potongan"):  # the words of the catalogue are Indonesian
            self.fields[name].widget.attrs["lang"] = "id"

    def clean(self) -> dict[str, Any]:
        """A value, or both its parts; a region that exists; a cut together with its class."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("nilai") is None and None in {told.get("pembilang"), told.get("penyebut") or None}:
            self.add_error("nilai", _("Isi nilainya, atau pembilang dan penyebutnya."))
        if told.get("wilayah") and not Region.objects.filter(code=told["wilayah"]).exists():
            self.add_error("wilayah", _("Kode wilayah ini tidak dikenal."))
        if bool(told.get("potongan")) != bool(told.get("kelas")):
            self.add_error("kelas", _("Potongan dan kelasnya diisi bersama."))
        return told


class WithdrawForm(forms.Form):
    """Why a figure is withdrawn."""

    alasan = forms.CharField(label=_("Alasan"), min_length=5, max_length=200)


class BordersForm(forms.Form):
    """A GeoJSON file and where it comes from."""

    berkas = forms.FileField(
        label=_("Berkas GeoJSON"), help_text=_("Satu tingkat wilayah, tiap wilayah dengan kode Kemendagri")
    )
    sumber = forms.CharField(label=_("Sumber"), max_length=200)
