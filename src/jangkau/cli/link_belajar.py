"""`jangkau link belajar`: probabilities that learn from what clerks decided, or a reason why not yet."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.core.engine import polars
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.learn import Lesson, learn
from jangkau.core.linkage.model_file import FILE, read_model, taught
from jangkau.core.linkage.record import read_record
from jangkau.core.linkage.thresholds import open_pairs
from jangkau.core.outputs import read_table, write_json
from jangkau.core.register_files import read_register
from jangkau.core.tables.registers import TINJAUAN
from jangkau.core.tables.results import TAUTAN

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("keluaran", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keputusan", required=True, type=_file, help="Keputusan petugas: lembar tinjauan yang sudah diisi.")
@click.option("--ke", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Berkas model baru.")
@click.option("--model", type=_file, help="Model yang dipakai untuk KELUARAN, bila bukan bawaan.")
@json_option
@say_problems
def belajar(keluaran: Path, keputusan: Path, ke: Path, model: Path | None, as_json: bool) -> None:
    """Sesuaikan peluang dengan keputusan petugas. Ditolak bila keputusannya sedikit, sepihak atau bertentangan."""
    used, known = read_record(keluaran), read_model(model)
    if used.versi != known.version:
        raise Problem("MODEL_LAIN", dipakai=used.versi, diberi=known.version)
    decisions = polars(read_register(keputusan, keputusan.name, TINJAUAN, []))
    lessons = learn(open_pairs(read_table(keluaran, TAUTAN)), decisions, used.ambang)
    if not any(lesson.curve for lesson in lessons):
        reasons = " ".join(lesson.refused for lesson in lessons) or "Belum ada keputusan yang diisi."
        raise Problem("BELAJAR_DITOLAK", sebab=reasons)
    data = taught(model, lessons)
    draft = ke.with_name(f"{ke.name}.sedang")
    write_json(data, draft)
    draft.replace(ke)
    if as_json:
        print_json({"versi": data["versi"], "register": {lesson.register: _report(lesson) for lesson in lessons}})
    else:
        _show(lessons, data["versi"], ke, Console(highlight=False))


def _report(lesson: Lesson) -> dict[str, Any]:
    return {"dipelajari": bool(lesson.curve), "alasan": lesson.refused or None, **lesson.report}


def _show(lessons: list[Lesson], version: str, target: Path, console: Console) -> None:
    for lesson in lessons:
        if lesson.refused:
            console.print(f"Tidak berubah. {lesson.refused}", soft_wrap=True)
            continue
        console.print(_bands(lesson))
        changes = lesson.report["berubah"].items()
        said = ", ".join(f"{number(count)} {change}" for change, count in changes) or "tidak ada"
        console.print(f"Keputusan yang berubah: {said}.", soft_wrap=True)
    console.print(f"Model {version} ditulis ke {target}.", soft_wrap=True)
    console.print(f"Ruang kerja yang berisi {FILE} dicocokkan dengannya.")


def _bands(lesson: Lesson) -> Table:
    report = lesson.report
    title = f"{lesson.register}: {number(report['label'])} keputusan dipakai, {number(report['dibuang'])} tidak"
    table = Table("Peluang", "Keputusan", "Ditulis", "Nyata", "Menjadi", title=title, title_justify="left")
    for band in report["pita"]:
        share = band["nyata"]
        span = f"{number(band['dari'], 2)}–{number(band['sampai'], 2)}"
        shown = [percent(100 * value) for value in (band["ditulis"], share["nilai"], band["menjadi"])]
        table.add_row(span, f"{number(share['pembilang'])} / {number(share['penyebut'])}", *shown)
    return table
