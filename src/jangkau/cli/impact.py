"""`jangkau impact`: expected extreme poverty averted by a plan; `jangkau family`: one family month by month."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems, say_too_short, too_short
from jangkau.core.impact import (
    DRAWS,
    EVENTS,
    Event,
    Household,
    Model,
    beside,
    parameters,
    per_person,
    read_model,
    read_plan,
)
from jangkau.core.impact import family as of_family
from jangkau.core.impact import impact as of_plan
from jangkau.core.kernel.formats import number, percent, rupiah, short_month
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

_LINES = {
    "P0": "Orang-tahun miskin ekstrem terhindar (P0)",
    "P1": "Kedalaman terhindar (P1)",
    "P2": "Keparahan terhindar (P2)",
    "kematian_diharapkan": "Kematian selama terlindungi",
}
_own = click.option("--asumsi", type=click.Path(path_type=Path), help="Asumsi sendiri (YAML).")
_model = click.option("--model", type=click.Path(path_type=Path), help="Model pengeluaran dari `jangkau consumption`.")
_folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("keluaran", type=_folder)
@click.option("--plan", type=_folder, help="Folder keluaran; KELUARAN lalu berarti ruang kerja, untuk besar keluarga.")
@click.option("--banding", multiple=True, type=_folder, help="Keluaran lain untuk dibandingkan; boleh berulang.")
@_own
@_model
@click.option("--orang", type=click.Path(dir_okay=False, path_type=Path), help="Tulis dampak setiap orang (Parquet).")
@click.option("--tarikan", default=DRAWS, show_default=True, type=click.IntRange(100, 100_000), help="Tarikan acak.")
@click.option("--benih", default=0, show_default=True, type=click.IntRange(0), help="Benih tarikan acak.")
@json_option
@say_problems
def impact(keluaran: Path, plan: Path | None, as_json: bool, **given: Any) -> None:
    """Kemiskinan ekstrem yang diharapkan terhindar oleh rencana di KELUARAN, dengan rentang dan asumsinya."""
    out, workspace = (plan, keluaran) if plan else (keluaran, None)
    model = _told(given["model"])
    exposed, points = read_plan(out, workspace, model)
    known = parameters(exposed.start, given["asumsi"])
    found = of_plan(exposed, known, given["tarikan"], given["benih"], model)
    if given["orang"]:
        per_person(exposed, known).write_parquet(given["orang"])
    if given["banding"]:
        others = {path.as_posix(): read_plan(path, workspace, model) for path in given["banding"]}
        found["banding"] = beside({out.as_posix(): (exposed, points), **others}, known)
    if as_json:
        print_json({**found, **too_short(out)})
    else:
        _show(found)
        say_too_short(out)


@click.command()
@click.option("--desil", required=True, type=click.IntRange(1, 10), help="Desil kesejahteraan keluarga.")
@click.option("--anggota", required=True, type=click.IntRange(1, 15), help="Orang serumah, dengan pekerja.")
@click.option("--peristiwa", default="MENINGGAL", show_default=True, type=click.Choice(list(EVENTS)))
@click.option("--bulan", default="2026-12", show_default=True, help="Bulan kejadian, TTTT-BB.")
@click.option(
    "--dibayar", default=12, show_default=True, type=click.IntRange(0, 600), help="Bulan iuran berturut-turut."
)
@click.option("--wilayah", default="", help="Kode kabupaten/kota atau provinsi.")
@click.option(
    "--pengeluaran", type=click.FloatRange(min=0, min_open=True), help="Rupiah seorang sebulan, bila diketahui."
)
@_own
@_model
@json_option
@say_problems
def family(as_json: bool, **given: Any) -> None:
    """Satu keluarga bulan demi bulan, dengan dan tanpa perlindungan."""
    month = month_index(given["bulan"])
    known = parameters(month, given["asumsi"])
    home = Household(given["wilayah"], given["desil"], given["anggota"], given["pengeluaran"], _told(given["model"]))
    found = of_family(home, Event(EVENTS[given["peristiwa"]], month, given["dibayar"]), known, Book.load())
    if as_json:
        print_json(found)
        return
    table = Table("Bulan", "Tanpa perlindungan", "Dengan perlindungan", title="Rupiah seorang sebulan")
    for row in found["bulan"]:
        table.add_row(short_month(row["bulan"]), *(_marked(row[side], found["garis"]) for side in ("tanpa", "dengan")))
    console = Console(highlight=False)
    console.print(table)
    console.print(
        f"Semula {rupiah(round(found['semula']))}; garis miskin ekstrem {rupiah(round(found['garis']))} "
        f"(di bawahnya bertanda *). {found['arti']}",
        soft_wrap=True,
    )


def _told(path: Path | None) -> Model | None:
    if path is None:
        return None
    if not path.is_file():
        raise Problem("SURVEI_TIDAK_ADA", berkas=path.name)
    return read_model(path.read_bytes(), path.name)


def _marked(amount: int, line: float) -> str:
    return f"{rupiah(amount)}{' *' if amount < line else ''}"


def _show(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    table = Table("Diharapkan, sebelum kejadian", "Tengah", "5%", "95%", "Pesimis")
    for name, words in _LINES.items():
        low = found["pesimis"].get(name)
        table.add_row(words, *_ends(found[name], 1), "" if low is None else number(low, 1))
    each, worst = found["biaya_per_P0"], found["pesimis"]["biaya_per_P0"]
    table.add_row("Iuran tiap orang-tahun P0, juta rupiah", *_ends(each, 1, 1_000_000), _million(worst))
    console.print(table)
    console.print(
        f"{number(found['orang'])} orang, {number(found['orang_tahun'], 1)} orang-tahun terlindungi, iuran "
        f"{rupiah(found['biaya']['nilai'])}. {found['arti']}",
        soft_wrap=True,
    )
    _groups(console, found["menurut"]["desil"])
    widest = ", ".join(
        f"{bar['nama']} ({number(bar['P0_rendah'], 1)} sampai {number(bar['P0_tinggi'], 1)})"
        for bar in found["peka"][:4]
    )
    console.print(f"Paling menentukan P0: {widest}.", soft_wrap=True)
    if "banding" in found:
        _beside(console, found["banding"])
    for caveat in found["catatan"]:
        console.print(f"- {caveat}", soft_wrap=True)


def _groups(console: Console, rows: list[dict[str, Any]]) -> None:
    table = Table("Desil", "Orang", "Iuran", "Manfaat diharapkan", "P0 terhindar")
    for row in rows:
        paid = (rupiah(round(row[name])) for name in ("iuran", "manfaat"))
        table.add_row(row["desil"], number(row["orang"]), *paid, number(row["P0"], 2))
    console.print(table)


def _beside(console: Console, rows: list[dict[str, Any]]) -> None:
    table = Table(
        "Keluaran", "P0", "Pesimis", "Poin", "Orang", "Perempuan", "Umur", title="Bahan pertimbangan, bukan urutan"
    )
    for row in rows:
        figures = (number(row["P0"], 1), number(row["P0_pesimis"], 1), number(row["poin"]), number(row["orang"]))
        age = row["umur_rata_rata"]
        table.add_row(
            row["keluaran"], *figures, percent(row["perempuan_persen"]), "–" if age is None else number(age, 1)
        )
    console.print(table)


def _ends(cell: dict[str, float | None], decimals: int, unit: int = 1) -> list[str]:
    parts = (cell[name] for name in ("nilai", "bawah", "atas"))
    return ["–" if part is None else number(part / unit, decimals) for part in parts]


def _million(value: float | None) -> str:
    return "–" if value is None else number(value / 1_000_000, 1)
