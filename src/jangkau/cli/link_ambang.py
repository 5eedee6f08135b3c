"""`jangkau link ambang`: the thresholds that the hours of the clerks allow, and what they leave wrong."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, minutes_option, print_json, say_problems
from jangkau.core.kernel.formats import number
from jangkau.core.linkage.model import Thresholds
from jangkau.core.linkage.record import read_record
from jangkau.core.linkage.thresholds import WORTH, best, cost, happened, open_pairs
from jangkau.core.linkage.truth import read_truth
from jangkau.core.outputs import read_table
from jangkau.core.tables.results import TAUTAN

_SHARES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)


@click.command("ambang")
@click.argument("keluaran", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--jam", required=True, type=click.FloatRange(min=0), help="Jam kerja yang ada untuk meninjau.")
@minutes_option
@click.option(
    "--salah-setara",
    "setara",
    default=WORTH,
    show_default=True,
    type=click.FloatRange(min=0.1, max=100),
    help="Satu tautan salah sama buruknya dengan berapa tautan terlewat.",
)
@click.option(
    "--truth", "truth_path", type=click.Path(exists=True, path_type=Path), help="Kebenaran, bila ada; lihat evaluate."
)
@json_option
@say_problems
def ambang(*, keluaran: Path, jam: float, menit: float, setara: float, truth_path: Path | None, as_json: bool) -> None:
    """Pilih batas cocok dan tinjau dari jam kerja yang ada: yang menyisakan kesalahan paling sedikit."""
    pairs = open_pairs(read_table(keluaran, TAUTAN))
    truth = read_truth(truth_path) if truth_path else None

    def row(limits: Thresholds) -> dict[str, Any]:
        made = cost(pairs, limits).as_dict(menit)
        return made | ({"terjadi": happened(pairs, truth, limits)} if truth else {})

    hours = [share * jam for share in _SHARES]
    choices = [{"jam_tersedia": each, **row(best(pairs, int(each * 60 / menit), setara).ambang)} for each in hours]
    given = {"jam": jam, "menit_per_pasangan": menit, "salah_setara": setara, "pasangan": len(pairs)}
    used = {"berlaku": row(read_record(keluaran).ambang), "pilihan": choices}
    report = given | used | {"saran": choices[_SHARES.index(1.0)]}
    if as_json:
        print_json(report)
    else:
        _show(report, Console(highlight=False))


def _show(report: dict[str, Any], console: Console) -> None:
    truth = "terjadi" in report["saran"]
    heads = ["Jam ada", "Perlu", "Ditinjau", "Cocok", "Tinjau", "Salah", "Terlewat"]
    table = Table(*heads, *(["Nyata: salah", "terlewat"] if truth else []), title="Batas dan harganya")
    rows = [("berlaku", report["berlaku"])]
    rows += [(number(choice["jam_tersedia"], 1), choice) for choice in report["pilihan"]]
    for name, made in rows:
        real = [number(made["terjadi"][kind]) for kind in ("salah", "terlewat")] if truth else []
        table.add_row(name, *_cells(made), *real)
    console.print(table)
    advice = report["saran"]
    chosen = advice["ambang"]
    console.print(
        f"Saran untuk {number(report['jam'], 1)} jam: tulis di jangkau.yaml\n\n"
        f"ambang: {{cocok: {chosen['cocok']:.3f}, tinjau: {chosen['tinjau']:.3f}}}\n\n"
        f"Tanpa dilihat tersisa kira-kira {_range(advice['salah'])} tautan salah dan "
        f"{_range(advice['terlewat'])} terlewat (rentang 5–95%), dihitung dari peluangnya sendiri. "
        "Periksa peluang itu dengan `jangkau link evaluate`.",
        soft_wrap=True,
    )


def _cells(made: dict[str, Any]) -> list[str]:
    limits = [number(made["ambang"][name], 3) for name in ("cocok", "tinjau")]
    errors = [number(made[kind]["harapan"], 1) for kind in ("salah", "terlewat")]
    return [number(made["jam"], 1), number(made["ditinjau"]), *limits, *errors]


def _range(made: dict[str, float]) -> str:
    return f"{number(made['harapan'], 1)} ({number(made['bawah'], 1)}–{number(made['atas'], 1)})"
