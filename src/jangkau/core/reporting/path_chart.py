"""The picture of a path to a target: from today's people, down by those who stop, up by every group, to the target."""

from itertools import pairwise
from typing import Any

from jangkau.core.kernel.formats import number, percent
from jangkau.core.reporting.charts import ACCENT, INK, MID, RED, SECOND, THIRD, Spec, draw, haloed, heading, spec
from jangkau.core.reporting.summary import millions

_WIDTH, _ROW = 720, 46
_LEFT = 190


def draw_path(path: dict[str, Any]) -> str:
    """SVG text of the waterfall; `path` is what `planning.path_to_target` gives."""
    return draw(path_chart(path))


def path_chart(path: dict[str, Any]) -> Spec:
    """The waterfall as a Vega-Lite specification: one bar a step, the target as a dashed line."""
    rows = waterfall(path)
    goal = path["target_persen"] / 100 * path["hasil"]["penyebut"]
    most = max([goal, *(row["akhir"] for row in rows), *(row["awal"] for row in rows)])
    scale = {"domain": [0, most * 1.16], "nice": False}
    x = {"field": "awal", "type": "quantitative", "scale": scale, "axis": {"tickCount": 6, "format": ",d"}}
    layers = [*_bars(rows, x), *_carried(rows, x), *_goal(path, goal, x)]
    return spec(
        {
            "title": heading(_heading(path), _subtitle(path), 34),
            "layer": layers,
            "width": _WIDTH - _LEFT,
            "height": _ROW * len(rows),
            "padding": 16,
        }
    )


def waterfall(path: dict[str, Any]) -> list[dict[str, Any]]:
    """One row a step with where its bar begins and ends, its label and its colour."""
    total, rows = 0, []
    for at, step in enumerate(path["air_terjun"]):
        end = total + step["orang"]
        rows.append({"langkah": step["langkah"], "awal": total, "akhir": end, **_look(at, step["orang"])})
        total = end
    done = path["hasil"]
    last = {"langkah": f"Akhir {path['tahun']}", "awal": 0, "akhir": done["pembilang"], "warna": ACCENT}
    rows[0]["label"] += f" ({percent(path['dasar']['persen'])})"
    return [*rows, {**last, "label": f"{number(done['pembilang'])} ({percent(done['persen'])})"}]


def _look(at: int, people: int) -> dict[str, str]:
    if at == 0:
        return {"label": number(people), "warna": THIRD}
    return {"label": f"+{number(people)}" if people > 0 else number(people), "warna": MID if people >= 0 else RED}


def _bars(rows: list[dict[str, Any]], x: Spec) -> list[Spec]:
    names = [row["langkah"] for row in rows]
    y = {"field": "langkah", "type": "nominal", "sort": names,
         "axis": {"labelColor": INK, "labelLimit": _LEFT, "minExtent": _LEFT, "maxExtent": _LEFT}}  # fmt: skip
    colour = {"field": "warna", "type": "nominal", "scale": None}
    right = [{**row, "tepi": max(row["awal"], row["akhir"])} for row in rows]
    words = {"type": "text", "align": "left", "dx": 8, "fontWeight": 600, "fontSize": 14}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "height": {"band": 0.62}, "cornerRadius": 2},
            "encoding": {"y": y, "x": x, "x2": {"field": "akhir"}, "color": colour},
        },
        *(
            {**layer, "data": {"values": right}}
            for layer in haloed(words, {"y": y, "x": {**x, "field": "tepi"}, "text": {"field": "label"}})
        ),
    ]


def _carried(rows: list[dict[str, Any]], x: Spec) -> list[Spec]:
    """Thin lines that carry each sum to the next bar."""
    links = [
        {"nilai": a["akhir"], "dari": at * _ROW + 37, "ke": (at + 1) * _ROW + 9}
        for at, (a, _) in enumerate(pairwise(rows))
    ]
    position = {"type": "quantitative", "scale": None}
    return [
        {
            "data": {"values": links},
            "mark": {"type": "rule", "color": SECOND, "strokeWidth": 1},
            "encoding": {
                "x": {**x, "field": "nilai"}, "y": {"field": "dari", **position, "axis": None}, "y2": {"field": "ke"},
            },
        }
    ]  # fmt: skip


def _goal(path: dict[str, Any], goal: float, x: Spec) -> list[Spec]:
    words = f"target {percent(path['target_persen'])}: {number(goal)} orang"
    data = {"values": [{"nilai": goal, "kata": words}]}
    at = {"x": {**x, "field": "nilai"}}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": INK, "y": -8, "y2": "height"},
            "encoding": at,
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "right", "dx": 4, "y": -18, "color": INK, "fontWeight": 600},
            "encoding": {**at, "text": {"field": "kata"}},
        },
    ]


def _heading(path: dict[str, Any]) -> str:
    if path["tercapai"]:
        return f"{percent(path['target_persen'])} pada {path['tahun']} dapat dicapai"
    return f"{percent(path['target_persen'])} pada {path['tahun']} kurang {number(path['kurang'])} orang"


def _subtitle(path: dict[str, Any]) -> list[str]:
    good, bad = (
        f"{_short(end['pemerintah'])} ({percent(end['persen'])})"
        for end in (path["rentang"]["baik"], path["rentang"]["buruk"])
    )
    return [
        f"Campuran termurah bagi pemerintah: {_short(path['biaya']['pemerintah'])} sampai {path['tahun']}.",
        f"Bila semua asumsi baik: {good}; bila semua buruk: {bad}.",
        f"Orang terlindungi, persen dari {path['dasar']['nama_penyebut']}.",
        "Asumsinya kebanyakan berkeyakinan rendah; lihat daftarnya.",
    ]


def _short(value: int) -> str:
    return f"Rp{number(value / 1_000_000_000, 1)} miliar" if value >= 1_000_000_000 else millions(value)
