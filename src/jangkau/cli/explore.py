"""What else the money could do: other lengths, other budgets, money moved between funds."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jangkau.cli.common import json_option, print_json, progress, say_problems
from jangkau.core import outputs
from jangkau.core.kernel.formats import number, percent, rupiah

_UNPAID = (
    "Lama pembayaran yang tidak tertulis tidak dapat dibayar: tidak ada dana yang berlaku sepanjang itu atau uangnya "
    "kurang untuk satu orang. "
)
_out = click.argument("keluaran", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@_out
@json_option
@say_problems
def months(keluaran: Path, as_json: bool) -> None:
    """Bulan lawan orang: dengan uang yang sama, 1 sampai 24 bulan seorang."""
    run = outputs.read_json(keluaran / "rencana.json")
    rows, advice = run["bulan_orang"], run["saran_bulan"]
    if as_json:
        print_json({"bulan_orang": rows, "saran_bulan": advice, "peringatan": run["peringatan"], **_aims(run)})
        return
    table = _table("Bulan lawan orang", "Bulan", "Orang", "JKM penuh", "Terlindung (bulan)", "Manfaat", "Berhenti")
    paid = [row for row in rows if row["orang"]]
    for row in paid:
        due = row["manfaat_diharapkan"]
        cells = (number(row[key]) for key in ("bulan", "orang", "orang_jkm_penuh", "bulan_terlindung"))
        short = "red" if row["peringatan"] else "bold" if row["bulan"] == run["bulan"] else None
        table.add_row(*cells, rupiah(due["tengah"]) if due else "–", row["lepas"]["bulan"], style=short)
    unpaid = "" if len(paid) == len(rows) else _UNPAID
    bare = " Di luar lama rencana ini target tidak dihitung." if run.get("target") else ""
    _say(table, unpaid + advice["alasan"] + bare, run["peringatan"])


@click.command()
@click.argument("ruang", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder keluaran.")
@json_option
@say_problems
def frontier(ruang: Path, out: Path, as_json: bool) -> None:
    """Garis anggaran: orang, poin dan cakupan dengan 0 sampai 200 persen uang. Ditulis ke jelajah/ di KELUARAN."""
    from jangkau.core import pipeline

    with progress(quiet=as_json) as listener:
        rows = pipeline.frontier(ruang, out, listener).rows(named=True)
    run = outputs.read_json(out / "rencana.json")
    prices = [{"kode": fund["kode"], "poin_per_juta": fund["harga"]} for fund in run["dana"]]
    if as_json:
        print_json({"garis_anggaran": rows, "harga": prices, "peringatan": run["peringatan"], **_aims(run)})
        return
    table = _table("Garis anggaran", "%", "Anggaran", "Orang", "Poin", "Cakupan", "Orang terlindungi")
    for row in rows:
        whole = "" if row["penyebut"] is None else f" dari {number(row['penyebut'])}"
        near = "± " if row["perkiraan"] else ""
        people, points = near + number(row["orang"]), near + number(row["poin"])
        cells = (str(row["persen_anggaran"]), rupiah(row["anggaran"]), people, points)
        style = "bold" if row["persen_anggaran"] == 100 else None
        table.add_row(*cells, percent(row["persen"]), number(row["pembilang"]) + whole, style=style)
    note = (
        " ±: taksiran dari harga dana, bukan rencana; poinnya tidak dapat melampaui kolom batas di garis_anggaran.csv."
    )
    note = note if any(row["perkiraan"] for row in rows) else ""
    note += " Garis ini tanpa target." if run.get("target") else ""
    _say(table, _next_rupiah(prices) + note, run["peringatan"])


@click.command()
@_out
@click.option("--dari", required=True, help="Kode dana asal.")
@click.option("--ke", required=True, help="Kode dana tujuan.")
@click.option("--jumlah", required=True, type=click.IntRange(min=1), help="Rupiah yang dipindahkan.")
@json_option
@say_problems
def transfer(keluaran: Path, dari: str, ke: str, jumlah: int, as_json: bool) -> None:
    """Apa yang berubah bila uang dipindahkan dari satu dana ke dana lain."""
    from jangkau.core import pipeline, planning

    found = planning.transfer(pipeline.read_record(keluaran), dari, ke, jumlah)
    if as_json:
        print_json(found)
        return
    for line in found["kalimat"]:
        click.secho(line, fg="red" if line == found["peringatan"] else None)


def _aims(run: dict[str, Any]) -> dict[str, bool]:
    """Whether the plan has targets, which rows other than its own leave out; said in JSON as in words."""
    return {"rencana_bertarget": bool(run.get("target")), "baris_lain_memuat_target": False}


def _next_rupiah(prices: list[dict[str, Any]]) -> str:
    """Where more money would bring most, in words."""
    best = sorted(prices, key=lambda price: (-price["poin_per_juta"], price["kode"]))[:5]
    worth = [f"{price['kode']} {number(price['poin_per_juta'], 1)}" for price in best if price["poin_per_juta"] > 0]
    if not worth:
        return "Tambahan uang di dana mana pun tidak menambah poin."
    return f"Tambahan Rp1.000.000 paling berguna di: {', '.join(worth)} poin."


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _say(table: Table, words: str, warning: str | None) -> None:
    console = Console(highlight=False)
    console.print(table)
    console.print(words, soft_wrap=True)
    if warning:
        console.print(warning, style="bold red", soft_wrap=True)
