"""Linkage at the size of a province, ours beside Splink over everything and recordlinkage, each in its own process.

`python benchmarks/linkage_speed.py [RESIDENTS] [LIST] [LIMIT]`, by default 100,000 residents and 40,000 rows; the
targets are stated for 2,100,000 and 1,000,000. A rival that does not finish within LIMIT seconds (180) is tried again
at a fifth of the size. Seconds by the clock, and the most memory that the process held, until the pairs are there and
before they are judged; seconds of processor of the whole process.
"""

import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.linkage.blocks import candidates
from jangkau.core.linkage.counter import Counter
from jangkau.core.linkage.model import load
from jangkau.core.linkage.pairs import Desk
from jangkau.core.linkage.person import Person
from jangkau.core.linkage.prepare import prepare_list, prepare_population, with_lists
from jangkau.core.linkage.refresh import refresh as refreshed
from jangkau.core.linkage.score import Scorer
from jangkau.core.linkage.search import Search, limits, part_of
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


MEMBERS, WELFARE = 450_000 / 2_100_000, 1_000_000 / 2_100_000


def make(folder: Path, residents: int, listed: int) -> None:
    """penduduk.parquet, lists of three sizes with the true `benar`, and two registers of the same people."""
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng([1, residents])
    people = make_people(load_places(PROVINCE, min(residents / WHOLE, 1), rng), PER, rng)
    people.select(*FIELDS).sort("nik").write_parquet(folder / "penduduk.parquet")
    for name, rows in (("daftar", listed), ("usulan", listed // 20), ("orang", 300)):
        spoiled(people, rows, rng).write_parquet(folder / f"{name}.parquet")
    for name, share, key in (("peserta", MEMBERS, "kpj"), ("kesejahteraan", WELFARE, "id_individu")):
        rows = spoiled(people, int(len(people) * share), rng).drop("benar")
        keys = pl.Series(key, np.arange(len(rows))).cast(pl.String).str.zfill(11)
        rows.with_columns(keys, kode_wilayah=pl.col("kode_desa").str.head(4)).write_parquet(folder / f"{name}.parquet")


def spoiled(people: pl.DataFrame, rows: int, rng: np.random.Generator) -> pl.DataFrame:
    """Some of the people as lists have them, with their true NIK as `benar`."""
    picked = people[np.sort(rng.choice(len(people), rows, replace=False))]
    gap = {name: pl.Series(rng.random(rows) < share) for name, share in (("lahir", 0.08), ("jk", 0.3), ("kk", 0.9))}
    return (
        spoil(picked.select("_orang", *FIELDS), people, RATES, rng)
        .with_columns(
            benar=picked["nik"],
            tanggal_lahir=pl.when(~gap["lahir"]).then("tanggal_lahir"),
            jenis_kelamin=pl.when(~gap["jk"]).then("jenis_kelamin"),
            no_kk=pl.when(~gap["kk"]).then("no_kk"),
        )
        .drop("_orang")
    )


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


def truth(folder: Path, name: str) -> pl.DataFrame:
    """l, r: the true pairs as row numbers."""
    rows, people = (pl.read_parquet(folder / f"{table}.parquet").with_row_index() for table in (name, "penduduk"))
    met = rows.select("benar", l="index").join(people.select("nik", r="index"), left_on="benar", right_on="nik")
    return met.select(pl.col("l", "r").cast(pl.Int64))


def recall(folder: Path, name: str, *looked_at: pl.DataFrame) -> float:
    """The share of true pairs among the pairs that were looked at."""
    true = truth(folder, name)
    every = pl.concat([pairs.select(pl.col("l", "r").cast(pl.Int64)) for pairs in looked_at])
    return len(true.join(every, on=["l", "r"], how="semi")) / len(true)


def ours(folder: Path, name: str, population, side, since: float) -> dict[str, float]:
    """`Search.find`, its steps timed one by one; `detik` from `since` to the pairs, before they are judged."""
    parts = {"daftar": part_of(side), "penduduk": population_part(population)}
    search = Search(parts, population.census.model(load()))
    known = search.by_nik("daftar", "penduduk")
    search.rest("daftar", "sisa", known.select(rid="l"))
    pairs = candidates(side, search.parts["sisa"].rids, population.index)
    weigh = partial(Scorer(search.model).weigh, limits=limits(search.model, "penduduk", len(population.side)))
    before = time.perf_counter()
    scored = Desk().each(pairs, side, population.side, weigh)
    rate = len(pairs) / (time.perf_counter() - before)
    found = pl.concat([known.to_native(), search.judge(scored, "penduduk", "penduduk").to_native()])
    told = {"detik": time.perf_counter() - since, "GB": highest(), "pasangan": len(pairs), "pasangan/detik": rate}
    looked_at = pl.DataFrame({"l": pairs.left, "r": pairs.right})
    return told | {"calon": recall(folder, name, known.to_native(), looked_at), **judged(folder, name, found)}


def ready(folder: Path) -> dict[str, float]:
    """The list against the register, both normalised."""
    population = opened(folder)
    side = prepare_list(read(folder, "daftar"), population.census, asked=True)
    return ours(folder, "daftar", population, side, time.perf_counter())


def proposals(folder: Path) -> dict[str, float]:
    """A twentieth of the list against the kept register, from the file to the pairs."""
    since = time.perf_counter()
    population = opened(folder)
    side = prepare_list(read(folder, "usulan"), population.census, asked=True)
    return ours(folder, "usulan", population, side, since)


def cold(folder: Path) -> dict[str, float]:
    """Nothing kept: both normalised, in memory."""
    since = time.perf_counter()
    population, sides = with_lists(partial(prepare_population, read(folder, "penduduk")), {"l": read(folder, "daftar")})
    return ours(folder, "daftar", population, sides["l"], since)


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


def refresh(folder: Path) -> dict[str, float]:
    """New snapshots of members and welfare against the kept population: prepared, and who their residents are."""
    files = {name: folder / f"{name}.parquet" for name in ("penduduk", "peserta", "kesejahteraan")}
    since = time.perf_counter()
    told = refreshed(files, {name: read(folder, name) for name in files}, None)
    sure = sum(row.get("penduduk_pasti", 0) for row in told) / sum(row["baris"] for row in told[1:])
    return {"detik": time.perf_counter() - since, "pasti": sure}


def rivals():
    path = Path(__file__).parent / "linkage_tools" / "rivals.py"
    spec = importlib.util.spec_from_file_location("linkage_rivals", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["linkage_rivals"] = module
    spec.loader.exec_module(module)
    return module


def rival(name: str, folder: Path) -> dict[str, float]:
    module = rivals()
    sides = [module.plain(folder, table) for table in ("daftar", "penduduk")]
    since = time.perf_counter()
    answer = getattr(module, name)(*sides)
    seconds, most, count = time.perf_counter() - since, highest(), len(answer.candidates)
    true = truth(folder, "daftar")
    right = len(answer.found.select(pl.col("l", "r").cast(pl.Int64)).join(true, on=["l", "r"], how="semi"))
    return {
        "detik": seconds, "GB": most, "pasangan": count, "pasangan/detik": count / answer.menilai,
        "calon": recall(folder, "daftar", answer.candidates), "F1": 2 * right / (len(answer.found) + len(true)),
    }  # fmt: skip


def splink(folder: Path) -> dict[str, float]:
    """Splink over everything, its library's levels, both sides normalised."""
    return rival("splink", folder)


def recordlinkage(folder: Path) -> dict[str, float]:
    """recordlinkage, both sides normalised."""
    return rival("recordlinkage", folder)


OURS: dict[str, Callable[[Path], dict[str, float]]] = {
    way.__name__: way for way in (proposals, single, ready, cold, refresh)
}
RIVALS: dict[str, Callable[[Path], dict[str, float]]] = {way.__name__: way for way in (splink, recordlinkage)}
STEP, TRIES = 5, 3


def highest() -> float:
    """GB that this process held at most until now, without what was forked from it or what it was forked from."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def child(name: str, folder: str) -> None:
    told = (OURS | RIVALS)[name](Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"prosesor": used.ru_utime + used.ru_stime, "GB": highest()} | told))


def run(name: str, folder: Path, limit: float | None = None) -> bool:
    """Whether the way finished; its figures are printed."""
    command = [sys.executable, __file__, "child", name, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        print(f"  {name:13} tidak selesai dalam {limit:.0f} s", flush=True)
        return False
    if done.returncode:
        print(f"  {name:13} failed: {done.stderr.strip().splitlines()[-1]}", flush=True)
        return True
    told = json.loads(done.stdout.strip().splitlines()[-1])
    figures = "  ".join(f"{key} {value:,.0f}" if value >= 1000 else f"{key} {value:.4g}" for key, value in told.items())
    print(f"  {name:13} {figures}   {(OURS | RIVALS)[name].__doc__.splitlines()[0]}", flush=True)
    return True


def main(residents: int = 100_000, listed: int = 40_000, limit: int = 180) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = ready_made(Path(place), residents, listed)
        for name in OURS:
            run(name, folder)
        left = list(RIVALS)
        for smaller in range(TRIES):
            share = STEP**smaller
            if smaller and left:
                folder = ready_made(Path(place), residents // share, listed // share)
                run("ready", folder)
            left = [name for name in left if not run(name, folder, limit)]


def ready_made(place: Path, residents: int, listed: int) -> Path:
    folder = place / str(residents)
    make(folder, residents, listed)
    opened(folder)
    print(f"{residents:,} residents, {listed:,} rows, {listed // 20:,} proposals; kept register ready", flush=True)
    return folder


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(*sys.argv[2:4])
    else:
        main(*[int(text) for text in sys.argv[1:]])
