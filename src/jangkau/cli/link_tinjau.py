"""`jangkau link tinjau`: a sheet for clerks, what matters most on top, ready to be filled in and put back."""

from pathlib import Path

import click
import polars as pl

from jangkau.cli.common import json_option, minutes_option, print_json, say_problems
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.linker import KEYS
from jangkau.core.linkage.review import sheet
from jangkau.core.outputs import read_table
from jangkau.core.sheet import Writer, workbook
from jangkau.core.tables.results import TAUTAN, USULAN
from jangkau.core.workspace import Workspace, open_workspace


@click.command()
@click.argument("keluaran", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ruang", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Ruang kerjanya."
)
@click.option(
    "--ke", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Lembar tinjauan, .xlsx atau .csv."
)
@click.option("--jam", type=click.FloatRange(min=0), help="Hanya sebanyak yang selesai dalam jam ini.")
@minutes_option
@json_option
@say_problems
def tinjau(*, keluaran: Path, ruang: Path, ke: Path, jam: float | None, menit: float, as_json: bool) -> None:
    """Buat lembar tinjauan: pasangan yang perlu diputus petugas, yang paling berguna lebih dulu."""
    if ke.suffix not in {".xlsx", ".csv"}:
        raise click.BadParameter("berakhir .xlsx atau .csv", param_hint="--ke")
    if ke.exists():
        raise Problem("TINJAUAN_SUDAH_ADA", berkas=ke.name)
    ws = open_workspace(ruang)
    registers = {name: getattr(ws, name) for name in KEYS}
    rows = sheet(read_table(keluaran, USULAN), read_table(keluaran, TAUTAN), registers)
    chosen = rows if jam is None else rows.head(int(jam * 60 / menit))
    _write(chosen, ke, ws)
    if as_json:
        print_json({"berkas": str(ke), "pasangan": len(chosen), "semua": len(rows), "jam": len(chosen) * menit / 60})
    else:
        said = f"{number(len(chosen))} dari {number(len(rows))} pasangan ditulis ke {ke}."
        click.echo(f"{said} Isi keputusan (cocok atau tidak), oleh dan waktu, lalu taruh di ruang kerja sebagai "
                   f"tinjauan{ke.suffix}.")  # fmt: skip


def _write(rows: pl.DataFrame, path: Path, ws: Workspace) -> None:
    draft = path.with_name(f"{path.stem}.sedang{path.suffix}")
    if path.suffix == ".csv":
        rows.write_csv(draft)
    else:
        with workbook(draft, ws.settings.per, "Lembar tinjauan") as book:
            page = book.add_worksheet("tinjauan")
            page.freeze_panes(1, 0)
            writer = Writer(book, page)
            writer.write(rows.columns, "kepala")
            for row in rows.iter_rows():
                writer.write(row)
    draft.replace(path)
