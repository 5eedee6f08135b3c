"""What a plan comes to, as its pages show it: from a quick answer while it is built, or from its files."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from jangkau.apps.planning.basis import near
from jangkau.apps.planning.charts import PAGE, Chart, budget_chart, months_chart
from jangkau.apps.planning.following import Group, groups
from jangkau.apps.planning.forms import digits_below
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.promises import gone, held
from jangkau.apps.regions.models import Region
from jangkau.core import outputs, planning
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.formats import number, short_month
from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book
from jangkau.core.law.membership import waiting_months
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.live import live
from jangkau.core.planning.targets.read import read_targets
from jangkau.core.tables import results as t
from jangkau.core.tables.settings import Settings

Row = dict[str, Any]
_SHADES = ("shade-1", "shade-2", "shade-3", "shade-4", "shade-5")


@dataclass(frozen=True)
class Area:
    """A region below the plan's: eligible and paid people, and the share."""

    code: str
    name: str
    eligible: int
    paid: int

    @property
    def percent(self) -> float | None:
        """Paid of eligible."""
        return 100 * self.paid / self.eligible if self.eligible else None

    @property
    def shade(self) -> str:
        """The class of its tile: darker for each fifth of the eligible people paid."""
        return _SHADES[min(len(_SHADES) - 1, int((self.percent or 0) * len(_SHADES) / 100))]


@dataclass(frozen=True)
class Shown:
    """A plan in figures, charts, and sentences. `finding`: what the months mean; `short`: that they are too few."""

    run: Row
    months: list[Row]
    needed: int
    areas: list[Area]
    exact: bool = True
    aimed: bool = True
    late: bool = False
    known: int = 0
    span: str = ""
    chart: Chart | None = None
    line: list[Row] = field(default_factory=list)
    line_chart: Chart | None = None
    held: list[Group] = field(default_factory=list)

    @property
    def own(self) -> Row:
        """The row of the plan's own number of months."""
        blank = {"bulan": self.run["bulan"], "orang": self.run["orang"], "orang_jkm_penuh": 0, "bulan_terlindung": 0}
        return next((row for row in self.months if row["bulan"] == self.run["bulan"]), blank)

    @property
    def short(self) -> bool:
        """Whether new members never reach the full death benefit."""
        return int(self.run["bulan"]) < self.needed

    @property
    def finding(self) -> str:
        """How many of those paid have the full death benefit, in a sentence."""
        row = self.own
        words = {"months": self.run["bulan"], "people": number(row["orang"]), "full": number(row["orang_jkm_penuh"]),
                 "from": self.needed}  # fmt: skip
        if not row["orang"]:
            return _("Dengan uang dan syarat ini belum ada yang dapat dibayar.")
        if not self.short:
            return _("%(months)s bulan: %(people)s orang, semuanya JKM penuh mulai bulan ke-%(from)s.") % words
        if not row["orang_jkm_penuh"]:
            return _("%(months)s bulan terlalu pendek: dari %(people)s orang, tidak seorang pun mendapat santunan "
                     "kematian (JKM) penuh.") % words  # fmt: skip
        return _("%(months)s bulan terlalu pendek: dari %(people)s orang, hanya %(full)s, yang masa tunggunya sudah "
                 "lewat, mendapat santunan kematian (JKM) penuh.") % words  # fmt: skip

    @property
    def peopled(self) -> list[Area]:
        """Regions with eligible people."""
        return [area for area in self.areas if area.eligible]

    @property
    def empty_names(self) -> str:
        """The names of regions where nobody is eligible."""
        return ", ".join(area.name for area in self.areas if not area.eligible)

    @property
    def paid_lengths(self) -> list[Row]:
        """The rows of the table of months: those that pay anybody."""
        return [row for row in self.months if row["orang"]]

    @property
    def village_funds(self) -> list[Row]:
        """Funds of one village."""
        return [fund for fund in self.run["dana"] if fund["jenis"] == "DANA_DESA"]

    @property
    def wide_funds(self) -> list[Row]:
        """All other funds."""
        return [fund for fund in self.run["dana"] if fund["jenis"] != "DANA_DESA"]

    @property
    def village_total(self) -> Row:
        """Funds of one village together."""
        return {name: sum(fund[name] for fund in self.village_funds) for name in ("anggaran", "terpakai", "sisa")} | {
            "orang": sum(fund["orang"] for fund in self.village_funds)
        }

    @property
    def budget(self) -> int:
        """The money of all funds."""
        return sum(fund["anggaran"] for fund in self.run["dana"])


def quick_answer(region: str, inputs: Inputs) -> Shown:
    """What a plan with these inputs would come to. Raises PENCOCOKAN_BELUM_ADA and what planning raises."""
    settings, basis, digits = inputs.settings, near(inputs.settings), digits_below(region)
    ready, taken = basis.payable(region, inputs), held(region, settings)
    ready = ready.filter(~pl.col("id_pekerja").is_in(list(gone(region))))
    out = pl.col("id_pekerja").is_in(list(taken))
    people = planning.persons(frame(ready.filter(~out)))
    until = Counter(month_text(taken[key]) for key in ready.filter(out)["id_pekerja"])
    funds, targets = read_funds(inputs.funds), read_targets(inputs.targets, settings)
    found = live(people, funds, targets, settings, Book.load(), digits=digits)
    chart = months_chart(found.bulan_orang, settings.bulan, found.perlu)
    return Shown(
        found.ringkasan, found.bulan_orang, found.perlu, _areas(region, found.wilayah), found.tepat, found.bertarget,
        basis.late, basis.known(region), _span(settings), chart, held=groups(until, settings),
    )  # fmt: skip


def kept_answer(plan: Plan) -> Shown:
    """What a finished plan came to, from its files. Raises BERKAS_TIDAK_ADA or BERKAS_RUSAK."""
    run, until = outputs.read_json(plan.folder / "rencana.json"), plan.summary.get("dijanjikan", {})
    settings: Settings = Inputs.read(plan.inputs).settings
    needed = waiting_months(settings.start, "BPU", Book.load()) + 1
    line = polars(outputs.read_table(plan.folder, t.GARIS_ANGGARAN)).to_dicts()
    return Shown(
        run, run["bulan_orang"], needed, _areas(plan.region_code, _counted(plan)),
        known=plan.summary.get("dikenal", 0), span=_span(settings),
        chart=months_chart(run["bulan_orang"], run["bulan"], needed, PAGE), line=line,
        line_chart=budget_chart(line) if any(row["orang"] for row in line) else None, held=groups(until, settings),
    )  # fmt: skip


def _span(settings: Settings) -> str:
    """The months of a plan: `Jan 2027–Des 2027`."""
    first, last = (month_text(settings.start + at) for at in (0, settings.bulan - 1))
    return f"{short_month(first)}–{short_month(last)}"


def _counted(plan: Plan) -> list[Row]:
    """Eligible and paid people by the regions directly below the plan's."""
    rows = polars(outputs.read_table(plan.folder, t.RENCANA)).select("id_pekerja", "dana")
    people = polars(outputs.read_table(plan.folder, t.PEKERJA)).select("id_pekerja", "kode_desa")
    each = rows.group_by("id_pekerja").agg(paid=pl.col("dana").is_not_null().any()).join(people, on="id_pekerja")
    code = pl.col("kode_desa").str.slice(0, digits_below(plan.region_code)).alias("wilayah")
    return each.group_by(code).agg(layak=pl.len(), terpilih=pl.col("paid").sum()).sort("wilayah").to_dicts()


def _areas(region: str, rows: list[Row]) -> list[Area]:
    """Every region directly below, also where nobody is eligible; people without a place come last."""
    names = dict(Region.objects.filter(parent=region).order_by("code").values_list("code", "name"))
    known = {row["wilayah"]: row for row in rows}
    inside = [
        Area(code, name, *((known[code]["layak"], known[code]["terpilih"]) if code in known else (0, 0)))
        for code, name in names.items()
    ]
    rest = [row for code, row in known.items() if code not in names]
    if not rest:
        return inside
    return [*inside, Area("", _("tanpa wilayah yang pasti"), sum(row["layak"] for row in rest),
                          sum(row["terpilih"] for row in rest))]  # fmt: skip
