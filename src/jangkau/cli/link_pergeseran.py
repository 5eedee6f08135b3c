"""`jangkau link pergeseran`: what has shifted between two workspaces (their registers) or two runs (their links)."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.drift import agreements, chances_alike, links, tables
from jangkau.core.linkage.linker import KEYS
from jangkau.core.linkage.model import load
from jangkau.core.linkage.record import read_record
from jangkau.core.linkage.shift import STEADY, Shift
from jangkau.core.outputs import read_table
from jangkau.core.tables import registers as r
from jangkau.core.tables.results import TAUTAN, USULAN
from jangkau.core.tables.settings import SETTINGS
from jangkau.core.workspace import open_workspace

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_REGISTERS = {"penduduk": r.PENDUDUK, "peserta": r.PESERTA, "kesejahteraan": r.KESEJAHTERAAN}


@click.command()
@click.argument("lama", type=_folder)
@click.argument("baru", type=_folder)
@click.option("--semua", is_flag=True, help="Tampilkan juga yang stabil.")
@json_option
@say_problems
def pergeseran(*, lama: Path, baru: Path, semua: bool, as_json: bool) -> None:
    """Apa yang bergeser dari LAMA ke BARU: dua ruang kerja (registernya) atau dua KELUARAN (tautannya)."""
    folders = (lama, baru)
    if all((folder / SETTINGS).is_file() for folder in folders):
        shifts = _of_registers(*folders)
    elif all((folder / f"{TAUTAN.name}.parquet").is_file() for folder in folders):
        shifts = _of_runs(*folders)
    else:
        raise Problem("PERGESERAN_TAK_SEJENIS")
    if as_json:
        counts = {word: sum(shift.kata == word for shift in shifts) for word in {shift.kata for shift in shifts}}
        print_json({"ringkasan": dict(sorted(counts.items())), "rincian": [asdict(shift) for shift in shifts]})
    else:
        _show(shifts, Console(highlight=False), every=semua)


def _of_registers(old: Path, new: Path) -> list[Shift]:
    sides = [{name: getattr(ws, name) for name in KEYS} for ws in map(open_workspace, (old, new))]
    filled = [{name: data for name, data in side.items() if len(data)} for side in sides]
    found = tables(filled[0], filled[1], _REGISTERS)
    return found + chances_alike(sides[0]["penduduk"], sides[1]["penduduk"], load())


def _of_runs(old: Path, new: Path) -> list[Shift]:
    lines = [read_table(folder, USULAN) for folder in (old, new)]
    found = tables({"usulan": lines[0]}, {"usulan": lines[1]}, {"usulan": USULAN})
    found += links(read_table(old, TAUTAN), read_table(new, TAUTAN), (len(lines[0]), len(lines[1])))
    return found + agreements(read_record(old).kesamaan, read_record(new).kesamaan)


def _show(shifts: list[Shift], console: Console, *, every: bool) -> None:
    shown = [shift for shift in shifts if every or shift.kata != STEADY]
    steady = sum(shift.kata == STEADY for shift in shifts)
    if shown:
        table = Table("Kolom", "Ukuran", "Lama", "Baru", "Kata", title="Pergeseran", title_justify="left")
        for shift in shown:
            cells = (
                ("", f"PSI {number(shift.psi, 2)}") if shift.psi is not None else map(_share, (shift.lama, shift.baru))
            )
            table.add_row(f"{shift.tabel}.{shift.kolom}", shift.ukuran, *cells, shift.kata)
        console.print(table)
    console.print(f"{number(steady)} dari {number(len(shifts))} ukuran stabil.")
    if shown and not every:
        console.print("Yang bergeser jauh perlu ditanyakan ke sumbernya sebelum tautannya dipercaya.")


def _share(value: dict[str, Any] | None) -> str:
    if value is None or value["nilai"] is None:
        return "–"
    if value["penyebut"] is None:
        return f"{100 * value['nilai']:.3g}%".replace(".", ",")
    return f"{percent(100 * value['nilai'])} ({number(value['pembilang'])}/{number(value['penyebut'])})"
