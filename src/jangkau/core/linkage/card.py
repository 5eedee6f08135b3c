"""The model card: what the linkage model is, how it was made, how well it does and for whom, and when not to use it.

Its figures are measured by `benchmarks/linkage_tools/card.py` and kept in `kartu.json` beside the model; this module
adds them up and turns them into the page docs/kartu-model.md.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.formats import long_date, number, percent
from jangkau.core.linkage.comparisons import Level
from jangkau.core.linkage.explain import meaning, title
from jangkau.core.linkage.groups import WAYS
from jangkau.core.linkage.model import Model, load
from jangkau.core.linkage.proportions import Share, difference

Row = dict[str, Any]
SHOWN = {"ditemukan": "ditemukan", "salah": "salah orang", "terlewat": "terlewat", "tinjau": "ditinjau"}
FEWEST = 30  # rows from which a group stands in the card
# Among some thirty shares some differ by chance; see `assess`.
LEVEL = 0.999


def card() -> Row:
    """The measured figures."""
    return dict(json.loads((files(__package__) / "kartu.json").read_text("utf-8")))


def pooled(runs: list[Row]) -> Row:
    """Reports of `assess` (with nama, gangguan, usulan, penduduk) as the figures of one card."""
    kept = ("nama", "gangguan", "usulan", "penduduk", "register", "orang")
    return {
        "ukuran": [{name: run[name] for name in kept} for run in runs],
        "keandalan": _bands(run["keandalan"]["penduduk"] for run in runs),
        "jenis": _added([row for run in runs for row in run["jenis"]], lambda row: {"arti": row["arti"]}),
        "kelompok": _added(
            [row for run in runs for row in run["kelompok"]],
            lambda row: {"menurut": row["menurut"], "kelompok": row["kelompok"]},
        ),
    }


def _bands(reports: Iterable[list[Row]]) -> list[Row]:
    """Bands of several runs as one: pairs, mean stated, how many were true."""
    total: dict[int, list[float]] = {}
    for band in (band for report in reports for band in report):
        sums = total.setdefault(band["pita"], [0, 0.0, 0])
        count = band["pasangan"]
        for place, more in enumerate((count, count * band["peluang"], round(count * band["benar"]))):
            sums[place] += more
    return [
        {"pita": pita, "peluang": stated / count, "terjadi": Share(int(true), int(count)).as_dict()}
        for pita, (count, stated, true) in sorted(total.items())
    ]


def _added(rows: list[Row], name: Callable[[Row], Row]) -> list[Row]:
    """Numerators and denominators of equal names added up."""
    total: dict[str, tuple[Row, dict[str, list[int]]]] = {}
    for row in rows:
        named = name(row)
        sums = total.setdefault(json.dumps(named), (named, {harm: [0, 0] for harm in SHOWN}))[1]
        for harm in SHOWN:
            for place, part in enumerate(("pembilang", "penyebut")):
                sums[harm][place] += row[harm][part]
    return [named | {harm: Share(*pair).as_dict() for harm, pair in sums.items()} for named, sums in total.values()]


def page() -> str:
    """docs/kartu-model.md."""
    figures, model = card(), load()
    text = (files(__package__) / "kartu_model.md").read_text("utf-8")
    return text.format(
        versi=figures["versi"],
        cocok=percent(100 * model.thresholds.cocok, 0),
        tinjau=percent(100 * model.thresholds.tinjau, 0),
        tanggal=long_date(date.fromisoformat(figures["tanggal"])),
        besar=_sizes(figures["ukuran"]),
        mutu=_quality(figures["ukuran"]),
        keandalan=_reliability(figures["keandalan"]),
        jenis=_kinds(figures["jenis"]),
        kelompok="\n\n".join(_groups(figures["kelompok"], *way) for way in WAYS.items()),
        bobot=_weights(model),
    )


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _share(value: Row, decimals: int = 2) -> str:
    """`99,21% (1.234 / 1.244)`; nothing to count is `–`."""
    if value["nilai"] is None:
        return "–"
    counts = f"{number(value['pembilang'])} / {number(value['penyebut'])}"
    return f"{percent(100 * value['nilai'], decimals)} ({counts})"


def _quality(runs: list[Row]) -> str:
    rows = [
        [
            f"{run['nama']}, kesalahan {number(run['gangguan'])}×",
            register,
            *(percent(100 * score[name], 2) for name in ("f1", "f1_sesudah_tinjau")),
            *(_share(score[rate]) for rate in ("presisi", "perolehan", "tinjau")),
        ]
        for run in runs
        for register, score in run["register"].items()
    ]
    return _table(["data", "register", "F1", "F1 sesudah ditinjau", "presisi", "perolehan", "perlu ditinjau"], rows)


def _sizes(runs: list[Row]) -> str:
    sizes = {run["nama"]: f"{number(run['usulan'])} × {number(run['penduduk'])}" for run in runs}
    return ", ".join(f"{name} {size}" for name, size in sizes.items())


def _reliability(bands: list[Row]) -> str:
    rows = [[percent(100 * band["peluang"], 2), _share(band["terjadi"]), _interval(band["terjadi"])] for band in bands]
    return _table(["ditulis rata-rata", "ternyata orang yang sama", "rentang 95%"], rows)


def _interval(value: Row) -> str:
    return f"{percent(100 * value['bawah'], 1)} – {percent(100 * value['atas'], 1)}"


def _kinds(kinds: list[Row]) -> str:
    ranked = sorted(kinds, key=lambda row: (row["ditemukan"]["nilai"] or 0.0, row["arti"]))
    return _table(["kesalahan dalam daftar", *SHOWN.values()], [[row["arti"], *_shares(row)] for row in ranked])


def _groups(groups: list[Row], way: str, words: str) -> str:
    rows = [row for row in groups if row["menurut"] == way and row["salah"]["penyebut"] >= FEWEST]
    marked = [[row["kelompok"], *_shares(row, rows)] for row in sorted(rows, key=lambda row: row["kelompok"])]
    return f"### Menurut {words}\n\n{_table([words, *SHOWN.values()], marked)}"


def _shares(row: Row, beside: list[Row] | None = None) -> list[str]:
    """The four shares of a row, a star where it fares worse than all `beside` it taken together, beyond chance."""
    return [_share(row[harm]) + (" *" if beside and _worse(row, beside, harm) else "") for harm in SHOWN]


def _worse(row: Row, every: list[Row], harm: str) -> bool:
    if harm == "ditemukan":
        return False
    mine = Share(row[harm]["pembilang"], row[harm]["penyebut"])
    total = [sum(other[harm][part] for other in every) for part in ("pembilang", "penyebut")]
    return difference(mine, Share(total[0] - mine.k, total[1] - mine.n), LEVEL)[0] > 0


def _weights(model: Model) -> str:
    rows = [
        [title(comparison.name), meaning(comparison.name, level.label), _bits(model, comparison.name, level)]
        for comparison in model.comparisons
        for level in comparison.levels
    ]
    return _table(["perbandingan", "temuan", "bit"], rows)


def _bits(model: Model, comparison: str, level: Level) -> str:
    return number(model.weight(comparison, level.label), 1) + (" (tetap)" if level.fixed else "")
