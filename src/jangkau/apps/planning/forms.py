"""The form on which a plan is built: funds with their money, months, targets, points."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from jangkau.apps.planning.inputs import Inputs, Rows, fund_row
from jangkau.apps.planning.models import Plan
from jangkau.apps.registry.forms import FUND_NAMES, priority_points
from jangkau.apps.registry.models import Fund, Target
from jangkau.core.kernel.faults import told
from jangkau.core.kernel.formats import number, rupiah, short_month
from jangkau.core.law.book import Book
from jangkau.core.law.membership import waiting_months
from jangkau.core.planning.explore.months import LONGEST
from jangkau.core.tables.registers import TARGET
from jangkau.core.tables.settings import Settings

VILLAGE = 10
# name of the field -> (indikator, nama_penyebut) of a row of TARGET
AIMS = {
    "perempuan": ("perempuan", "terpilih"),
    "disabilitas": ("disabilitas", "layak"),
    "lanjutan": ("lanjutan", "layak"),
    "miskin": ("miskin_ekstrem", "layak"),
}
_LABELS = {
    "perempuan": _("Perempuan, persen dari yang dibayar"),
    "disabilitas": _("Penyandang disabilitas, persen dari yang layak"),
    "lanjutan": _("Lanjutan subsidi, persen dari yang layak"),
    "miskin": _("Desil 1, persen dari yang layak"),
}
_EACH = _("Tiap wilayah di bawahnya, persen dari yang layak")


class Rupiah(forms.IntegerField):
    """Whole rupiah, with or without dots between thousands."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """`1.500.000` -> 1500000."""
        return super().to_python(str(value).replace(".", "").replace(" ", "") if value is not None else None)

    def prepare_value(self, value: Any) -> Any:
        """1500000 -> `1.500.000`; what was typed as it was typed."""
        return number(value) if isinstance(value, int) else value


@dataclass(frozen=True)
class FundFields:
    """A fund with its tick and its money."""

    fund: Fund
    chosen: forms.BoundField
    budget: forms.BoundField
    limits: str
    taken: int
    left: int


class BuildForm(forms.Form):
    """A plan for a region, from the programme's settings, its funds and its recorded targets."""

    judul = forms.CharField(label=_("Judul"), max_length=120, required=False)
    mulai = forms.CharField(
        label=_("Bulan pertama"), widget=forms.TextInput(attrs={"type": "month", "placeholder": "2027-01"})
    )
    bulan = forms.IntegerField(label=_("Bulan per orang"), min_value=1, max_value=LONGEST)
    pemerataan = forms.BooleanField(label=_("Kabupaten yang paling tertinggal dahulu"), required=False)
    desa = forms.MultipleChoiceField(label=_("Dana desa"), widget=forms.CheckboxSelectMultiple, required=False)
    daftar = forms.BooleanField(required=False)
    target_tercatat = forms.BooleanField(required=False)
    tiap = forms.FloatField(label=_EACH, min_value=0, max_value=100, required=False)

    def __init__(self, *args: Any, region: str, settings: Settings, funds: list[Fund], left: dict[int, int],
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.region, self.base, self.left, self.listed = region, settings, left, ""
        self.earlier: Plan | None = None
        self.own = [fund for fund in funds if len(fund.wilayah) < VILLAGE]
        self.villages = [fund for fund in funds if len(fund.wilayah) >= VILLAGE]
        self.recorded: list[dict[str, Any]] = []
        self.children: list[str] = []
        for fund in self.own:
            self.fields[f"dana_{fund.pk}"] = forms.BooleanField(label=fund.nama, required=False)
            self.fields[f"anggaran_{fund.pk}"] = Rupiah(
                label=_("Anggaran %(fund)s, rupiah") % {"fund": fund.nama}, min_value=0, max_value=fund.anggaran,
                required=False, error_messages={"max_value": _("Paling banyak %(limit)s.") % {
                    "limit": number(fund.anggaran)}},
            )  # fmt: skip
            self.fields[f"anggaran_{fund.pk}"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        for name, label in _LABELS.items():
            self.fields[name] = forms.FloatField(label=label, min_value=0, max_value=100, required=False)
        for name, text in priority_points().items():
            self.fields[f"bobot_{name}"] = forms.IntegerField(label=text, min_value=0, max_value=10_000, required=False)

    def aims_at(self, targets: list[Target], children: dict[str, str]) -> None:
        """The targets on record that a plan can aim at, and the regions directly below with their names.

        Funds of villages are chosen by those regions.
        """
        self.recorded = [{name: getattr(target, name) or None for name in TARGET.names} for target in targets]
        self.children = list(children)
        groups: dict[str, list[Fund]] = {}
        for fund in self.villages:
            groups.setdefault(self._group(fund), []).append(fund)
        self.fields["desa"].choices = [  # type: ignore[attr-defined]
            (code, _("%(place)s: %(n)s desa, %(money)s") % {
                "place": children.get(code, code), "n": number(len(own)),
                "money": rupiah(sum(self.left[fund.pk] for fund in own))})
            for code, own in sorted(groups.items())
        ]  # fmt: skip

    def follows(self, earlier: Plan | None) -> None:
        """Begun from a plan that names its people, this one may name the same."""
        self.earlier = earlier
        self.listed = Inputs.read(earlier.inputs).listed if earlier else ""

    def _group(self, fund: Fund) -> str:
        return fund.wilayah[: digits_below(self.region)]

    def fund_fields(self) -> list[FundFields]:
        """Every fund that is chosen by itself."""
        return [
            FundFields(
                fund,
                self[f"dana_{fund.pk}"],
                self[f"anggaran_{fund.pk}"],
                limits(fund),
                fund.anggaran - self.left[fund.pk],
                self.left[fund.pk],
            )
            for fund in self.own
        ]

    def aim_fields(self) -> list[forms.BoundField]:
        """The targets of this plan alone."""
        return [self["tiap"], *(self[name] for name in AIMS)] if self.children else [self[name] for name in AIMS]

    def point_fields(self) -> list[forms.BoundField]:
        """Priority points."""
        return [field for field in self if field.name.startswith("bobot_")]

    @property
    def wait(self) -> int:
        """Months that are too few for the full death benefit."""
        return waiting_months(self.base.start, "BPU", Book.load())

    @property
    def wait_width(self) -> int:
        """Those months as a part of the slider's track, 240 wide."""
        return round((self.wait - 0.5) * 240 / (LONGEST - 1))

    @property
    def village_money(self) -> int:
        """The money of all village funds together that is promised to nobody."""
        return sum(self.left[fund.pk] for fund in self.villages)

    @property
    def village_taken(self) -> int:
        """What of their budgets is promised."""
        return sum(fund.anggaran for fund in self.villages) - self.village_money

    @property
    def beyond(self) -> list[FundFields]:
        """Chosen funds of which more is asked than is left."""
        data = getattr(self, "cleaned_data", {})
        rows = [row for row in self.fund_fields() if data.get(row.chosen.name)]
        return [row for row in rows if self._budget(row.fund, data) > row.left]

    def clean(self) -> dict[str, Any]:
        """Ask the core; its objections become the form's."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            settings = Settings.model_validate(self.base.model_dump() | self._chosen(data))
        except ValidationError as error:
            for fault in error.errors():
                place = str(fault["loc"][0]) if fault["loc"] else ""
                self.add_error(place if place in self.fields else None, told(fault))
            return data
        dana = self._funds(data)
        if not dana:
            self.add_error(None, _("Pilih sedikitnya satu dana."))
        self.inputs = Inputs(settings, dana, self._targets(data), self.listed if data["daftar"] else "")
        return data

    def _chosen(self, data: dict[str, Any]) -> dict[str, Any]:
        points = {name.removeprefix("bobot_"): value for name, value in data.items() if name.startswith("bobot_")}
        weights: dict[str, Any] = {"desil": {}, "risiko": {}}
        for name, value in points.items():
            head, _sep, tail = name.partition("_")
            if head in weights and value:
                weights[head][tail] = value
            elif head not in weights:
                weights[name] = value or 0
        even = "kabupaten" if data["pemerataan"] else None
        return {"mulai": data["mulai"], "bulan": data["bulan"], "bobot": weights, "pemerataan": even}

    def _funds(self, data: dict[str, Any]) -> Rows:
        chosen = [fund_row(fund, self._budget(fund, data)) for fund in self.own if data[f"dana_{fund.pk}"]]
        groups = set(data["desa"])
        villages = [fund_row(fund, self.left[fund.pk]) for fund in self.villages if self._group(fund) in groups]
        return tuple(sorted([*chosen, *villages], key=lambda row: str(row["kode"])))

    def _budget(self, fund: Fund, data: dict[str, Any]) -> int:
        asked = data.get(f"anggaran_{fund.pk}")
        return self.left[fund.pk] if asked is None else int(asked)

    def _targets(self, data: dict[str, Any]) -> Rows:
        rows = list(self.recorded) if data["target_tercatat"] else []
        rows += [_aim(code, "orang", "layak", data["tiap"]) for code in self.children if data["tiap"]]
        rows += [_aim(self.region, *AIMS[name], data[name]) for name in AIMS if data[name]]
        return tuple(rows)


def _aim(region: str, group: str, base: str, percent: float) -> dict[str, Any]:
    return {"wilayah": region, "indikator": group, "persen": percent, "nama_penyebut": base}


def digits_below(region: str) -> int:
    """How many digits name the regions directly below: kabupaten in a province, kecamatan in a kabupaten."""
    return {2: 4, 4: 6}.get(len(region), 10)


def limits(fund: Fund) -> str:
    """Whom and when a fund may pay, in a few words."""
    jobs = fund.pekerjaan.lower().replace("|", ", ") or str(_("semua pekerjaan"))
    months = [short_month(text) if text else "…" for text in (fund.berlaku_dari, fund.berlaku_sampai)]
    span = "" if months == ["…", "…"] else f" · {months[0]}–{months[1]}"
    return f"{FUND_NAMES.get(fund.jenis, fund.jenis)} · {jobs}{f' · {fund.syarat}' if fund.syarat else ''}{span}"


def start(
    region: str, settings: Settings, funds: list[Fund], left: dict[int, int], plan: Plan | None
) -> dict[str, Any]:
    """The form's first content: the programme's settings and all money that is left, or what an earlier plan was asked
    for as far as it is left."""
    inputs = Inputs.read(plan.inputs) if plan else None
    chosen = inputs.settings if inputs else settings
    asked = {row["kode"]: row["anggaran"] for row in inputs.dana} if inputs else {f.kode: f.anggaran for f in funds}
    budgets = {fund.kode: min(asked[fund.kode], left[fund.pk]) for fund in funds if fund.kode in asked}
    villages = [fund for fund in funds if len(fund.wilayah) >= VILLAGE and fund.kode in budgets]
    weights = chosen.bobot
    values: dict[str, Any] = {
        "judul": plan.title if plan else "", "mulai": chosen.mulai, "bulan": min(chosen.bulan, LONGEST),
        "pemerataan": bool(chosen.pemerataan), "target_tercatat": True,
        "desa": sorted({fund.wilayah[: digits_below(region)] for fund in villages}), "daftar": True,
    }  # fmt: skip
    values |= {f"dana_{fund.pk}": fund.kode in budgets for fund in funds}
    values |= {f"anggaran_{fund.pk}": budgets.get(fund.kode, left[fund.pk]) for fund in funds}
    values |= {f"bobot_desil_{n}": points for n, points in weights.desil.items()}
    values |= {f"bobot_risiko_{tag}": points for tag, points in weights.risiko.items()}
    flags = ("perempuan", "disabilitas", "kepala_keluarga", "lanjutan")
    return values | {f"bobot_{name}": getattr(weights, name) for name in flags} | _asked(inputs)


def _asked(inputs: Inputs | None) -> dict[str, Any]:
    """The targets of an earlier plan, in the fields that say the same."""
    rows = inputs.target if inputs else ()
    by_kind = {(row["indikator"], row.get("nama_penyebut")): row.get("persen") for row in rows if not row.get("sumber")}
    aims = {name: by_kind[kind] for name, kind in AIMS.items() if kind in by_kind}
    return aims | ({"tiap": by_kind["orang", "layak"]} if ("orang", "layak") in by_kind else {})


class RefuseForm(forms.Form):
    """Why a plan is sent back."""

    alasan = forms.CharField(
        label=_("Alasan menolak"), min_length=10, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis alasannya, supaya rencana berikutnya lebih baik."),
                        "min_length": _("Alasan terlalu pendek: tulis paling sedikit 10 huruf.")},
    )  # fmt: skip


class ExportForm(forms.Form):
    """Why the full numbers are needed."""

    alasan = forms.CharField(
        label=_("Alasan mengunduh NIK lengkap"), min_length=10, max_length=300,
        error_messages={"required": _("Tulis alasannya, paling sedikit 10 huruf."),
                        "min_length": _("Alasan terlalu pendek: tulis paling sedikit 10 huruf.")},
    )  # fmt: skip
