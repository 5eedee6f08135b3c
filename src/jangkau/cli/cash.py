"""`jangkau cash`: when the money of a finished plan is needed, and who falls out when it ends."""

from pathlib import Path
from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems, say_too_short, too_short
from jangkau.core.engine import polars
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import Problem
from jangkau.core.outputs import read_table
from jangkau.core.tables.results import HENTI, KAS


@click.command()
@click.argument("keluaran", type=click.Path(file_okay=False, path_type=Path))
@click.option("--dana", "code", help="Hanya dana ini.")
@json_option
@say_problems
def cash(keluaran: Path, code: str | None, as_json: bool) -> None:
    """Kalender kas: uang tiap bulan, kapan habis, dan siapa yang berhenti, dari tabel di KELUARAN."""
    kas, henti = polars(read_table(keluaran, KAS)), polars(read_table(keluaran, HENTI))
    if code is not None:
        kas = kas.filter(pl.col("dana") == code)
        if kas.is_empty():
            raise Problem("DANA_TIDAK_ADA", dana=code)
    months = kas.group_by("bulan").agg(pl.col("orang", "iuran", "iuran_sekaligus", "sisa").sum()).sort("bulan")
    ends = henti.group_by("kelompok", "bulan").agg(pl.col("orang", "jembatan_sebulan", "jembatan").sum())
    ends = ends.sort("kelompok", "bulan", descending=[True, False])
    if as_json:
        tables = {"bulan": months.to_dicts(), "kas": kas.to_dicts(), "henti": henti.to_dicts()}
        print_json({**tables, **too_short(keluaran)})
        return
    _show("Uang tiap bulan", months, ("Bulan", "Orang", "Iuran bulanan", "Bila sekaligus", "Sisa"))
    _show("Berhenti bila tidak diteruskan", ends, ("Kelompok", "Bulan", "Orang", "Satu bulan lagi", "Semua tunggakan"))
    say_too_short(keluaran)


def _show(title: str, rows: pl.DataFrame, columns: tuple[str, ...]) -> None:
    table = Table(*columns, title=title, title_justify="left")
    for row in rows.rows():
        table.add_row(*map(_cell, row))
    Console(highlight=False).print(table)


def _cell(value: Any) -> str:
    return number(value) if isinstance(value, int) else str(value)
