"""The charts of the dashboard: each with its words, its table, and the one specification that page and PDF draw."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from jangkau.apps.monitoring.held import Aim, Row
from jangkau.apps.monitoring.reading import SMALL
from jangkau.apps.people.months import letter_of
from jangkau.apps.regions.selectors import region_name
from jangkau.core.coverage import Indicator
from jangkau.core.kernel.formats import MONTHS, long_date, number
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.reporting import (
    monev_continuity,
    monev_map,
    monev_ranking,
    monev_strip,
    monev_trend,
    monev_waterfall,
)
from jangkau.core.reporting.charts import Spec
from jangkau.core.reporting.monev_trend import Break, Point, Trend

Cell = str | int | float | None
_TOLD = (1, 3, 6, 12)  # months ahead whose error is said


@dataclass(frozen=True)
class Chart:
    """One chart: `head` and `rows` are its table, `spec` draws it so wide; None where there is nothing to draw."""

    name: str
    title: str
    under: str
    head: list[str]
    rows: list[list[Cell]]
    spec: Callable[[int], Spec] | None
    note: str = ""
    key: list[tuple[int, str]] = field(default_factory=list)

    @property
    def drawable(self) -> bool:
        """Whether there is something to draw."""
        return self.spec is not None

    @property
    def told(self) -> str:
        """The chart for those who hear it."""
        return "; ".join(" ".join(str(cell) for cell in row[:2] if cell is not None) for row in self.rows[:40])


def value(row: Row) -> str:
    """A figure in words: its value with its unit, `< 5`, or that it is unknown."""
    if row.get(SMALL):
        return _("< 5")
    if row["nilai"] is None:
        return _("belum diketahui")
    unit = {"persen": " %", "orang": ""}.get(row["satuan"], f" {row['satuan']}")
    broken = row["satuan"] in {"persen", "poin"} or row["nilai"] % 1
    return number(row["nilai"], 1 if broken else 0) + unit


def fraction(row: Row) -> str:
    """`237.960 / 708.000`; a count alone where nothing is below it."""
    parts = [row["pembilang"], row["penyebut"]] if row["nama_penyebut"] else [row["pembilang"]]
    return " / ".join("–" if part is None else number(part) for part in parts)


def _cells(row: Row) -> list[Cell]:
    small = row.get(SMALL)
    told = [None if small else row[name] for name in ("nilai", "pembilang", "penyebut")]
    return ["< 5" if small else told[0], *told[1:], row["sumber_pembilang"], row["sumber_penyebut"]]


def _head(first: str) -> list[str]:
    return [first, _("nilai"), _("pembilang"), _("penyebut"), _("sumber pembilang"), _("sumber penyebut")]


def path(rows: pl.DataFrame, least: int) -> Chart:
    """From list to claim: how many are left at each step; counts from 1 to below `least` are closed."""
    told = [row | {"jumlah": None, "bagian": None, "few": True} if 0 < (row["jumlah"] or 0) < least else row
            for row in rows.rows(named=True)]  # fmt: skip
    bars = [monev_ranking.Bar(row["nama"], row["jumlah"], _left(row)) for row in told if row["jumlah"] is not None]
    table: list[list[Cell]] = [
        [row["nama"], _step(row), row["satuan"], _left(row) or None, row["definisi"]] for row in told
    ]  # fmt: skip
    head = [_("langkah"), _("banyak"), _("satuan"), _("dari langkah sebelumnya"), _("artinya")]
    return Chart(
        "corong", _("Dari daftar sampai klaim"),
        _("Berapa yang tersisa pada setiap langkah; persen dari langkah sebelumnya."), head, table,
        (lambda width: monev_ranking.ranking(bars, [], width, "orang")) if bars else None,
    )  # fmt: skip


def _left(row: Row) -> str:
    return "" if row["bagian"] is None else f"{number(row['bagian'], 1)} %"


def _step(row: Row) -> str:
    if row.get("few"):
        return _("< 5")
    return _("belum diketahui") if row["jumlah"] is None else number(row["jumlah"])


def by_region(rows: pl.DataFrame, codes: list[str], indicator: Indicator, lines: list[monev_ranking.Line]) -> Chart:
    """The regions below, the best first; far behind the rest is whoever has less than half of the middle one."""
    known = {row["wilayah"]: row for row in rows.rows(named=True)}
    names = {code: _short(region_name(code)) for code in codes}
    down = indicator.arah == "turun"
    order = sorted(codes, key=lambda code: _rank(known.get(code), down=down))
    values = sorted(r["nilai"] for r in known.values() if r["nilai"] is not None)
    low = values[len(values) // 2] / 2 if values and not down else -1
    bars = [_bar(names[code], known.get(code), low) for code in order]
    table = [[names[code], *_cells(known[code])] for code in order if code in known]
    under = _("%(unit)s. Garis utuh: nasional atau provinsi. Garis putus: target.") % {"unit": indicator.satuan}
    return Chart(
        "urutan", _("Menurut wilayah"), under, _head(_("wilayah")), table,
        (lambda width: monev_ranking.ranking(bars, lines, width, indicator.satuan)) if known else None,
        f"{indicator.nama} = {indicator.pembilang}" + (f" ÷ {_denominator(rows)}." if indicator.penyebut else "."),
    )  # fmt: skip


def _denominator(rows: pl.DataFrame) -> str:
    names = rows["nama_penyebut"].drop_nulls().unique().sort().to_list()
    return ", ".join(names) or _("penyebut yang belum diketahui")


def _short(name: str) -> str:
    return name.removeprefix("Kabupaten ")


def _rank(row: Row | None, *, down: bool) -> tuple[bool, float]:
    known = row["nilai"] if row else None
    return (known is None, 0.0 if known is None else known if down else -known)


def _bar(name: str, row: Row | None, low: float) -> monev_ranking.Bar:
    if row is None or row["nilai"] is None:
        hidden = bool(row and row.get(SMALL))
        return monev_ranking.Bar(name, None, _("< 5") if hidden else "")
    return monev_ranking.Bar(name, row["nilai"], fraction(row), harm=row["nilai"] < low)


def on_map(rows: pl.DataFrame, codes: list[str], indicator: Indicator, features: list[dict[str, Any]]) -> Chart:
    """The regions below by colour: their borders where they are loaded, else tiles of one size."""
    known = {row["wilayah"]: row for row in rows.rows(named=True)}
    areas = [monev_map.Area(c, _short(region_name(c)), known[c]["nilai"] if c in known else None) for c in codes]
    drawable = {feature["properties"]["kode"] for feature in features} >= set(codes)

    def spec(width: int) -> Spec:
        if drawable:
            return monev_map.borders(areas, features, width, indicator.satuan)
        return monev_map.tiles(areas, width, indicator.satuan)

    table = [[area.nama, *_cells(known[area.kode])] for area in areas if area.kode in known]
    note = "" if drawable else _tiled(known=bool(monev_map.laid(codes)))
    return Chart(
        "peta", _("Peta"), f"{indicator.nama}, {indicator.satuan}", _head(_("wilayah")), table,
        spec if known else None, note, monev_map.key(areas, indicator.satuan),
    )  # fmt: skip


def _tiled(*, known: bool) -> str:
    if known:
        return _("Tiap petak satu wilayah, sama besar, kira-kira pada letaknya; utara di atas.")
    return _("Tiap petak satu wilayah, sama besar, menurut urutan kode; bukan letaknya di peta.")


@dataclass(frozen=True)
class Ahead:
    """The months to come, and how far such forecasts lay from what came."""

    rows: list[Row] = field(default_factory=list)
    tried: list[Row] = field(default_factory=list)

    @property
    def note(self) -> str:
        """The error of forecasts on past snapshots, or that there are too few of them."""
        if not self.rows:
            return _("Belum cukup potret peserta untuk meramalkan: perlu dua belas bulan berturut-turut.")
        shown = [row for row in self.tried if row["jarak"] in _TOLD]
        told = "; ".join(f"{row['jarak']} bulan: {number(row['galat'], 1)}%" for row in shown)
        return _("Galat rata-rata ramalan pada potret lampau, menurut jaraknya: %(told)s.") % {"told": told}


def over_time(own: list[Row], told: list[Row], national: list[Row], aim: Aim | None, ahead: Ahead) -> Chart:
    """The figure over time: `own` as counted, `told` as documents say, both with their breaks; `ahead` is forecast."""
    breaks = _breaks(own, told)
    trend = Trend(
        [Point(row["per"], row["nilai"]) for row in own], [Break(day, words) for day, words, _why in breaks],
        [Point(row["per"], row["nilai"], row["bawah"], row["atas"]) for row in ahead.rows],
        [Point(row["per"], row["nilai"]) for row in national],
        (_("target"), aim.persen) if aim and aim.persen is not None else None,
        own[0]["satuan"] if own else "persen", _series(told),
    )  # fmt: skip
    table = [[row["per"].isoformat(), *_cells(row), row["asal"]] for row in [*told, *own, *ahead.rows]]
    days = [row["per"] for row in (*told, *own)]
    span = f"{long_date(min(days))} – {long_date(max(days))}" if days else ""
    notes = [*(why for _day, _words, why in breaks), ahead.note]
    return Chart(
        "perkembangan", _("Perkembangan dan perkiraan"), span, [*_head(_("per")), _("asal")], table,
        (lambda width: monev_trend.trend(trend, width)) if len(days) > 1 else None, " ".join(notes),
    )  # fmt: skip


def _series(rows: list[Row]) -> list[list[Point]]:
    """Published values that count the same over the same belong together, up to a break."""
    kinds: dict[tuple[Any, ...], list[Point]] = {}
    for row in rows:
        kind = (row["rangkaian"], row["asal"], row["nama_pembilang"], row["nama_penyebut"])
        kinds.setdefault(kind, []).append(Point(row["per"], row["nilai"]))
    return list(kinds.values())


def _breaks(own: list[Row], told: list[Row]) -> list[tuple[Any, str, str]]:
    """Days from which something else is counted: words for the chart, and a sentence under it; several are numbered."""
    found = []
    if own and any(row["per"] < own[0]["per"] for row in told):
        why = _("sebelumnya angka terbit dengan penyebut masing-masing, sejak itu dihitung dari register, satu orang "
                "satu kali. Kedua bagian tidak dibandingkan langsung")  # fmt: skip
        found.append((own[0]["per"], why))
    found += [(row["per"], row["putus"].rstrip(".")) for row in (*told, *own) if row["putus"]]
    found = sorted(dict.fromkeys(found), key=lambda one: one[0])
    words = _("deret terputus")
    told_as = [words] if len(found) == 1 else [str(n) for n in range(1, len(found) + 1)]
    heads = [_("Deret terputus %(day)s") if len(found) == 1 else _("Deret terputus (%(n)s) %(day)s")] * len(found)
    return [
        (day, kata, f"{head % {'n': kata, 'day': long_date(day)}}: {why}.")
        for (day, why), kata, head in zip(found, told_as, heads, strict=True)
    ]


def changed(rows: pl.DataFrame) -> Chart:
    """What moved the number of people covered between two days; those who only turned within stay."""
    told = {row["langkah"]: row for row in rows.rows(named=True)}
    since, until = rows["sejak"][0], rows["sampai"][0]
    start, end = (told[name]["perubahan"] for name in ("awal", "akhir"))
    steps = [
        monev_waterfall.Step(step.replace("_", " "), row["perubahan"])
        for step, row in told.items()
        if step not in {"awal", "akhir"} and row["perubahan"]
    ]
    ends = [(f"{MONTHS[day.month - 1][:3]} {day.year}", n) for day, n in ((since, start), (until, end))]
    return Chart(
        "perubahan", _("Yang mengubah jumlah peserta"), f"{long_date(since)} – {long_date(until)}",
        [_("langkah"), _("orang"), _("perubahan")],
        [[step.replace("_", " "), row["orang"], row["perubahan"]] for step, row in told.items()],
        lambda width: monev_waterfall.waterfall(ends[0], steps, ends[1], width),
        _("Lapse: masih dalam register tetapi iurannya berhenti. Lainnya: tidak ada lagi dalam register."),
    )  # fmt: skip


def staying(told: dict[int, list[Row]]) -> Chart:
    """Of those newly active in a month the share still active later. `told`: months later -> figures by day."""
    cohorts: dict[int, dict[int, Row]] = {}
    for later, rows in told.items():
        for row in rows:
            cohorts.setdefault(month_of(row["per"]) - later, {})[later] = row
    lines = [
        monev_continuity.Staying(
            later, {start: rows[later]["nilai"] for start, rows in cohorts.items() if _known(rows.get(later))}
        )
        for later in told
    ]
    table = [
        [
            month_text(start),
            next(iter(rows.values()))["penyebut"],
            *(cell for n in told for cell in _stayed(rows.get(n))),
        ]
        for start, rows in sorted(cohorts.items())
    ]
    head = [_("mulai aktif"), _("orang")]
    for later in told:
        head += [_("masih aktif %(n)s bulan kemudian") % {"n": later}, _("persen, %(n)s bulan") % {"n": later}]
    return Chart(
        "keberlanjutan", _("Yang bertahan, menurut bulan mulai"),
        _("Persen dari yang baru aktif pada bulan itu, yang masih aktif 6 dan 12 bulan kemudian."), head, table,
        (lambda width: monev_continuity.continuity(lines, width)) if any(line.shares for line in lines) else None,
        _("Baru aktif: aktif pada potret bulan itu, tidak pada yang sebelumnya. Yang meninggal terhitung berhenti."),
    )  # fmt: skip


def _known(row: Row | None) -> bool:
    return row is not None and row["nilai"] is not None


def _stayed(row: Row | None) -> list[Cell]:
    if row is not None and row.get(SMALL):
        return [_("< 5"), None]
    return [None, None] if row is None else [row["pembilang"], row["nilai"]]


def by_class(rows: pl.DataFrame, indicator: Indicator, cut: str) -> Chart:
    """The classes of one cut in their order."""
    told = rows.rows(named=True)
    bars = [_bar(row["kelas"], row, -1) for row in told]
    table = [[row["kelas"], *_cells(row)] for row in told]
    return Chart(
        "potongan", _("Menurut %(cut)s") % {"cut": cut.replace("_", " ")}, f"{indicator.nama}, {indicator.satuan}",
        _head(cut.replace("_", " ")), table,
        (lambda width: monev_ranking.ranking(bars, [], width, indicator.satuan)) if told else None,
    )  # fmt: skip


def months(rows: pl.DataFrame, indicator: Indicator) -> Chart:
    """People covered at each day, by who pays for them."""
    told = [row for row in rows.rows(named=True) if row["nilai"] is not None]
    sums: dict[tuple[Any, str], float] = {}
    for row in told:
        place = row["per"], letter_of(row["kelas"])
        sums[place] = sums.get(place, 0) + row["nilai"]
    parts = [monev_strip.Part(day, letter, people) for (day, letter), people in sums.items()]
    table = [[row["per"].isoformat(), row["kelas"], row["nilai"], row["sumber_pembilang"]] for row in told]
    return Chart(
        "bulan", _("Siapa yang membayar, dari bulan ke bulan"),
        _("Orang. P pemerintah, S dana sawit dan cukai, C perusahaan atau donatur, M mandiri atau lain."),
        [_("per"), _("pembayar"), _("orang"), _("sumber")], table,
        (lambda width: monev_strip.strip(parts, width)) if told else None, indicator.definisi,
    )  # fmt: skip
