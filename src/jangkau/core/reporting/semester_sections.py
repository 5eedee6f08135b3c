"""The pictures of a semester report: their finding as title, the picture, and their table below."""

from collections.abc import Sequence
from typing import Any

from jangkau.core.kernel.formats import long_date, number
from jangkau.core.reporting.figures import Coverage
from jangkau.core.reporting.findings import coverage_chart, finding, in_words
from jangkau.core.reporting.semester_figures import Figure, Picked
from jangkau.core.reporting.semester_pictures import ranked
from jangkau.core.reporting.semester_tables import children_table
from jangkau.core.reporting.semester_words import inside, short
from jangkau.core.reporting.words import short_name, source

Section = dict[str, Any]


def children_section(p: Picked) -> Section | None:
    """The main figure of every part of the region, before and now; None where it has no parts or no figure."""
    table = children_table(p)
    if table is None or p.main is None:
        return None
    both = compared(p)
    drawn = [c for c in both if c.persen_sesudah is not None] or both
    whole = _coverage(p.material.nama, p.before(p.main), p.now(p.main))
    share = bool(drawn) and drawn[0].persen_sesudah is not None
    picture = whole is not None and bool(drawn)
    alone = "" if picture else ranked(p)
    return {
        "kepala": f"Menurut {p.material.sebutan_bagian}",
        "judul": _title(p, drawn, share=share),
        "anak": _subtitle(p),
        "gambar": coverage_chart(whole, drawn, percent_known=share) if picture and whole else alone or None,
        "alt": in_words(drawn) if picture else f"Grafik batang. {_title(p, drawn, share=share)}",
        "sebelum": _day(p, before=True) if picture else "",
        "sesudah": _day(p, before=False),
        "tabel": table.printed(),
        "sumber": _sources([now for _, _, now in p.children(p.main) if now]),
    }


def compared(p: Picked) -> list[Coverage]:
    """Parts of the region of which both dates are known and comparable."""
    found = (_coverage(name, before, now) for name, before, now in p.children(p.main or ""))
    return [pair for pair in found if pair is not None]


def _coverage(name: str, before: Figure | None, now: Figure | None) -> Coverage | None:
    if before is None or now is None or not now.comparable(before):
        return None
    if before.pembilang is None or now.pembilang is None:
        return None
    known = now.satuan == "persen" and now.nilai is not None and before.nilai is not None
    return Coverage(
        wilayah=now.wilayah, nama=name, sebelum=round(before.pembilang), sesudah=round(now.pembilang),
        penyebut=round(now.penyebut) if now.penyebut else None,
        persen_sebelum=before.nilai if known else None, persen_sesudah=now.nilai if known else None,
        nama_penyebut=now.nama_penyebut or "", sumber_pembilang=now.sumber_pembilang,
        sumber_penyebut=now.sumber_penyebut or "",
    )  # fmt: skip


def _title(p: Picked, drawn: Sequence[Coverage], *, share: bool) -> str:
    what = p.material.sebutan_bagian
    if drawn:
        return finding(drawn, counted=not share, what=what)
    known = [(short_name(name), now) for name, _, now in p.children(p.main or "") if now and now.nilai is not None]
    if not known:
        return f"Angka menurut {what} belum dapat dibandingkan."
    high = max(known, key=lambda pair: (pair[1].nilai or 0, pair[0]))
    low = min(known, key=lambda pair: (pair[1].nilai or 0, pair[0]))
    if len(known) == 1:
        return f"Hanya {high[0]} yang ada angkanya: {high[1].shown}."
    return f"Tertinggi {high[0]}, {high[1].shown}. Terendah {low[0]}, {low[1].shown}."


def _subtitle(p: Picked) -> str:
    code = p.main or ""
    now = p.now(code)
    basis = (
        f"{inside(now.nama_pembilang)}, persen dari {inside(now.nama_penyebut)}" if now and now.nama_penyebut else ""
    )
    known = [(name, f) for name, _, f in p.children(code) if f and f.nilai is not None and f.pembilang is not None]
    parts = [f"{p.defined(code).nama}: {basis}." if basis else f"{p.defined(code).nama}."]
    if known:
        name, low = min(known, key=lambda pair: (pair[1].nilai or 0, pair[0]))
        parts.append(f"Terendah {short_name(name)}: {short(low)}.")
    without = len(p.material.bagian) - len(known)
    if without:
        parts.append(f"{number(without)} dari {number(len(p.material.bagian))} belum ada angkanya.")
    return " ".join(parts)


def _day(p: Picked, *, before: bool) -> str:
    figure = p.before(p.main or "") if before else p.now(p.main or "")
    return long_date(figure.per) if figure else ""


def _sources(figures: Sequence[Figure]) -> str:
    above = sorted({f.sumber_pembilang for f in figures})
    below = sorted({f.sumber_penyebut for f in figures if f.sumber_penyebut})
    return f"Sumber pembilang: {_few(above)}. Sumber penyebut: {_few(below)}."


def _few(names: Sequence[str]) -> str:
    more = f" dan {number(len(names) - 3)} sumber lain (lihat Sumber)" if len(names) > 3 else ""
    return source("; ".join(names[:3])) + more if names else "belum ada"
