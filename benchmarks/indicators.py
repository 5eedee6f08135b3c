"""All indicators of all regions from 1.1 million workers and 24 monthly snapshots of 450,000 members.

PYTHONPATH=src python benchmarks/indicators.py
"""

import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

sys.path[:0] = [str(Path(__file__).parents[1] / "src")]
WORKERS, MEMBERS, SNAPSHOTS, MOST_SECONDS, MOST_BYTES = 1_100_000, 450_000, 24, 10.0, 2 * 2**30
FIRST = 2025 * 12


def people(rng: np.random.Generator, villages: list[str]) -> pl.DataFrame:
    """Workers with a well-formed NIK, name, birth date, sex, village, work and decile."""
    n = WORKERS
    born = (np.datetime64("1960-01-01") + rng.integers(0, 16_500, n).astype("timedelta64[D]")).astype("datetime64[D]")
    woman = rng.random(n) < 0.45
    names = np.array([f"{a} {b}" for a in ("Siti", "Budi", "Dewi", "Agus", "Rina") for b in ("Putra", "Sari", "Wati")])
    table = pl.DataFrame(
        {
            "kode_desa": rng.choice(villages, n),
            "tanggal_lahir": born,
            "jenis_kelamin": np.where(woman, "P", "L"),
            "nama": rng.choice(names, n),
            "pekerjaan": rng.choice(["Petani", "Pedagang", "Nelayan", "Buruh", "Sopir", "PNS"], n),
            "desil": rng.integers(1, 11, n),
            "urut": np.arange(n) % 9_000 + 1,
        }
    )
    day = pl.col("tanggal_lahir").dt.day() + 40 * (pl.col("jenis_kelamin") == "P")
    parts = [day.cast(pl.String).str.zfill(2), pl.col("tanggal_lahir").dt.strftime("%m%y")]
    nik = pl.concat_str(pl.col("kode_desa").str.slice(0, 6), *parts, pl.col("urut").cast(pl.String).str.zfill(4))
    return table.with_columns(nik=nik).unique("nik", keep="first", maintain_order=True)


def snapshot(who: pl.DataFrame, rng: np.random.Generator, month: int) -> pl.DataFrame:
    """450,000 memberships at a month: most go on, some stop, 4 % without a NIK, 3 % of people with two."""
    first, second = np.arange(MEMBERS * 97 // 100) + month * 3_000, np.arange(MEMBERS * 3 // 100) * 29
    at, kpj = np.concatenate([first, second]), np.concatenate([first, second + 10**9])
    start = FIRST - 24 + (at * 7919) % 36
    until = np.minimum(month + FIRST - rng.integers(0, 6, len(at)), month + FIRST)
    chosen = who[at % len(who)]
    text = [pl.Series([f"{m // 12}-{m % 12 + 1:02d}" for m in range(FIRST - 60, FIRST + 60)])]
    return chosen.select(
        pl.Series("kpj", kpj).cast(pl.String),
        pl.when(pl.Series(at % 25 != 0)).then("nik").alias("nik"),
        "nama", "tanggal_lahir", "jenis_kelamin", pl.col("kode_desa").str.slice(0, 4).alias("kode_wilayah"),
        pl.Series("segmen", np.array(["PU", "BPU", "JAKON"])[at % 3]), pl.lit(None, pl.String).alias("npp"),
        pl.Series("pembayar", np.array(["PEMBERI_KERJA", "APBD_KAB", "SENDIRI"])[at % 3]),
        pl.Series("sektor", np.array(["TANI", "DAGANG", "JASA", "BANGUNAN"])[at % 4]),
        pl.lit(1_000_000).alias("upah"),
        text[0][start - FIRST + 60].alias("mulai"), text[0][until - FIRST + 60].alias("dibayar_sampai"),
    )  # fmt: skip


def month_end(month: int) -> date:
    following = month + FIRST + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def read_snapshot(path: Path):
    from jangkau.core.coverage.panel import READ
    from jangkau.core.engine import frame

    return frame(pl.read_parquet(path, columns=READ))  # it was checked when it came


def main() -> int:
    from jangkau.core.coverage import Inputs, measure
    from jangkau.core.engine import frame
    from jangkau.core.identity.regions import Regions
    from jangkau.core.law.book import Book
    from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK
    from jangkau.core.tables.settings import Settings

    rng = np.random.default_rng(1)
    regions = Regions.load("17")
    who = people(rng, [place.code for place in regions.villages()])
    with tempfile.TemporaryDirectory() as folder:
        paths = {month_end(m): Path(folder) / f"{m}.parquet" for m in range(SNAPSHOTS)}
        for m, path in enumerate(paths.values()):
            snapshot(who, rng, m).write_parquet(path, compression="lz4")  # as registers are kept
        population = PENDUDUK.conform(
            frame(who.select("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan"))
        )
        welfare = KESEJAHTERAAN.conform(frame(who.select("nik", "desil", id_individu="nik")))
        del who
        read = {per: partial(read_snapshot, path) for per, path in paths.items()}
        settings = Settings(provinsi="17", per=month_end(SNAPSHOTS - 1), mulai="2027-01")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, worked = time.perf_counter(), time.process_time()
        found = measure(Inputs(read, population, welfare), settings, regions, Book.load())
        seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{WORKERS:,} workers, {SNAPSHOTS} snapshots of {MEMBERS:,}: {len(found):,} figures")
    print(f"{seconds:.1f} s, {seconds / MOST_SECONDS:.2f} of the most; processor {time.process_time() - worked:.1f} s")
    print(f"peak {peak / 2**30:.2f} GB, {peak / MOST_BYTES:.2f} of the most; {before * 1024 / 2**30:.2f} GB before")
    return int(seconds > MOST_SECONDS or peak > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
