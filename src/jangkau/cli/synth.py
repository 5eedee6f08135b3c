"""`jangkau synth`: a made-up province whose truth is known."""

from pathlib import Path

import click

from jangkau.cli.common import json_option, print_json, progress, say_problems
from jangkau.core.synthetic import generate


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--province", default="17", show_default=True, help="Kode provinsi, dua angka.")
@click.option(
    "--scale", default=0.1, show_default=True, type=click.FloatRange(min=0, min_open=True), help="1 = sebesar aslinya."
)
@click.option("--seed", default=1, show_default=True, type=int, help="Benih; benih sama, isi sama.")
@json_option
@say_problems
def synth(out: Path, province: str, scale: float, seed: int, as_json: bool) -> None:
    """Buat ruang kerja contoh di OUT, dengan kebenarannya di OUT/truth."""
    with progress(quiet=as_json) as listener:
        generate(out, province, scale, seed, on_step=listener.step)
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    if as_json:
        print_json({"folder": str(out), "berkas": len(files)})
    else:
        click.echo(f"{len(files)} berkas di {out}")
