"""Expected poverty averted, for the report: finding, what moves it, who gains, and the doubts beside them."""

from textwrap import fill
from typing import Any

from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.reporting.charts import ACCENT, INK, WIDTH, Spec, draw, spec

Rows = list[dict[str, Any]]
_LEFT, _ROW, _SHOWN, _WRAP = 300, 40, 6, 46
_MEASURES = {
    "P0": "Orang-tahun miskin ekstrem terhindar (P0)",
    "P1": "Kedalaman terhindar (P1)",
    "P2": "Keparahan terhindar (P2)",
    "kematian_diharapkan": "Kematian selama terlindungi",
}


def impact_section(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """`found`: the answer of `impact`. None where there is none, or the plan pays nobody."""
    if not found or not found["orang"]:
        return None
    moving = _moving(found)
    return {
        "kepala": "Dampak yang diharapkan pada kemiskinan ekstrem",
        "judul": _finding(found),
        "anak": found["arti"],
        "gambar": draw(tornado(moving, found["P0"]["nilai"])),
        "alt": "P0 bila satu asumsi digeser. " + "; ".join(f"{row['arti']}: {row['kata']}" for row in moving),
        "kolom": ["Ukuran", "Tengah", "5 sampai 95% tarikan", "Pesimis"],
        "baris": [_cells(name, words, found) for name, words in _MEASURES.items()],
        "desil": {
            "kolom": ["Desil", "Orang", "Iuran (Rp)", "Manfaat diharapkan (Rp)", "P0"],
            "baris": [_group(row) for row in found["menurut"]["desil"]],
        },
        "keraguan": [found["pesimis"]["arti"], *found["catatan"]],
        "sumber": f"{number(found['orang'])} orang, iuran {rupiah(found['biaya']['nilai'])}; "
        f"{number(found['tarikan'])} tarikan dari semua rentang asumsi. Asumsi dan sumbernya: jangkau impact --json.",
    }


def _finding(found: dict[str, Any]) -> str:
    middle, low = number(found["P0"]["nilai"], 1), number(found["pesimis"]["P0"], 1)
    return f"Diharapkan {middle} orang-tahun miskin ekstrem terhindar; dalam hitungan pesimis {low}."


def _cells(name: str, words: str, found: dict[str, Any]) -> list[str]:
    cell, worst = found[name], found["pesimis"].get(name)
    span = f"{number(cell['bawah'], 1)} sampai {number(cell['atas'], 1)}"
    return [words, number(cell["nilai"], 1), span, "–" if worst is None else number(worst, 1)]


def _group(row: dict[str, Any]) -> list[str]:
    money = (number(round(row[name])) for name in ("iuran", "manfaat"))
    return [str(row["desil"]), number(row["orang"]), *money, number(row["P0"], 2)]


def _moving(found: dict[str, Any]) -> Rows:
    meaning = {row["nama"]: row["arti"] for row in found["asumsi"]}
    rows = [bar for bar in found["peka"] if bar["P0_rendah"] != bar["P0_tinggi"]][:_SHOWN]
    ends = [sorted((bar["P0_rendah"], bar["P0_tinggi"])) for bar in rows]
    return [
        {
            "arti": meaning[bar["nama"]],
            "label": fill(meaning[bar["nama"]], _WRAP),
            "awal": low,
            "akhir": high,
            "kata": f"{number(low, 1)} sampai {number(high, 1)}",
        }
        for bar, (low, high) in zip(rows, ends, strict=True)
    ]


def tornado(rows: Rows, middle: float) -> Spec:
    """P0 as each assumption goes to the ends of its range, the widest first; the rule is the middle of all."""
    lines = {"labelExpr": "split(datum.label, '\\n')", "labelLineHeight": 14}
    width = {"labelLimit": _LEFT, "minExtent": _LEFT, "maxExtent": _LEFT}
    y = {"field": "label", "type": "nominal", "sort": None, "axis": {"labelColor": INK, **lines, **width}}
    x = {"field": "awal", "type": "quantitative", "axis": {"tickCount": 5}}
    end, bar = {"field": "akhir", "type": "quantitative"}, {"type": "bar", "color": ACCENT, "height": 16}
    text = {"type": "text", "align": "left", "dx": 6, "color": INK}
    rule = {"type": "rule", "color": INK, "strokeDash": [4, 4]}
    layers = [
        {"mark": bar, "encoding": {"y": y, "x": x, "x2": {"field": "akhir"}}},
        {"mark": text, "encoding": {"y": y, "x": end, "text": {"field": "kata"}}},
        {"mark": rule, "encoding": {"x": {"datum": middle, "type": "quantitative"}}},
    ]
    shape = {"width": WIDTH - _LEFT - 60, "height": _ROW * max(len(rows), 1), "padding": 16}
    return spec({"data": {"values": rows}, "layer": layers, **shape})
