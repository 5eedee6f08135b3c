"""The pictures that reports share with the pages of monitoring: one specification for both, their finding as title."""

from itertools import pairwise
from typing import Any

from jangkau.core.kernel.formats import long_date, number, percent
from jangkau.core.reporting.charts import draw
from jangkau.core.reporting.monev_look import WIDE
from jangkau.core.reporting.monev_ranking import Bar, Line, ranking
from jangkau.core.reporting.monev_trend import Break, Point, Trend, trend
from jangkau.core.reporting.monev_waterfall import Step, waterfall
from jangkau.core.reporting.semester_figures import Figure, Picked, amount
from jangkau.core.reporting.semester_tables import (
    change_table,
    forecast_table,
    funnel_table,
    score_table,
    series_table,
)
from jangkau.core.reporting.semester_words import short
from jangkau.core.reporting.words import short_name, source

Section = dict[str, Any]


def pictures(p: Picked) -> list[Section]:
    """The sections that have a picture, beside that of the parts of the region."""
    makers = (trend_section, forecast_section, change_section, funnel_section, score_section)
    return [part for maker in makers if (part := maker(p))]


def trend_section(p: Picked) -> Section | None:
    """The main figure over time with target and forecast; None with fewer than two days."""
    table, rows = series_table(p), _known(p, p.main or "")
    if table is None or len(rows) < 2:
        return None
    first, last, told = rows[0], rows[-1], _trend(p, rows)
    moved = "; ".join(f"{long_date(f.per)}: {short(f)}" for f in (first, last))
    return {
        "kepala": "Perjalanan angka", "judul": _moved(first, last, broken=bool(told.breaks)),
        "anak": f"{p.defined(last.indikator).nama}. {moved}.", "gambar": draw(trend(told, WIDE)),
        "alt": "Grafik garis. " + "; ".join(f"{long_date(f.per)} {f.shown}" for f in rows),
        "tabel": table.printed(), "sumber": f"Sumber pembilang: {source(last.sumber_pembilang)}.",
    }  # fmt: skip


def _known(p: Picked, code: str) -> list[Figure]:
    return [f for f in p.series(code) if f.nilai is not None]


def _trend(p: Picked, rows: list[Figure]) -> Trend:
    last = rows[-1]
    goal = next((g for g in p.goals(last.indikator) if g.nilai is not None and not g.penyebut), None)
    return Trend(
        points=[_point(f) for f in rows],
        breaks=[Break(b.per, "cara atau penyebut lain") for a, b in pairwise(rows) if not b.comparable(a)],
        forecast=[_point(f) for f in p.forecast(last.indikator) if f.nilai is not None],
        target=(f"target {goal.tahun}", goal.nilai or 0.0) if goal else None,
        unit=last.satuan,
    )


def forecast_section(p: Picked) -> Section | None:
    """The forecast of another indicator than the main one, where that has none; None where nothing is forecast."""
    table, rows = forecast_table(p), _known(p, p.foreseen)
    if table is None or not rows or p.foreseen == p.main:
        return None
    end = p.forecast(p.foreseen)[-1]
    span = f" ({amount(end.bawah, end.satuan)} sampai {amount(end.atas, end.satuan)})" if end.bawah is not None else ""
    return {
        "kepala": "Perkiraan ke depan", "judul": f"{long_date(end.per)}: {end.shown}{span}.",
        "anak": f"{p.defined(p.foreseen).nama}, kini {short(rows[-1])}. Titik-titik perkiraan, pita selangnya.",
        "gambar": draw(trend(_trend(p, rows), WIDE)),
        "alt": "Grafik garis. " + "; ".join(f"{long_date(f.per)} {f.shown}" for f in p.forecast(p.foreseen)),
        "tabel": table.printed(), "sumber": f"Sumber: {source(end.sumber_pembilang)}.",
    }  # fmt: skip


def funnel_section(p: Picked) -> Section | None:
    """How many are left from the list to the claim; None where no step was counted."""
    table, stages = funnel_table(p), p.material.corong
    if table is None:
        return None
    first, last = stages[0], stages[-1]
    return {
        "kepala": "Dari daftar sampai klaim",
        "judul": f"{first.nama}: {number(first.jumlah)} {first.satuan}; {last.nama.lower()}: {number(last.jumlah)}"
                 f" {last.satuan}.",
        "anak": "Berapa yang tersisa pada setiap langkah.",
        "gambar": draw(ranking([Bar(s.nama, s.jumlah, s.satuan) for s in stages], [], WIDE, "orang")),
        "alt": "Grafik batang. " + "; ".join(f"{s.nama} {number(s.jumlah)}" for s in stages),
        "tabel": table.printed(), "sumber": "",
    }  # fmt: skip


def score_section(p: Picked) -> Section | None:
    """The sections of the first scorecard beside one another, the whole as a line; None without a card."""
    table, score = score_table(p), next(iter(p.material.rapor), None)
    if table is None or score is None or score.persen is None:
        return None
    marks = [(mark.bagian, 100 * mark.nilai / mark.maksimum, mark) for mark in score.bagian if mark.maksimum]
    bars = [Bar(name, share, f"{number(m.nilai, 1)} / {number(m.maksimum, 1)}") for name, share, m in marks]
    low = min(marks, key=lambda one: (one[1], one[0]))
    return {
        "kepala": "Rapor", "judul": f"{percent(score.persen)} dari nilai tertinggi; terendah {low[0]}.",
        "anak": f"{score.instrumen}.{f' {score.catatan}' if score.catatan else ''}",
        "gambar": draw(ranking(bars, [Line("semua", score.persen, dashed=True)], WIDE)),
        "alt": "Grafik batang. " + "; ".join(f"{name} {percent(share)}" for name, share, _ in marks),
        "tabel": table.printed(), "sumber": "",
    }  # fmt: skip


def _point(figure: Figure) -> Point:
    return Point(figure.per, figure.nilai or 0.0, figure.bawah, figure.atas)


def _moved(first: Figure, last: Figure, *, broken: bool) -> str:
    if broken:
        return f"Kini {last.shown}; angka yang lama dihitung dengan cara lain."
    verb = "Naik" if (last.nilai or 0) > (first.nilai or 0) else "Turun" if last.nilai != first.nilai else "Tetap"
    return f"{verb} dari {first.shown} menjadi {last.shown}." if verb != "Tetap" else f"Tetap {last.shown}."


def change_section(p: Picked) -> Section | None:
    """What moved the number of people covered, step by step; None where that is not known."""
    change, table = p.material.perubahan, change_table(p)
    if change is None or table is None:
        return None
    start, end = (f"{long_date(day)}" for day in (change.dari, change.sampai))
    steps = [Step(move.sebab, move.orang) for move in change.langkah if move.orang]
    picture = waterfall((start, change.awal), steps, (end, change.akhir), WIDE)
    return {
        "kepala": "Apa yang mengubahnya", "judul": _largest(steps, change.akhir - change.awal),
        "anak": f"Orang terlindungi: {number(change.awal)} pada {start}, {number(change.akhir)} pada {end}.",
        "gambar": draw(picture), "alt": "Grafik tangga. " + "; ".join(f"{s.nama} {number(s.jumlah)}" for s in steps),
        "tabel": table.printed(), "sumber": "",
    }  # fmt: skip


def _largest(steps: list[Step], total: int) -> str:
    if not steps:
        return "Tidak ada yang berubah."
    word = "Bertambah" if total > 0 else "Berkurang" if total < 0 else "Sama banyaknya"
    ways = ([s for s in steps if s.jumlah > 0], [s for s in steps if s.jumlah < 0])
    largest = [max(way, key=lambda step: abs(step.jumlah)) for way in ways if way]
    parts = [f"{step.nama.lower()} {number(abs(step.jumlah))}" for step in largest]
    count = f" {number(abs(total))} orang" if total else ""
    return f"{word}{count}: {', '.join(parts)}."


def ranked(p: Picked) -> str:
    """The parts of the region by their figure now, where there is no earlier day to set beside it; SVG text."""
    code = p.main or ""
    known = [(short_name(name), now) for name, _, now in p.children(code) if now and now.nilai is not None]
    bars = [Bar(name, f.nilai, _counts(f)) for name, f in sorted(known, key=lambda k: (-(k[1].nilai or 0), k[0]))]
    whole = p.now(code)
    lines = [Line(short_name(p.material.nama), whole.nilai, dashed=True)] if whole and whole.nilai is not None else []
    return draw(ranking(bars, lines, WIDE, whole.satuan if whole else "persen")) if bars else ""


def _counts(figure: Figure) -> str:
    if figure.pembilang is None or not figure.penyebut:
        return ""
    return f"{number(figure.pembilang)} dari {number(figure.penyebut)}"
