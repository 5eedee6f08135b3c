"""Linkage at the size of a province, each way in a process of its own.

`python benchmarks/linkage_speed.py [RESIDENTS] [LIST]`, by default 100,000 residents and 40,000 rows; the
targets are stated for 2,100,000 and 1,000,000. Seconds by the clock and of processor; memory of the process alone.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.linkage.counter import Counter
from jangkau.core.linkage.model import load
from jangkau.core.linkage.person import Person
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.search import Search, part_of
from jangkau.core.linkage.shelf import Shelf, population_part
from jangkau.core.synthetic.people import make_people
from jangkau.core.synthetic.places import load_places
from jangkau.core.synthetic.registers import spoil

PER, PROVINCE, WHOLE = date(2026, 11, 22), "17", 2_130_000
RATES = {
    "nik_kosong": 0.06, "nik_angka": 0.05, "nik_tukar": 0.02, "nik_15": 0.03, "nik_keluarga": 0.02, "nama": 0.2,
    "tanggal": 0.06,
}  # fmt: skip
FIELDS = ("nik", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa")


def make(folder: Path, residents: int, listed: int) -> None:
    """penduduk.parquet and lists of three sizes with the true `benar`."""
    rng = np.random.default_rng([1, residents])
    people = make_people(load_places(PROVINCE, min(residents / WHOLE, 1), rng), PER, rng)
    people.select(*FIELDS).sort("nik").write_parquet(folder / "penduduk.parquet")
    for name, rows in (("daftar", listed), ("usulan", listed // 20), ("orang", 300)):
        picked = people[np.sort(rng.choice(len(people), rows, replace=False))]
        spoiled = spoil(picked.select("_orang", *FIELDS), people, RATES, rng)
        gap = {name: pl.Series(rng.random(rows) < share) for name, share in (("lahir", 0.08), ("jk", 0.3), ("kk", 0.9))}
        spoiled.with_columns(
            benar=picked["nik"],
            tanggal_lahir=pl.when(~gap["lahir"]).then("tanggal_lahir"),
            jenis_kelamin=pl.when(~gap["jk"]).then("jenis_kelamin"),
            no_kk=pl.when(~gap["kk"]).then("no_kk"),
        ).drop("_orang").write_parquet(folder / f"{name}.parquet")


def opened(folder: Path):
    return Shelf({"penduduk": folder / "penduduk.parquet"}).population(lambda: read(folder, "penduduk"))


def read(folder: Path, name: str):
    return frame(pl.read_parquet(folder / f"{name}.parquet"))


def judged(folder: Path, name: str, pairs: pl.DataFrame) -> dict[str, float]:
    """F1 of the pairs at 0.85 or more, and the share of rows left between 0.3 and that."""
    true, ids = (pl.read_parquet(folder / f"{table}.parquet")[column] for table, column in
                 ((name, "benar"), ("penduduk", "nik")))  # fmt: skip
    sure = pairs.filter(pl.col("peluang") >= 0.85)
    right = (true.gather(sure["l"]) == ids.gather(sure["r"])).sum()
    open_rows = pairs.filter(pl.col("peluang").is_between(0.3, 0.85))["l"].n_unique()
    return {"F1": 2 * right / (len(sure) + len(true)), "tinjau": open_rows / len(true)}


def ours(folder: Path, name: str, population, side) -> dict[str, float]:
    search = Search({"daftar": part_of(side), "penduduk": population_part(population)}, population.census.model(load()))
    since = time.perf_counter()
    found = search.find("daftar", "penduduk", "penduduk").to_native()
    return {"detik": time.perf_counter() - since, **judged(folder, name, found)}


def ready(folder: Path) -> dict[str, float]:
    """The list against the register, both normalised."""
    population = opened(folder)
    return ours(folder, "daftar", population, prepare_list(read(folder, "daftar"), population.census, asked=True))


def proposals(folder: Path) -> dict[str, float]:
    """A twentieth of the list against the kept register, from the file to the pairs."""
    since = time.perf_counter()
    population = opened(folder)
    side = prepare_list(read(folder, "usulan"), population.census, asked=True)
    return ours(folder, "usulan", population, side) | {"detik": time.perf_counter() - since}


def cold(folder: Path) -> dict[str, float]:
    """Nothing kept: both normalised, in memory."""
    since = time.perf_counter()
    population = prepare_population(read(folder, "penduduk"))
    side = prepare_list(read(folder, "daftar"), population.census, asked=True)
    return ours(folder, "daftar", population, side) | {"detik": time.perf_counter() - since}


def single(folder: Path) -> dict[str, float]:
    """One person at a time: p95 in seconds."""
    counter, seconds, right = Counter(opened(folder)), [], 0
    for row in pl.read_parquet(folder / "orang.parquet").to_dicts():
        place = row.pop("kode_desa")
        truth = row.pop("benar")
        since = time.perf_counter()
        found = counter.find(Person(**row, kode_wilayah=place))
        seconds.append(time.perf_counter() - since)
        right += bool(found) and found[0].nik == truth
    return {"detik": float(np.quantile(seconds[20:], 0.95)), "benar": right / len(seconds)}


WAYS = {way.__name__: way for way in (proposals, single, ready, cold)}


def child(name: str, folder: str) -> None:
    told = WAYS[name](Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps(told | {"prosesor": used.ru_utime + used.ru_stime, "GB": used.ru_maxrss / 1e6}))


def main(residents: int = 100_000, listed: int = 40_000) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder, residents, listed)
        opened(folder)
        print(f"{residents:,} residents, {listed:,} rows, {listed // 20:,} proposals; kept register ready")
        results = {}
        for name, way in WAYS.items():
            command = [sys.executable, __file__, "child", name, place]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"  {name:10} failed: {done.stderr.strip().splitlines()[-1]}")
                continue
            results[name] = json.loads(done.stdout.strip().splitlines()[-1])
            figures = "  ".join(f"{key} {value:.4g}" for key, value in results[name].items())
            print(f"  {name:10} {figures}   {way.__doc__.splitlines()[0]}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(*sys.argv[2:4])
    else:
        main(*[int(text) for text in sys.argv[1:]])
