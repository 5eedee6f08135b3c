"""`jangkau consumption`: the consumption model of a survey, for `jangkau impact --model`."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, say_problems
from jangkau.core.impact import Asked, Model, classes, fit, parameters, read_households, write_model
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.month import month_index


@click.command()
@click.argument("berkas", type=click.Path(path_type=Path))
@click.option("--pengeluaran", required=True, help="Kolom pengeluaran seorang sebulan, rupiah.")
@click.option("--rumah-tangga", is_flag=True, help="Kolom pengeluaran itu serumah; dibagi banyak anggota.")
@click.option("--desil", required=True, help="Kolom desil kesejahteraan, 1 sampai 10.")
@click.option("--anggota", required=True, help="Kolom banyak anggota rumah tangga.")
@click.option("--bobot", help="Kolom bobot.")
@click.option("--strata", help="Kolom strata.")
@click.option("--psu", help="Kolom unit sampel pertama.")
@click.option("--wilayah", help="Kolom kode kabupaten/kota.")
@click.option("--sumber", required=True, help="Nama survei, ditulis di setiap keluaran.")
@click.option("--per", required=True, help="Bulan survei, TTTT-BB.")
@click.option("--keluar", type=click.Path(path_type=Path), help="Berkas model yang ditulis (JSON).")
@json_option
@say_problems
def consumption(berkas: Path, as_json: bool, **given: Any) -> None:
    """Model pengeluaran dari BERKAS data survei berbobot, dengan kerentanan dan diagnosa."""
    line = parameters(month_index(given["per"]))["garis_miskin_ekstrem"].nilai
    columns = ("pengeluaran", "desil", "anggota", "bobot", "strata", "psu", "wilayah", "rumah_tangga")
    homes = read_households(berkas, Asked(*(given[name] for name in columns)))
    model = fit(homes, line, given["sumber"], given["per"], berkas.name)
    if given["keluar"]:
        write_model(model, given["keluar"])
    if as_json:
        print_json(asdict(model))
    else:
        _show(model)


def _show(model: Model) -> None:
    console, told = Console(highlight=False), model.diagnosa
    table = Table("Suku", "Nilai", "Galat baku", title=f"Log pengeluaran seorang sebulan: {model.sumber}, {model.per}")
    for term in told["koefisien"]:
        table.add_row(term["nama"], number(term["nilai"], 4), number(term["galat_baku"], 4))
    console.print(table)
    used, left, breusch_pagan = told["baris"], told["baris_tidak_dipakai"], told["breusch_pagan"]
    console.print(
        f"{number(used)} baris dipakai, {number(left)} tidak. R² {number(told['r2'], 3)}. "
        f"Breusch-Pagan {number(breusch_pagan['nilai'], 1)} (peluang {number(breusch_pagan['peluang'], 4)}).",
        soft_wrap=True,
    )
    shares = Table("Kelas", "Miskin ekstrem, survei", "Menurut model", "Rentan", title="Orang di bawah garis")
    for row in classes(told):
        parts = (row["miskin_survei"], row["miskin_model"], row["rentan"])
        shares.add_row(row["kelas"], *(percent(100 * part) for part in parts))
    console.print(shares)
