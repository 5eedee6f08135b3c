"""`jangkau link jelaskan`: why a pair has its probability."""

from functools import partial
from pathlib import Path

import click
import narwhals as nw
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, model_option, print_json, say_problems
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder
from jangkau.core.linkage.explain_link import Comparison, Why, pick, why
from jangkau.core.linkage.linker import KEYS, by_key
from jangkau.core.linkage.model import Thresholds, with_limits
from jangkau.core.linkage.model_file import model_in
from jangkau.core.linkage.shelf import Shelf, kept
from jangkau.core.outputs import read_table
from jangkau.core.reporting.waterfall import Limits, Step, draw, percent, signed
from jangkau.core.tables.results import TAUTAN
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import SETTINGS
from jangkau.core.workspace import LISTS, open_register, read_settings, register_files


@click.command()
@click.argument("ruang", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("keluaran", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--usulan", required=True, help="id_usulan dari tautan.parquet.")
@click.option("--register", type=click.Choice(list(KEYS)), default="penduduk", show_default=True, help="Registernya.")
@click.option("--id-register", help="Kunci baris register; bila kosong, calon terkuat.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Simpan gambarnya di berkas ini.")
@model_option
@click.option("--buka-nik", is_flag=True, help="Tampilkan NIK utuh.")
@json_option
@say_problems
def jelaskan(
    ruang: Path,
    keluaran: Path,
    *,
    usulan: str,
    register: str,
    id_register: str | None,
    svg: Path | None,
    buka_nik: bool,
    model: Path | None,
    as_json: bool,
) -> None:
    """Jelaskan satu tautan di KELUARAN: bukti apa yang menambah dan mengurangi peluangnya."""
    link = pick(read_table(keluaran, TAUTAN), usulan, register, id_register)
    own = read_settings(ruang / SETTINGS)
    chosen = with_limits(model_in(ruang, model), own)
    lists = read_folder(ruang / LISTS, Regions.load(own.provinsi), own, only=usulan).usulan
    registers, files = _registers(ruang, ("penduduk", register))
    proposal = lists.filter(nw.col("id_usulan") == usulan)
    answer = why(link, proposal, registers, chosen, reveal=buka_nik, engine=kept(files))
    written = _write(svg, answer, chosen.thresholds) if svg else []
    if as_json:
        print_json(answer.as_dict() | {"gambar": [str(path) for path in written]})
    else:
        _show(answer, written, Console(highlight=False))


def _registers(ruang: Path, names: tuple[str, ...]) -> tuple[dict[str, Frame], dict[str, Path]]:
    """Registers by key, and their files."""
    files = {name: path for name, path in register_files(ruang).items() if name in names}
    if len(files) < len(set(names)):
        return {name: open_register(ruang, name) for name in names}, files
    shelf = Shelf(files)
    return {name: shelf.rows(name, partial(_by_key, ruang, name)) for name in files}, files


def _by_key(ruang: Path, name: str) -> Frame:
    return by_key(open_register(ruang, name), KEYS[name])


def _write(svg: Path, answer: Why, thresholds: Thresholds) -> list[Path]:
    """One picture a step, the second one numbered."""
    limits = Limits(thresholds.tinjau, thresholds.cocok)
    paths = []
    for at, step in enumerate(answer.langkah):
        path = svg if at == 0 else svg.with_stem(f"{svg.stem}-{at + 1}")
        silent = step.bukti.kosong
        closing = f"Tidak dibandingkan karena kosong: {', '.join(silent)}." if silent else ""
        path.write_text(draw(_steps(step), limits, _heading(step), closing), "utf-8")
        paths.append(path)
    return paths


def _heading(step: Comparison) -> str:
    return f"Mengapa {step.kiri} dan {step.kanan} ini dinilai orang yang sama atau bukan"


def _steps(step: Comparison) -> list[Step]:
    told = [(bar, " · ".join(part or "kosong" for part in pair) if any(pair) else "") for bar, pair in step.rows()]
    return [Step(bar.judul, values, bar.isi, bar.bit) for bar, values in told]


def _show(answer: Why, written: list[Path], console: Console) -> None:
    for step in answer.langkah:
        table = Table("Bukti", step.kiri, step.kanan, "Temuan", "Bit", title=_heading(step), title_justify="left")
        for bar, pair in step.rows():
            table.add_row(bar.judul, *pair, bar.isi, signed(bar.bit))
        for name in step.bukti.kosong:
            table.add_row(name, "", "", "tidak dibandingkan: kosong", "")
        table.add_section()
        table.add_row("Peluang", "", "", "jumlah semua bukti", percent(step.bukti.peluang))
        console.print(table)
    console.print("Tambah 1 bit berarti dua kali lebih mungkin orang yang sama; kurang 1 bit, setengahnya.")
    if answer.lewat:
        _chain(answer, console)
    console.print(f"Peluang {percent(answer.peluang)}, keputusan: {answer.keputusan}.")
    for path in written:
        console.print(f"Gambar: {path}", soft_wrap=True)


def _chain(answer: Why, console: Console) -> None:
    """The residents in between, and how their chances add up."""
    table = Table("Lewat penduduk", "usulan", answer.register, "keduanya", title="Dihubungkan lewat penduduk yang sama")
    for one in answer.lewat:
        table.add_row(one.penduduk, percent(one.usulan), percent(one.baris), percent(one.bersama))
    console.print(table)
    console.print(f"Jumlah {percent(sum(one.bersama for one in answer.lewat))} lewat {len(answer.lewat)} penduduk.")
