"""`jangkau survey`: coverage, poverty and inequality from weighted microdata, with standard errors."""

from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.core.kernel.formats import number
from jangkau.core.statistics import (
    MEASURES,
    NORMAL,
    POVERTY,
    RELATIVE,
    Asked,
    Columns,
    Estimate,
    Lonely,
    Microdata,
    read_microdata,
)
from jangkau.core.statistics import survey as measure

_SHARES = ("FGT0", "FGT1", "FGT2", "ARPR", "Gini")


@click.command()
@click.argument("berkas", type=click.Path(path_type=Path))
@click.option("--nilai", required=True, help="Kolom yang diukur: pengeluaran, pendapatan, atau 0/1.")
@click.option("--bobot", help="Kolom bobot; bawaan: semua baris sama berat.")
@click.option("--strata", help="Kolom strata; bawaan: satu strata.")
@click.option("--psu", help="Kolom unit sampel pertama; bawaan: tiap baris sendiri.")
@click.option("--fpc", help="Kolom banyaknya PSU dalam populasi strata, atau bagian yang terambil.")
@click.option("--garis", type=click.FloatRange(min=0, min_open=True), help="Garis kemiskinan, satuan kolom nilai.")
@click.option(
    "--garis-relatif",
    type=click.FloatRange(min=0, min_open=True),
    default=0.6,
    show_default=True,
    help="Bagian dari median untuk ARPT dan ARPR.",
)
@click.option("--menurut", help="Kolom domain, misalnya kabupaten.")
@click.option("--ukuran", multiple=True, type=click.Choice(MEASURES), help="Ukuran yang diminta; boleh berulang.")
@click.option("--pembagi", help="Kolom pembagi untuk ukuran Rasio.")
@click.option("--kuantil", multiple=True, type=click.FloatRange(0, 1), help="Kuantil yang diminta, misalnya 0.25.")
@click.option(
    "--psu-tunggal",
    type=click.Choice([rule.value for rule in Lonely]),
    default=Lonely.FAIL.value,
    show_default=True,
    help="Ragam strata dengan satu PSU.",
)
@json_option
@say_problems
def survey(berkas: Path, as_json: bool, **given: Any) -> None:
    """Kemiskinan, ketimpangan, dan cakupan dari BERKAS data survei berbobot, dengan galat baku."""
    wanted = _wanted(given)
    names = (given[name] for name in ("nilai", "bobot", "strata", "psu", "fpc", "menurut", "pembagi"))
    data = read_microdata(berkas, Columns(*names), Lonely(given["psu_tunggal"]))
    asked = Asked(wanted, given["garis"], given["garis_relatif"], data.divisor, given["kuantil"])
    found = measure(data.sample, data.domains, asked)
    for note in _notes(data):
        click.echo(note, err=True)
    if as_json:
        print_json({label: {name: _cell(e) for name, e in row.items()} for label, row in found.items()})
    else:
        _show(found)


def _wanted(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Measures asked for; without any the poverty measures, those of a fixed line where one is given."""
    chosen: tuple[str, ...] = given["ukuran"]
    if any(name in POVERTY for name in chosen) and given["garis"] is None:
        raise click.UsageError("FGT memerlukan --garis.")
    if "Rasio" in chosen and given["pembagi"] is None:
        raise click.UsageError("Rasio memerlukan --pembagi.")
    if chosen or given["kuantil"]:
        return chosen
    return (*(POVERTY if given["garis"] is not None else ()), *RELATIVE)


def _cell(estimate: Estimate) -> dict[str, float | None]:
    value, error = estimate.value, estimate.error
    ends = {"bawah": value - NORMAL * error, "atas": value + NORMAL * error}
    told = {"nilai": value, "se": error, **ends, "rse": 100 * error / abs(value) if value else float("nan")}
    if estimate.laeken is not None:
        told["laeken"] = estimate.laeken
    return {name: figure if isfinite(figure) else None for name, figure in told.items()}


def _notes(data: Microdata) -> list[str]:
    rows = number(len(data.sample.value))
    below = int((data.sample.value < 0).sum())
    told = [
        (data.no_value, "tanpa nilai tidak dihitung"),
        (data.no_domain, "tanpa domain tidak masuk domain mana pun"),
        (below, "bernilai di bawah nol; Gini lalu dapat lebih dari 1, FGT1 dan FGT2 juga"),
    ]
    notes = [f"Catatan: {number(count)} dari {rows} baris {words}." for count, words in told if count]
    points = "Catatan: titik di kolom {} dibaca sebagai desimal; bila pemisah ribuan, hapus titiknya."
    return [*notes, *(points.format(name) for name in data.pointed)]


def _show(found: Mapping[str, Mapping[str, Estimate]]) -> None:
    table = Table("Domain", "Ukuran", "Nilai", "Galat baku", "95% bawah", "95% atas", "RSE")
    for label, row in found.items():
        for name, estimate in row.items():
            table.add_row(label, name, *_figures(name, _cell(estimate)))
    console = Console(highlight=False)
    console.print(table)
    console.print(
        "RSE: galat baku dibagi nilai. Di atas 25% pakai dengan hati-hati (*), di atas 50% jangan dipakai (**). "
        "Cara dan rumus: docs/panduan/survei.md.",
        soft_wrap=True,
    )


def _figures(name: str, cell: Mapping[str, float | None]) -> list[str]:
    decimals = 4 if name in _SHARES or abs(cell["nilai"] or 0) < 10 else 1
    shown = [_number(cell[part], decimals) for part in ("nilai", "se", "bawah", "atas")]
    rse = cell["rse"]
    return [*shown, "–" if rse is None else f"{number(rse, 1)}%{'**' if rse > 50 else '*' if rse > 25 else ''}"]


def _number(figure: float | None, decimals: int) -> str:
    return "–" if figure is None else number(figure, decimals)
