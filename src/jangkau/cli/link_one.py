"""`jangkau link satu`: one person looked up; `jangkau link siapkan`: registers made ready before lists come."""

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, model_option, print_json, progress, say_problems
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.counter import ALONE, Candidate, Counter
from jangkau.core.linkage.explain import meaning
from jangkau.core.linkage.linker import KEYS, by_key
from jangkau.core.linkage.model import Model, with_limits
from jangkau.core.linkage.model_file import model_in
from jangkau.core.linkage.person import Person
from jangkau.core.linkage.refresh import refresh
from jangkau.core.linkage.shelf import Shelf
from jangkau.core.tables.mask import mask
from jangkau.core.tables.settings import SETTINGS
from jangkau.core.workspace import open_workspace, read_settings, register_files

_folder = click.argument("ruang", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@_folder
@click.option("--nama", help="Nama, sebagaimana disebut.")
@click.option("--nik", help="NIK sejauh terbaca; 15 angka pun boleh.")
@click.option("--kk", help="Nomor kartu keluarga.")
@click.option("--lahir", type=click.DateTime(["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]), help="Tanggal lahir.")
@click.option("--jk", type=click.Choice(["L", "P"], case_sensitive=False), help="Jenis kelamin.")
@click.option("--desa", help="Kode wilayah sejauh diketahui: kabupaten 4, kecamatan 6, desa 10 angka.")
@click.option("--hp", help="Nomor telepon, dimulai 08.")
@click.option("--buka", is_flag=True, help="Tampilkan NIK utuh.")
@model_option
@json_option
@say_problems
def satu(
    *, ruang: Path, nama: str | None, nik: str | None, kk: str | None, lahir: datetime | None, jk: str | None,
    desa: str | None, hp: str | None, buka: bool, model: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Cari satu orang di register penduduk RUANG."""
    if not (nama or nik):
        raise click.UsageError("Sebutkan --nama atau --nik.")
    born: date | None = lahir.date() if lahir else None
    person = Person(nama, _digits(nik), born, jk and jk.upper(), _digits(desa), _digits(kk), _digits(hp))
    known = with_limits(model_in(ruang, model), read_settings(ruang / SETTINGS))
    found = _counter(ruang, known).find(person)
    if as_json:
        calon = [_told(candidate, whole=buka) for candidate in found]
        print_json({"calon": calon, "model": known.version, "catatan": ALONE})
    else:
        _show(found, whole=buka)


def _digits(text: str | None) -> str | None:
    return "".join(filter(str.isdigit, text)) or None if text else None


def _counter(folder: Path, model: Model) -> Counter:
    files = register_files(folder)
    if "penduduk" not in files:
        raise Problem("BERKAS_TIDAK_ADA", berkas="register/penduduk.csv|.parquet")
    population = Shelf(files).population(lambda: by_key(open_workspace(folder).penduduk, KEYS["penduduk"]))
    return Counter(population, model)


def _told(candidate: Candidate, *, whole: bool) -> dict[str, object]:
    return candidate.as_dict() | {"nik": candidate.nik if whole else mask(candidate.nik)}


def _show(found: list[Candidate], *, whole: bool) -> None:
    if not found:
        click.echo("Tidak ada penduduk yang serupa. Periksa ejaan nama, tanggal lahir dan kode desa.")
        return
    table = Table("NIK", "Peluang", "Keputusan", "Bukti")
    for candidate in found:
        reasons = [f"{name}: {meaning(name, level)}" for name, level in candidate.tingkat.items()]
        nik = candidate.nik if whole else mask(candidate.nik)
        table.add_row(
            nik, percent(100 * candidate.peluang), candidate.keputusan, "; ".join(reasons) or "NIK dan nama sesuai"
        )
    Console(highlight=False).print(table)
    click.echo(ALONE)


@click.command()
@_folder
@model_option
@json_option
@say_problems
def siapkan(*, ruang: Path, model: Path | None, as_json: bool) -> None:
    """Siapkan register RUANG sebelum daftar datang, supaya pencocokan berikutnya cepat."""
    with progress(quiet=as_json) as listener:
        listener.step("Membuka ruang kerja")
        ws = open_workspace(ruang)
        registers = {name: getattr(ws, name) for name in KEYS}
        files, known = register_files(ruang), model_in(ruang, model)
        done = refresh(
            files, registers, ws.settings, model=known, on_step=lambda name: listener.step(f"Register: {name}")
        )
    if as_json:
        print_json({"register": done})
        return
    table = Table("Register", "Baris", "Penduduknya pasti")
    for row in done:
        sure = row.get("penduduk_pasti")
        table.add_row(row["register"], number(row["baris"]), "" if sure is None else number(sure))
    Console(highlight=False).print(table)
