"""The dashboard of one region: what is read once, and the charts made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.conf import settings as site
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.monitoring import charts, held, reading
from jangkau.apps.monitoring.borders import features_below
from jangkau.apps.monitoring.charts import Chart
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.moves import Moves
from jangkau.apps.regions.models import Region
from jangkau.core.coverage import Indicator, indicators
from jangkau.core.coverage.behind import STAYING
from jangkau.core.coverage.published import NATION
from jangkau.core.reporting.monev_ranking import Line

OF_MEMBERS, OF_RESIDENTS, ACTIVE, FULL = "cakupan", "cakupan_warga", "peserta_aktif", "perlindungan_penuh"
CHARTS = ("peta", "urutan", "perkembangan", "perubahan", "corong", "bulan", "keberlanjutan", "survei", "potongan")


# The room of surveys, above this one, says here what its newest survey estimates of a region.
SURVEYED: list[Callable[[str], Chart | None]] = []


@dataclass(frozen=True)
class Asked:
    """What a reader chose; empty and None is the usual."""

    indikator: str = ""
    per: date | None = None
    potong: str = ""
    sejak: date | None = None
    sampai: date | None = None
    segmen: str = ""


@dataclass(frozen=True)
class Board:
    """Everything of one page, each part read when it is first needed."""

    user: User
    region: Region
    counting: Counting
    asked: Asked

    @cached_property
    def own(self) -> pl.DataFrame:
        """Every figure of the region, as this user may see them."""
        return reading.veiled(reading.of_region(self.counting, self.region.code), self.user, self.region.code)

    @cached_property
    def indicator(self) -> Indicator:
        """The one asked for; else coverage, of residents where the other does not reach down."""
        known = indicators()
        if self.asked.indikator in known:
            return known[self.asked.indikator]
        return known[OF_MEMBERS if len(self.region.code) <= 4 else OF_RESIDENTS]

    @cached_property
    def line(self) -> pl.DataFrame:
        """The indicator over time."""
        return reading.series(self.own, self.indicator.kode)

    @cached_property
    def per(self) -> date | None:
        """The day that the page is of: the newest up to the one asked for."""
        days = self.line.filter(pl.col("nilai").is_not_null() | pl.col(reading.SMALL))["per"]
        asked = days.filter(days <= self.asked.per) if self.asked.per else days
        found: Any = asked.max()
        return found if found is not None else self.counting.per

    @cached_property
    def figure(self) -> dict[str, Any] | None:
        """The one figure."""
        return next(self.line.filter(pl.col("per") == self.per).iter_rows(named=True), None)

    @cached_property
    def facts(self) -> dict[str, dict[str, Any]]:
        """The newest uncut figure of every indicator, up to the day of the page."""
        rows = self.own.filter(pl.col("potongan") == "")
        rows = rows.filter(pl.col("per") <= self.per) if self.per and self.asked.per else rows
        newest = rows.sort("per").group_by("indikator", maintain_order=True).last()
        found = {row["indikator"]: row for row in newest.rows(named=True)}
        return {code: found[code] for code in indicators() if code in found}

    @cached_property
    def aims(self) -> list[held.Aim]:
        """The targets of the region, the nearest year first."""
        return held.aims(self.region.code, self.indicator)

    @cached_property
    def aim(self) -> held.Aim | None:
        """The target that the figure is held against."""
        return held.next_aim(self.aims, self.per)

    @cached_property
    def missing(self) -> int | None:
        """How many more people the target asks for, over the same denominator."""
        row, aim = self.figure, self.aim
        if row is None or aim is None or aim.persen is None or row["penyebut"] is None or row["pembilang"] is None:
            return None
        return max(0, -int(-(aim.persen * row["penyebut"]) // 100) - int(row["pembilang"]))

    @cached_property
    def told(self) -> pl.DataFrame:
        """What documents say of the same."""
        return held.others(self.region.code, self.indicator.kode)

    @cached_property
    def conflicts(self) -> list[dict[str, Any]]:
        """All that is said of it, side by side."""
        return held.conflicts(self.line, self.told)

    @cached_property
    def national(self) -> list[dict[str, Any]]:
        """The nation over time, the last one first to be held against."""
        rows = held.others(NATION, self.indicator.kode).filter(pl.col("nilai").is_not_null())
        return rows.rows(named=True)

    @cached_property
    def gap(self) -> float | None:
        """Points above or below the nation."""
        if not self.national or self.figure is None or self.figure["nilai"] is None:
            return None
        return float(self.figure["nilai"] - self.national[-1]["nilai"])

    @cached_property
    def lines(self) -> list[Line]:
        """What the regions are held against: nation (or this region), and target."""
        lines = []
        if self.national:
            lines.append(Line(_("nasional"), self.national[-1]["nilai"]))
        elif self.figure and self.figure["nilai"] is not None and self.indicator.satuan == "persen":
            lines.append(Line(self.region.name.removeprefix("Kabupaten "), self.figure["nilai"]))
        if self.aim and self.aim.persen is not None:
            lines.append(Line(_("target"), self.aim.persen, dashed=True))
        return lines

    @cached_property
    def codes(self) -> list[str]:
        """The regions directly below."""
        return list(Region.objects.filter(parent=self.region.code).values_list("code", flat=True))

    @cached_property
    def below(self) -> tuple[Indicator, pl.DataFrame]:
        """The regions below at that day; by residents where the indicator does not reach them."""
        chosen = self.indicator
        deeper = len(self.codes[0]) if self.codes else 0
        if deeper not in chosen.lengths:
            chosen = indicators()[OF_RESIDENTS]
        rows = reading.below(self.counting, self.region.code, chosen.kode)
        return chosen, reading.veiled(
            reading.on(rows, self.per if chosen == self.indicator else None), self.user, self.region.code
        )

    @cached_property
    def cut(self) -> str:
        """What the classes are cut by."""
        cuts = self.cuts
        return self.asked.potong if self.asked.potong in cuts else cuts[0] if cuts else ""

    @property
    def cuts(self) -> list[str]:
        """What there is a cut by, for the indicator shown."""
        have = set(self.own.filter(pl.col("indikator") == self.cut_of.kode)["potongan"].unique())
        return [cut for cut in self.cut_of.potongan if cut in have]

    @cached_property
    def cut_of(self) -> Indicator:
        """The indicator whose classes are shown: the one asked for, if it has any."""
        return self.indicator if self.indicator.potongan else indicators()[OF_RESIDENTS]

    def chart(self, name: str) -> Chart | None:
        """One chart by its name; None where this page has no such chart."""
        make = {
            "peta": self._map, "urutan": self._ranking, "perkembangan": self._trend, "bulan": self._months,
            "potongan": self._classes, "perubahan": self._change, "corong": self._steps,
            "keberlanjutan": self._staying, "survei": self._surveyed,
        }[name]  # fmt: skip
        return make()

    def _map(self) -> Chart | None:
        chosen, rows = self.below
        if len(self.codes) < 2:
            return None
        return charts.on_map(rows, self.codes, chosen, features_below(self.region.code))

    def _ranking(self) -> Chart | None:
        chosen, rows = self.below
        lines = self.lines if chosen == self.indicator else []
        return charts.by_region(rows, self.codes, chosen, lines) if self.codes else None

    def _trend(self) -> Chart | None:
        ahead = reading.ahead(self.counting, self.region.code, self.indicator.kode).rows(named=True)
        tried = reading.tried(self.counting, self.region.code).rows(named=True)
        own, told = held.with_breaks(self.line), held.with_breaks(self.told)
        return charts.over_time(own, told, self.national, self.aim, charts.Ahead(ahead, tried))

    def _steps(self) -> Chart | None:
        """From list to claim; counts of a few are closed to who may not see persons."""
        rows = reading.steps(self.counting, self.region.code)
        least = 0 if allowed(self.user, "people.view", self.region.code) else site.JANGKAU_SMALL_CELLS
        return charts.path(rows, least) if len(rows) else None

    @cached_property
    def moves(self) -> Moves:
        """What moved the number of people covered, between the snapshots asked for."""
        asked = self.asked
        return Moves(self.user, self.counting, self.region.code, asked.sejak, asked.sampai, asked.segmen)

    def _change(self) -> Chart | None:
        return charts.changed(self.moves.rows) if len(self.moves.rows) else None

    def _staying(self) -> Chart | None:
        told = {months: reading.series(self.own, code).rows(named=True) for code, months in STAYING.items()}
        return charts.staying(told) if any(row["nilai"] is not None for rows in told.values() for row in rows) else None

    def _surveyed(self) -> Chart | None:
        return next((chart for make in SURVEYED if (chart := make(self.region.code))), None)

    def _months(self) -> Chart | None:
        rows = reading.series(self.own, ACTIVE, "pembayar")
        return charts.months(rows, indicators()[ACTIVE]) if len(rows) else None

    def _classes(self) -> Chart | None:
        if not self.cut:
            return None
        return charts.by_class(
            reading.on(reading.series(self.own, self.cut_of.kode, self.cut), None), self.cut_of, self.cut
        )
