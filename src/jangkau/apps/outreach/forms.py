"""What is asked of whoever plans campaigns, records events, and writes messages."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from jangkau.apps.access.forms import RegionField
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.outreach.models import Campaign, Channel, MaterialKind, OutreachEvent, Words
from jangkau.apps.outreach.selectors import newest_words
from jangkau.apps.portal.forms import WORK
from jangkau.core.kernel.problems import Problem
from jangkau.core.outreach.messages import check
from jangkau.core.outreach.questions import Answers, Question

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOST = 100_000
_WORKS = [(code, words) for code, words in WORK.items()]
_BOXES = forms.CheckboxSelectMultiple
FIELDS = ("asked_before", "right_before", "asked_after", "right_after")


class CampaignForm(forms.ModelForm[Campaign]):
    """A campaign."""

    region_code = RegionField(label=_("Wilayah"), max_length=80, help_text=_("Kode wilayah atau namanya"))
    target = forms.IntegerField(label=_("Orang yang ingin dijangkau"), min_value=1, max_value=10_000_000)
    tags = forms.MultipleChoiceField(
        label=_("Pekerjaan yang disapa"), choices=_WORKS, required=False, widget=_BOXES,
        help_text=_("Tanpa pilihan: semua pekerjaan"),
    )  # fmt: skip
    asked = forms.MultipleChoiceField(label=_("Soal sebelum dan sesudah acara"), required=False, widget=_BOXES)

    class Meta:
        model = Campaign
        fields: ClassVar = ["nama", "region_code", "first", "last", "target"]
        widgets: ClassVar = {"first": _DATE, "last": _DATE}

    def __init__(self, *args: Any, by: User, bank: dict[str, Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].codes = tuple(scope(by, "outreach.edit"))  # type: ignore[attr-defined]
        words = [(one.code, format_html('<span lang="id">{}</span>', one.text)) for one in bank.values()]
        self.fields["asked"].choices = words  # type: ignore[attr-defined]
        self.fields["asked"].initial = self.instance.asked if self.instance.pk else ["beda", "tunggu", "beasiswa"]
        self.fields["tags"].initial = self.instance.tags

    def clean(self) -> dict[str, Any]:
        """It ends after it begins; a campaign that has events keeps its place."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Tanggal akhir sebelum tanggal mulai."))
        moved = self.instance.pk and data.get("region_code") != self.initial.get("region_code")
        if moved and self.instance.events.exists():
            self.add_error("region_code", _("Kampanye yang sudah punya acara tidak dapat pindah wilayah."))
        return data

    def made(self, bank: str) -> Campaign:
        """The campaign as it is told."""
        campaign = self.save(commit=False)
        campaign.jobs, campaign.questions = (
            "|".join(code for code, _words in self.fields[name].choices if code in self.cleaned_data[name])  # type: ignore[attr-defined]
            for name in ("tags", "asked")
        )
        campaign.bank = bank
        return campaign


class EventForm(forms.ModelForm[OutreachEvent]):
    """An event in one village of the campaign."""

    region_code = RegionField(label=_("Desa atau kelurahan"), max_length=80, help_text=_("Kode 10 angka atau namanya"))

    class Meta:
        model = OutreachEvent
        fields: ClassVar = ["region_code", "place", "on", "speaker", "materials"]
        widgets: ClassVar = {"on": _DATE, "materials": _BOXES}

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].codes = tuple(codes)  # type: ignore[attr-defined]
        materials = self.instance.campaign.materials.all()
        self.fields["materials"].queryset = materials  # type: ignore[attr-defined]
        self.fields["materials"].help_text = "" if materials else _("Tambahkan bahan di halaman kampanye.")

    def clean_region_code(self) -> str:
        """A village."""
        code: str = self.cleaned_data["region_code"]
        if len(code) != 10:
            raise forms.ValidationError(_("Pilih satu desa atau kelurahan. Acara gabungan dicatat sekali tiap desa."))
        return code

    def clean_on(self) -> Any:
        """Within the campaign."""
        day, campaign = self.cleaned_data["on"], self.instance.campaign
        if not campaign.first <= day <= campaign.last:
            raise forms.ValidationError(_("Di luar masa kampanye."))
        return day


class AttendForm(forms.Form):
    """Who came."""

    women = forms.IntegerField(label=_("Perempuan yang hadir"), min_value=0, max_value=_MOST)
    men = forms.IntegerField(label=_("Laki-laki yang hadir"), min_value=0, max_value=_MOST)
    uncovered = forms.IntegerField(
        label=_("Di antaranya belum terlindungi"), min_value=0, max_value=_MOST, required=False,
        help_text=_("Hitung yang angkat tangan. Kosongkan bila tidak ditanya."),
    )  # fmt: skip
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)


class ScoresForm(forms.Form):
    """How many answered each question before and after, and how many of them knew it."""

    def __init__(self, *args: Any, questions: list[Question], kept: dict[str, Answers], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for name in FIELDS:
                self.fields[f"{question.code}-{name}"] = forms.IntegerField(
                    min_value=0, max_value=_MOST, required=False,
                    initial=getattr(kept[question.code], name) if question.code in kept else None,
                    widget=forms.NumberInput(attrs={"aria-label": f"{question.text} {_LABELS[name]}"}),
                )  # fmt: skip

    def rows(self) -> list[tuple[Question, list[Any]]]:
        """Each question with its fields."""
        return [(one, [self[f"{one.code}-{name}"] for name in FIELDS]) for one in self.questions]

    def clean(self) -> dict[str, Any]:
        """Who knew it is part of who answered."""
        data = super().clean() or {}
        self.answers: dict[str, Answers] = {}
        for question in self.questions:
            told = {name: data.get(f"{question.code}-{name}") or 0 for name in FIELDS}
            try:
                self.answers[question.code] = Answers(**told)
            except Problem as problem:
                self.add_error(None, f"{question.text} {problem.pesan} {problem.saran}")
        return data


_LABELS = {
    "asked_before": _("menjawab sebelum acara"), "right_before": _("benar sebelum acara"),
    "asked_after": _("menjawab sesudah acara"), "right_after": _("benar sesudah acara"),
}  # fmt: skip


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Sebab"), min_length=5, max_length=200)


class MaterialForm(forms.Form):
    """What is handed out."""

    bahan = forms.ChoiceField(label=_("Bahan"))
    copies = forms.IntegerField(label=_("Lembar atau kiriman"), min_value=0, max_value=10_000_000, required=False)
    nama = forms.CharField(label=_("Nama bahan lain"), max_length=120, required=False)
    version = forms.CharField(label=_("Versi bahan lain"), max_length=60, required=False)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = campaign.tags or list(WORK)
        sheets = [(f"{kind}:{work}", f"{MaterialKind(kind).label.capitalize()}: {WORK[work]}")
                  for kind in (MaterialKind.LEAFLET, MaterialKind.POSTER) for work in works]  # fmt: skip
        words = [(f"pesan:{code}", f"{one.title} (v{one.version})") for code, one in newest_words().items()]
        other = (MaterialKind.OTHER.value, _("Bahan lain"))
        self.fields["bahan"].choices = [*sheets, *words, other]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another material has its name and version."""
        data = super().clean() or {}
        if data.get("bahan") == MaterialKind.OTHER.value:
            for name in ("nama", "version"):
                if not data.get(name):
                    self.add_error(name, _("Isi untuk bahan lain."))
        return data


class PhotoForm(forms.Form):
    """A photograph."""

    foto = forms.FileField(
        label=_("Foto acara (JPG atau PNG)"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
    )


class PreviewForm(forms.Form):
    """For whom and when a message is said."""

    tanggal = forms.DateField(label=_("Tanggal dikirim"), widget=_DATE, initial=timezone.localdate)
    pekerjaan = forms.ChoiceField(label=_("Pekerjaan"), choices=_WORKS, initial="TANI")
    penghasilan = forms.IntegerField(
        label=_("Penghasilan sebulan, rupiah"), min_value=0, max_value=1_000_000_000, initial=1_000_000
    )

    def clean_tanggal(self) -> Any:
        """Not so far that no law is known."""
        day = self.cleaned_data["tanggal"]
        if abs(day - timezone.localdate()) > timedelta(days=3_650):
            raise forms.ValidationError(_("Tanggal ini terlalu jauh."))
        return day


class WordsForm(forms.ModelForm[Words]):
    """A message, and what is wrong with it in words."""

    channel = forms.ChoiceField(label=_("Saluran"), choices=Channel.choices)
    text = forms.CharField(
        label=_("Isi"), max_length=4_000, strip=True, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Jumlah tidak diketik: tulis tempatnya dalam kurung kurawal, misalnya {iuran}."),
    )  # fmt: skip

    class Meta:
        model = Words
        fields: ClassVar = ["code", "channel", "title", "text"]

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if code:
            del self.fields["code"]
        else:
            self.fields["code"].help_text = _("Huruf kecil tanpa spasi, misalnya undangan-nelayan")

    def clean_code(self) -> str:
        """Not taken."""
        code: str = self.cleaned_data["code"].lower()
        if code in newest_words():
            raise forms.ValidationError(_("Kode ini sudah dipakai; buka pesannya untuk membuat versi baru."))
        return code

    def clean_text(self) -> str:
        """Every place in it is known, and no amount was typed."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            check(text)
        except Problem as problem:
            raise forms.ValidationError(f"{problem.pesan} {problem.saran}") from problem
        return text
