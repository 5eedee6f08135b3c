"""The main job's commands: a workspace in, OUT's tables and documents out.

What a command works with is loaded when it works, so that help and wrong usage are told at once.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, model_option, print_json, progress, say_problems
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.semester import KINDS, Semester

if TYPE_CHECKING:
    from jangkau.core.linkage import Engine
    from jangkau.core.pipeline import Outcome

_folder = click.argument("ruang", type=click.Path(file_okay=False, path_type=Path))
_out = click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder keluaran.")
_engine = click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Mesin pencocokan: komputer ini, atau Spark (lihat docs/panduan/skala-nasional.md). Hasilnya sama.",
)


_LINKING = ("run", "link")


def _opened(engine: str) -> "Engine | None":
    from jangkau.core.linkage.spark import Options, on_spark

    return on_spark(Options.read(os.environ)) if engine == "spark" else None


def _job(name: str, words: str) -> click.Command:
    """The command of a step of the pipeline, which turns a workspace into files of OUT, and says what came of it."""

    @click.command(name, help=words)
    @_folder
    @_out
    @_engine
    @model_option
    @json_option
    @say_problems
    def command(ruang: Path, out: Path, engine: str, model: Path | None, as_json: bool) -> None:
        from jangkau.core import pipeline

        # The other steps start from links already made, whichever engine and model are named.
        linked = {"engine": _opened(engine), "model": model} if name in _LINKING else {}
        with progress(quiet=as_json) as listener:
            outcome = getattr(pipeline, name)(ruang, out, listener, **linked)
        if as_json:
            told = {"ringkasan": outcome.ringkasan, "keluaran": str(out), "berkas": outcome.berkas}
            print_json(told | ({"blok": outcome.blok} if outcome.blok else {}))
        else:
            _show(outcome, out)

    return command


run = _job("run", "Seluruh pekerjaan: dari daftar desa sampai rencana, cakupan dan laporan.")
link_workspace = _job("link", "Baca dan cocokkan daftar saja.")
plan = _job("plan", "Susun ulang rencana dari tabel di KELUARAN.")
_documents = _job("report", "")


@click.command()
@_folder
@_out
@click.option("--semester", help="Laporan semester saja, TTTT-1 atau TTTT-2; `kini` berarti semester tanggal data.")
@click.option("--wilayah", default="", help="Kode satu wilayah; bawaan: provinsi dan tiap kabupaten/kota.")
@click.option(
    "--jenis", "kinds", multiple=True, type=click.Choice(KINDS), help="Jenis laporan semester; boleh berulang."
)
@json_option
@say_problems
def report(
    ruang: Path, out: Path, *, semester: str | None, wilayah: str, kinds: tuple[str, ...], as_json: bool
) -> None:
    """Buat ulang lampiran SK, berkas unggah dan laporan dari tabel di KELUARAN; dengan --semester, laporan semester."""
    if semester is None:
        if wilayah or kinds:
            raise click.UsageError("--wilayah dan --jenis hanya untuk laporan semester; tulis juga --semester.")
        click.get_current_context().invoke(
            _documents, ruang=ruang, out=out, engine="polars", model=None, as_json=as_json
        )
        return
    from jangkau.core.half_year import FOLDER, write_half_year

    chosen = None if semester == "kini" else Semester.read(semester)
    with progress(quiet=as_json) as listener:
        written = write_half_year(ruang, out, chosen, listener, region=wilayah, kinds=kinds)
    if as_json:
        print_json({"keluaran": str(out), "berkas": [path.relative_to(out).as_posix() for path in written]})
    else:
        click.echo(f"{number(len(written))} laporan semester di {out / FOLDER}")


@click.command()
@_folder
@json_option
@say_problems
def check(ruang: Path, as_json: bool) -> None:
    """Periksa daftar desa saja: masalah dan apa yang perlu dilakukan."""
    from jangkau.core import pipeline
    from jangkau.core.engine import polars

    with progress(quiet=as_json) as listener:
        masalah = polars(pipeline.check(ruang, listener))
    if as_json:
        print_json({"masalah": masalah.to_dicts()})
        return
    table = Table("Masalah", "Tingkat", "Baris", title="Masalah dalam daftar")
    for kode, tingkat, count in (
        masalah.group_by("kode", "tingkat").len().sort("len", "kode", descending=[True, False]).rows()
    ):
        table.add_row(kode, tingkat, number(count))
    Console().print(table)


@click.command()
@click.argument("keluaran", type=click.Path(file_okay=False, path_type=Path))
@json_option
@say_problems
def verify(keluaran: Path, as_json: bool) -> None:
    """Periksa rencana di KELUARAN dan sertifikatnya, tanpa penyusun rencana. Kode keluar 0 atau 1."""
    from jangkau.core.planning.verify import verify as verified

    findings: list[Any] = verified(keluaran)
    if as_json:
        print_json({"sah": not findings, "temuan": findings})
    else:
        for finding in findings:
            click.echo(f"{finding['pesan']} {finding['saran']}".strip())
        click.echo("Rencana sah." if not findings else f"Rencana tidak sah: {len(findings)} temuan.")
    sys.exit(1 if findings else 0)


_WHAT_FOR = {
    "laporan.pdf": "laporan untuk kepala daerah",
    "lampiran_sk": "lampiran SK tiap kabupaten/kota, PDF dan Excel",
    "unggah": "berkas unggah ke BPJS Ketenagakerjaan, satu tiap dana",
    "masalah.xlsx": "perbaikan daftar, untuk dikirim kembali ke desa",
    "cakupan.csv": "cakupan sebelum dan sesudah rencana",
    "kas.csv": "uang yang diperlukan tiap dana dan bulan",
    "henti.csv": "siapa yang berhenti bila tidak diteruskan, dan biaya menjembataninya",
    "rencana.json": "rencana dengan buktinya; periksa dengan `jangkau verify`",
}


def _show(outcome: "Outcome", out: Path) -> None:
    console = Console(highlight=False)
    if outcome.ringkasan:
        table = Table(show_header=False, title="Hasil", title_justify="left")
        for row in outcome.ringkasan:
            style = "bold red" if row["ukuran"] == "Peringatan" else None
            table.add_row(*(str(row[key]) for key in ("ukuran", "nilai", "catatan")), style=style)
        console.print(table)
    written = {name.split("/")[0] for name in outcome.berkas}
    for name, use in _WHAT_FOR.items():
        if name in written:
            console.print(f"{out / name}: {use}", soft_wrap=True)
    if outcome.blok:
        console.print(_weighed(outcome.blok), soft_wrap=True)
    console.print(f"{number(len(outcome.berkas))} berkas di {out}", soft_wrap=True)


def _weighed(blocks: list[dict[str, Any]]) -> str:
    """One line on the pairs that were weighed, and on what was left out."""
    pairs = sum(block["pasangan"] for block in blocks)
    rules = [(block["kanan"], rule) for block in blocks for rule in block.get("aturan", ())]
    crowded = sum(rule["kunci_padat"] for _, rule in rules)
    line = f"Pasangan ditimbang: {number(pairs)}; kunci yang terlalu ramai dilewati: {number(crowded)}."
    skipped = sorted({f"{rule['aturan']} ({right})" for right, rule in rules if rule["pasangan"] is None})
    return f"{line} Anggaran habis sebelum aturan: {'; '.join(skipped)}." if skipped else line
