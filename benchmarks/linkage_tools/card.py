"""Measure the shipped model and write the figures of its card (docs/kartu-model.md) beside it, as kartu.json.

`python benchmarks/linkage_tools/card.py`, after every new model; then `make docs`. Two provinces of the synthetic
generator and one of another make (world.py), each as clean as usual and with twice the errors.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import world as world_maker

from jangkau.core.engine import frame
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder
from jangkau.core.linkage import link, model
from jangkau.core.linkage.assess import Run, assess
from jangkau.core.linkage.card import pooled
from jangkau.core.linkage.truth import Register, Truth, read_truth
from jangkau.core.synthetic import generate
from jangkau.core.tables.results import MASALAH
from jangkau.core.workspace import open_workspace

TARGET = Path(model.__file__).with_name("kartu.json")
PROVINCES = (("17", 0.03, 11), ("34", 0.012, 12))
PEOPLE, SEED = 30_000, 4321


def synthetic(province: str, scale: float, seed: int, noise: float) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), province, scale, seed, faults=noise)
        ws = open_workspace(Path(folder))
        read = read_folder(ws.usulan, Regions.load(province), ws.settings)
        truth = read_truth(Path(folder) / "truth", ws.penduduk.to_native().select("nik"))
    linked = link(read.usulan, ws.penduduk, ws.peserta, ws.kesejahteraan, None)
    run = Run(linked.usulan, linked.tautan, read.masalah, ws.penduduk, ws.settings.per)
    return told(f"provinsi buatan {province}", noise, run, truth)


def other(noise: float) -> dict:
    world = world_maker.make(PEOPLE, SEED, noise=noise)
    sides = [frame(part) for part in (world.usulan, world.penduduk, world.peserta, world.kesejahteraan)]
    linked = link(*sides, None)
    lines = world.truth["usulan"]
    known = pl.col("nik").is_in(world.penduduk["nik"].implode())
    usulan = lines.select(
        "id_usulan", pl.when(known).then("nik").alias("nik"), orang="nik", jenis=pl.lit(None, pl.List(pl.String))
    )
    registers = {name: Register(lines, rows) for name, rows in world.truth.items() if name != "usulan"}
    registers["penduduk"] = Register(usulan.select("id_usulan", "nik"), world.truth["penduduk"])
    run = Run(linked.usulan, linked.tautan, MASALAH.empty(), sides[1])
    return told("provinsi pembuat lain", noise, run, Truth(usulan, registers))


def told(name: str, noise: float, run: Run, truth: Truth) -> dict:
    # Kinds are told from the register everywhere, so that they can be added up.
    truth = Truth(truth.usulan.with_columns(jenis=pl.lit(None, pl.List(pl.String))), truth.registers)
    report = assess(run, truth)
    print(name, noise, {register: round(score["f1"], 4) for register, score in report["register"].items()}, flush=True)
    return {"nama": name, "gangguan": noise, "usulan": len(run.usulan), "penduduk": len(run.penduduk)} | report


def main() -> None:
    runs = [synthetic(*which, noise) for which in PROVINCES for noise in (1.0, 2.0)]
    runs += [other(noise) for noise in (1.0, 2.0)]
    card = {"versi": model.load().version, "tanggal": date.today().isoformat()} | pooled(runs)
    TARGET.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
