"""`jangkau link evaluate`: how good the links of OUT are, against a truth."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.core.engine import polars
from jangkau.core.kernel.formats import number, percent
from jangkau.core.linkage.assess import HARMS, Run, assess
from jangkau.core.linkage.groups import WAYS
from jangkau.core.linkage.truth import KEYS, read_truth
from jangkau.core.outputs import read_table
from jangkau.core.tables.results import MASALAH, TAUTAN, USULAN
from jangkau.core.tables.settings import SETTINGS
from jangkau.core.workspace import Workspace, open_workspace

_RATES = {
    "presisi": "benar di antara yang diputus cocok",
    "perolehan": "diputus cocok di antara yang seharusnya",
    "dipertimbangkan": "ada di tautan di antara yang seharusnya",
    "tinjau": "usulan yang perlu ditinjau",
    "tinjau_berguna": "tinjauan yang memuat jawaban benar",
}
LONGEST = 15
_HARMS = {"ditemukan": "Ditemukan", "salah": "Salah orang", "terlewat": "Terlewat", "tinjau": "Ditinjau"}


@click.command()
@click.argument("keluaran", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--truth",
    "truth_path",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Berkas atau folder kebenaran: id_usulan dan nik, atau id_usulan, register dan id_register.",
)
@click.option("--register", type=click.Choice(list(KEYS)), default="penduduk", show_default=True, help="Yang dirinci.")
@click.option(
    "--ruang",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Ruang kerja, untuk rincian jenis kesalahan dan kelompok. Bawaan: folder di atas kebenaran.",
)
@json_option
@say_problems
def evaluate(keluaran: Path, truth_path: Path, register: str, ruang: Path | None, as_json: bool) -> None:
    """Bandingkan tautan di KELUARAN dengan kebenaran: benar, salah, terlewat, perlu ditinjau."""
    workspace = _workspace(ruang, truth_path)
    known = polars(workspace.penduduk.select("nik")) if workspace else None
    truth = read_truth(truth_path, known)
    usulan, tautan, masalah = (read_table(keluaran, table) for table in (USULAN, TAUTAN, MASALAH))
    beside = (workspace.penduduk, workspace.settings.per) if workspace else (None, None)
    report = assess(Run(usulan, tautan, masalah, *beside), truth, register)
    if as_json:
        print_json(report)
    else:
        _show(report, Console(highlight=False))


def _workspace(ruang: Path | None, truth: Path) -> Workspace | None:
    above = truth.resolve().parent if truth.is_dir() else truth.resolve().parent.parent
    folder = ruang or (above if (above / SETTINGS).is_file() else None)
    return open_workspace(folder) if folder else None


def _show(report: dict[str, Any], console: Console) -> None:
    console.print(_rates(report["register"]))
    for name, bands in report["keandalan"].items():
        if name == report["rincian"]:
            console.print(_bands(name, bands))
    if report.get("jenis"):
        console.print(_harms("Menurut jenis kesalahan", [(row["arti"], row) for row in report["jenis"]]))
    for way, words in WAYS.items():
        rows = [(row["kelompok"], row) for row in report.get("kelompok", []) if row["menurut"] == way]
        if rows:
            console.print(_harms(f"Menurut {words}", rows))
    console.print(_people(report["orang"]))
    for note in report["catatan"]:
        console.print(f"Catatan: {note}", soft_wrap=True)
    worse = [row for row in report.get("kelompok", []) if row["lebih_buruk"]]
    for row in worse:
        harms = ", ".join(_HARMS[harm].lower() for harm in row["lebih_buruk"])
        words = f"{WAYS[row['menurut']]} {row['kelompok']}: lebih sering {harms} daripada yang lain, bukan kebetulan."
        console.print(f"Perhatian: {words}", soft_wrap=True)


def _rates(registers: dict[str, dict[str, Any]]) -> Table:
    table = Table("", *registers, title="Mutu tautan", title_justify="left")
    for name, words in (("f1", "F1"), ("f1_sesudah_tinjau", "F1 bila semua tinjauan dijawab benar")):
        table.add_row(words, *(percent(100 * score[name], 2) for score in registers.values()))
    for rate, words in _RATES.items():
        table.add_row(words, *(share(score[rate]) for score in registers.values()))
    return table


def _bands(register: str, bands: list[dict[str, Any]]) -> Table:
    title = f"Peluang yang ditulis dan yang terjadi: {register}"
    table = Table("Pasangan", "Ditulis", "Terjadi", "Rentang 95%", title=title, title_justify="left")
    for band in bands:
        limits = f"{percent(100 * band['bawah'])} – {percent(100 * band['atas'])}"
        shown = (percent(100 * band["peluang"]), percent(100 * band["benar"]))
        table.add_row(number(band["pasangan"]), *shown, limits)
    return table


def _harms(title: str, rows: list[tuple[str, dict[str, Any]]]) -> Table:
    """The groups that fare worst first; a star where it is no chance."""
    table = Table("", "Baris", *_HARMS.values(), title=title, title_justify="left")
    ranked = sorted(rows, key=lambda item: (-_hurt(item[1]), -item[1]["baris"]))
    if len(ranked) > LONGEST:
        table.caption = f"dan {number(len(ranked) - LONGEST)} lagi; semuanya dengan --json"
    for words, row in ranked[:LONGEST]:
        marks = row.get("lebih_buruk", [])
        cells = [share(row[harm]) + (" *" if harm in marks else "") for harm in _HARMS]
        table.add_row(words, number(row["baris"]), *cells)
    return table


def _hurt(row: dict[str, Any]) -> int:
    return sum(int(row[harm]["pembilang"]) for harm in HARMS)


def _people(people: dict[str, Any]) -> Table:
    table = Table(show_header=False, title="Usulan yang disatukan sebagai satu orang", title_justify="left")
    table.add_row("pasangan disatukan yang memang satu orang", share(people["pasangan_presisi"]))
    table.add_row("pasangan satu orang yang disatukan", share(people["pasangan_perolehan"]))
    table.add_row("presisi B-kubik", percent(100 * people["b3_presisi"], 2))
    table.add_row("perolehan B-kubik", percent(100 * people["b3_perolehan"], 2))
    return table


def share(value: dict[str, Any]) -> str:
    """`98,2% (112 / 114)`; nothing to count is `–`."""
    if value["nilai"] is None:
        return "–"
    return f"{percent(100 * value['nilai'], 2)} ({number(value['pembilang'])} / {number(value['penyebut'])})"
