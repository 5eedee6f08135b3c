"""A finished plan explained: why somebody is paid or not, and the lottery that settled ties."""

import math
from pathlib import Path

import click

from jangkau.cli.common import json_option, print_json, say_problems, say_too_short, too_short
from jangkau.core.kernel.formats import number

_out = click.argument("keluaran", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@_out
@click.argument("id_orang", metavar="ID")
@click.option("--singkat", is_flag=True, help="Tanpa mencari apa yang akan mengubahnya; lebih cepat.")
@click.option("--teliti", is_flag=True, help="Coba semua kemungkinan sampai selesai, berapa pun lamanya.")
@json_option
@say_problems
def why(keluaran: Path, id_orang: str, singkat: bool, teliti: bool, as_json: bool) -> None:
    """Mengapa seseorang dibayar atau tidak, dan apa yang akan mengubahnya.

    ID adalah id_pekerja atau id_usulan (berkas#lembar#baris) di KELUARAN.
    """
    from jangkau.core import pipeline, planning

    most = {"most": math.inf} if teliti else {}
    answer = planning.why(pipeline.read_record(keluaran), id_orang, changes=not singkat, **most)
    if as_json:
        print_json({**answer, **too_short(keluaran)})
    else:
        click.echo("\n".join(answer["kalimat"]))
        if not answer.get("perubahan_lengkap", True):
            click.echo("Tambahkan --teliti untuk mencoba semuanya sampai selesai.")
        say_too_short(keluaran)


@click.command()
@_out
@click.option("--csv", "path", type=click.Path(dir_okay=False, path_type=Path), help="Tulis semua karcis ke FILE ini.")
@json_option
@say_problems
def lottery(keluaran: Path, path: Path | None, as_json: bool) -> None:
    """Undian orang berpoin dan berdana sama: semua karcis, tanpa nama."""
    from jangkau.core import pipeline, planning
    from jangkau.core.engine import polars

    tickets = polars(planning.lotteries(pipeline.read_record(keluaran)))
    if path:
        tickets.write_csv(path)
    if as_json:
        print_json({"karcis": tickets.to_dicts(), **too_short(keluaran)})
    else:
        draws = number(tickets["undian"].n_unique())
        click.echo(f"{draws} undian, {number(tickets.height)} karcis, {number(int(tickets['terpilih'].sum()))} menang.")
        say_too_short(keluaran)
