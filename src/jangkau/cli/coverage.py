"""`jangkau coverage`: every figure that a workspace can tell, change between two dates, forecast."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, progress, say_problems
from jangkau.core import coverage as c
from jangkau.core.coverage import from_files as files
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.month import first_day, month_index
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.outputs import FIGURES, write_csv, write_parquet
from jangkau.core.publish import staging
from jangkau.core.tables import monitoring as m
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame
from jangkau.core.workspace import open_workspace

_folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("ruang", type=_folder)
@click.option(
    "--out", type=_folder, help="Keluaran jangkau run: cakupan dihitung ulang di sana, angka ditulis di sana."
)
@click.option("--potret", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder potret peserta.")
@click.option("--perubahan", nargs=2, metavar="DARI SAMPAI", help="Perubahan di antara dua potret (TTTT-BB-HH).")
@click.option("--ramal", metavar="TTTT-BB", help="Ramalkan sampai bulan ini.")
@click.option("--terbit", is_flag=True, help="Sertakan angka yang pernah terbit tentang provinsi ini dan nasional.")
@click.option("--engine", hidden=True, expose_value=False, type=click.Choice(["polars", "spark"]))
@json_option
@say_problems
def coverage(ruang: Path, out: Path | None, as_json: bool, **asked: Any) -> None:
    """Semua indikator yang dapat dihitung dari RUANG, dengan pembilang, penyebut, dan asalnya."""
    with progress(quiet=as_json) as listener:
        if out is not None:
            from jangkau.core import pipeline

            pipeline.cover(ruang, out, listener)
        found = _count(ruang, out, listener, asked)
    names = [] if out is None else _write(found, out)
    if as_json:
        print_json(_told(found) | ({} if out is None else {"keluaran": str(out), "berkas": names}))
    else:
        _show(found, out, names)


@dataclass(frozen=True)
class _Found:
    """The tables counted, by name; None where it was not asked for."""

    provinsi: str
    angka: Frame
    corong: Frame | None
    perubahan: Frame | None
    uji: Frame | None


def _count(ruang: Path, out: Path | None, listener: Progress, asked: dict[str, Any]) -> _Found:
    listener.step("Membuka ruang kerja")
    ws, book = open_workspace(ruang), Book.load()
    regions = Regions.load(ws.settings.provinsi)
    run = None if out is None else files.Run.read(out)
    potret = files.snapshots(ws, asked["potret"])
    ends = [files.of_date(potret, day) for day in asked["perubahan"] or ()]
    until = first_day(month_index(asked["ramal"])) if asked["ramal"] else None
    listener.step("Membaca potret peserta")
    panel = c.read_panel(potret, ws.settings.provinsi, book, c.parameters().bayar_menyusul)
    listener.step("Menghitung indikator")
    parts = [c.measure(files.inputs_of(ws, potret, run), ws.settings, regions, book, panel=panel)]
    places = [ws.settings.provinsi, *(region.code for region in regions.kabupaten)]
    uji = None
    if until is not None:
        plan = None if run is None else files.planned_people(run, ws, book)
        told = c.forecast(panel, until, places, c.workers_of(ws.angkatan_kerja, ws.settings, regions), planned=plan)
        parts, uji = [*parts, told.angka], told.uji
    if asked["terbit"]:
        parts.append(_published(ws.settings.provinsi))
    change = None
    if ends:
        known = c.whereabouts(panel, potret, {*ends}, provinsi=places[0], book=book, penduduk=ws.penduduk)
        change = c.change(panel, known, *sorted(ends), provinsi=places[0], kabupaten=places[1:])
    funnel = None if run is None else c.funnel(files.steps_of(run, ws), ws.settings.provinsi)
    return _Found(places[0], ANGKA.check(pl.concat(polars(part) for part in parts)), funnel, change, uji)


def _published(provinsi: str) -> Frame:
    rows = polars(c.published())
    return ANGKA.check(rows.filter(pl.col("wilayah").str.starts_with(provinsi) | (pl.col("wilayah") == c.NATION)))


def _tables(found: _Found) -> list[tuple[Any, Frame]]:
    others = ((m.CORONG, found.corong), (m.PERUBAHAN, found.perubahan), (m.UJI_RAMALAN, found.uji))
    return [(table, frame) for table, frame in others if frame is not None]


def _write(found: _Found, out: Path) -> list[str]:
    """The tables in OUT; returns their names."""
    with staging(out) as draft:
        folder = draft / FIGURES
        folder.mkdir()
        write_csv(found.angka, ANGKA, folder)
        write_parquet(found.angka, ANGKA, folder)
        for table, frame in _tables(found):
            write_csv(frame, table, folder)
        names = sorted(path.name for path in folder.iterdir())
    return ["cakupan.csv", *(f"{FIGURES}/{name}" for name in names)]


def _told(found: _Found) -> dict[str, Any]:
    """For JSON: the uncut figures of province and kabupaten; all others are in the files."""
    rows = polars(found.angka).filter(pl.col("potongan") == "", pl.col("wilayah").str.len_chars() <= 4)
    tables = {table.name: polars(frame).to_dicts() for table, frame in _tables(found)}
    return {"angka": rows.to_dicts(), "baris_angka": len(found.angka), **tables}


def _show(found: _Found, out: Path | None, names: list[str]) -> None:
    console = Console(highlight=False)
    rows = polars(found.angka).filter(pl.col("potongan") == "", pl.col("wilayah") == found.provinsi)
    table = Table("Indikator", "Per", "Nilai", "Pembilang / penyebut", title="Angka provinsi", title_justify="left")
    known = c.indicators()
    latest = rows.with_row_index().sort("per", maintain_order=True).unique(["indikator", "asal"], keep="last")
    for row in latest.sort("index").iter_rows(named=True):
        name = known[row["indikator"]].nama if row["indikator"] in known else row["indikator"]
        mark = "" if row["asal"] == "dihitung" else f" ({row['asal']})"
        table.add_row(f"{name}{mark}", row["per"].isoformat(), _value(row), _over(row))
    console.print(table)
    if found.perubahan is not None:
        _show_change(console, polars(found.perubahan).filter(wilayah=found.provinsi, segmen="SEMUA"))
    if found.uji is not None:
        tested = polars(found.uji).filter(wilayah=found.provinsi)
        near, far = tested.row(0, named=True), tested.row(-1, named=True)
        console.print(
            f"Ramalan diuji pada potret lampau: meleset rata-rata {percent(near['galat'])} pada 1 bulan, "
            f"{percent(far['galat'])} pada {far['jarak']} bulan.",
            soft_wrap=True,
        )
    for name in names:
        console.print(f"{(out or Path()) / name}", soft_wrap=True)


def _show_change(console: Console, rows: pl.DataFrame) -> None:
    table = Table("Langkah", "Orang", "Perubahan", title="Perubahan orang terlindungi", title_justify="left")
    for row in rows.filter(pl.col("orang") > 0).iter_rows(named=True):
        table.add_row(row["langkah"].replace("_", " "), number(row["orang"]), f"{row['perubahan']:+d}")
    console.print(table)


def _value(row: dict[str, Any]) -> str:
    if row["nilai"] is None:
        return "belum diketahui"
    value = percent(row["nilai"]) if row["satuan"] == "persen" else number(round(row["nilai"]))
    if row["bawah"] is None:
        return value
    return f"{value} ({number(row['bawah'], 1)} sampai {number(row['atas'], 1)})"


def _over(row: dict[str, Any]) -> str:
    if row["nilai"] is None or row["pembilang"] is None:
        return row["catatan"] or ""
    above = number(round(row["pembilang"]))
    if row["penyebut"] is None:
        return above
    return f"{above} / {number(round(row['penyebut']))} ({row['nama_penyebut']})"
