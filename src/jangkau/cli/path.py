"""`jangkau path`: the cheapest mix of ways to a coverage target."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, progress, say_problems
from jangkau.core.kernel.formats import number, percent, rupiah

_PAYERS = {"pemerintah": "Pemerintah", "pemberi_kerja": "Pemberi kerja", "pekerja": "Pekerja", "lain": "Donatur"}


@click.command()
@click.argument("ruang", type=click.Path(file_okay=False, path_type=Path))
@click.option("--target", required=True, type=click.FloatRange(0, 100), help="Cakupan yang dituju, persen.")
@click.option("--tahun", required=True, type=int, help="Tahun target.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Hasil jangkau run: banyaknya orang layak."
)
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Tulis gambar air terjun ke FILE ini.")
@json_option
@say_problems
def path(ruang: Path, target: float, tahun: int, out: Path | None, svg: Path | None, as_json: bool) -> None:  # noqa: PLR0917
    """Jalur ke target cakupan: campuran termurah, biayanya bagi siapa, dan asumsi yang dipakai."""
    from jangkau.core import to_target
    from jangkau.core.reporting.path_chart import draw_path

    with progress(quiet=as_json) as listener:
        found = to_target.path(ruang, out, target, tahun, listener)
    if svg:
        svg.write_text(draw_path(found), "utf-8")
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    console, base, done = Console(highlight=False), found["dasar"], found["hasil"]
    console.print(
        f"Kini {number(base['pembilang'])} dari {number(base['penyebut'])} orang ({percent(base['persen'])}), "
        f"{base['nama_penyebut']}. Akhir {found['tahun']}: {number(done['pembilang'])} dari {number(done['penyebut'])} "
        f"({percent(done['persen'])})" + ("." if found["tercapai"] else f"; kurang {number(found['kurang'])} orang."),
        soft_wrap=True,
    )
    groups = Table(
        "Kelompok", "Belum terdaftar", "Aktif akhir tahun target", *_PAYERS.values(), title="Siapa membayar apa"
    )
    for group in found["kelompok"]:
        groups.add_row(group["nama"], number(group["orang"]), number(group["aktif"]), *_bills(group["biaya"]))
    groups.add_row("Jumlah", "", "", *_bills(found["biaya"]))
    console.print(groups)
    ends = [found["rentang"][end] for end in ("baik", "buruk")]
    good, bad = (f"{rupiah(end['pemerintah'])} ({percent(end['persen'])})" for end in ends)
    console.print(f"Bila semua asumsi baik: {good}; bila semua buruk: {bad}.", soft_wrap=True)
    weak = sum(a["nilai"] is not None and a["keyakinan"] == "rendah" for a in found["asumsi"])
    console.print(f"{weak} asumsi berkeyakinan rendah; lihat --json, ubah di jalur.yaml.", soft_wrap=True)
    for row in found["acuan"]:
        if row["jenis"] == "target" and row["tahun"] >= base["bulan"] // 12:
            console.print(
                f"Acuan {row['tahun']}: {percent(row['persen'], 2)}, {row['sumber']} (keyakinan {row['keyakinan']})."
            )
    for words in (*found["diminta"], *(f"Catatan: {note}." for note in found["catatan"])):
        console.print(words, soft_wrap=True)


def _bills(cost: dict[str, int]) -> list[str]:
    return [number(cost[payer] / 1_000_000, 1) for payer in _PAYERS]
