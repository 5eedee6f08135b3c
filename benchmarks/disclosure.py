"""Open data of a whole province: two editions a month apart, the second protected together with the first.

PYTHONPATH=src python benchmarks/disclosure.py

450,000 members and 1.1 million workers are made up and counted as monitoring counts them; each edition holds every
indicator of people, first down to the kecamatan by every cut, then down to the desa. Villages are of very different
size, so that there are small counts. Printed are the counts that
are closed because they are small, those closed with them, what the attacker tried, and the time.
"""

import time

import indicators as world
import numpy as np
import polars as pl

CUTS = ("segmen", "jenis_kelamin", "umur", "desil", "pekerjaan", "sektor", "pembayar")
EDITIONS = (("kecamatan", 6, CUTS), ("desa", 10, ()))
MONTHS = 3


def counted() -> pl.DataFrame:
    """ANGKA of three months, as monitoring keeps it."""
    from jangkau.core.coverage import Inputs, measure
    from jangkau.core.engine import frame, polars
    from jangkau.core.identity.regions import Regions
    from jangkau.core.law.book import Book
    from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK
    from jangkau.core.tables.settings import Settings

    rng, regions = np.random.default_rng(1), Regions.load("17")
    who = world.people(rng, [place.code for place in regions.villages()])
    potret = {world.month_end(m): frame(world.snapshot(who, rng, m)) for m in range(MONTHS)}
    share = dict(zip(sorted(who["kode_desa"].unique()), rng.beta(0.3, 3, who["kode_desa"].n_unique()), strict=True))
    kept = who["kode_desa"].replace_strict(share, return_dtype=pl.Float64).to_numpy()
    who = who.filter(pl.Series(rng.random(len(who)) < kept))
    population = PENDUDUK.conform(
        frame(who.select("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan"))
    )
    welfare = KESEJAHTERAAN.conform(frame(who.select("nik", "desil", id_individu="nik")))
    settings = Settings(provinsi="17", per=world.month_end(MONTHS - 1), mulai="2027-01")
    return polars(measure(Inputs(potret, population, welfare), settings, regions, Book.load()))


def main() -> None:
    from jangkau.core.coverage import ties
    from jangkau.core.disclosure import Rules, make

    figures = counted()
    for level, length, cuts in EDITIONS:
        chosen = figures.filter(pl.col("wilayah").str.len_chars() <= length, pl.col("potongan").is_in(["", *cuts]))
        before: list[pl.DataFrame] = []
        for month in range(1, MONTHS):
            own = chosen.filter(pl.col("per") == world.month_end(month))
            began, worked = time.perf_counter(), time.process_time()
            edition = make(own, before, Rules(), ties=ties())
            took, work = time.perf_counter() - began, time.process_time() - worked
            before.append(edition.kept)
            told = edition.summary.select(pl.col("angka", "kecil", "nol", "sisa", "selisih", "pelindung").sum())
            print(f"{level}, edition {month}: {took:.1f} s, processor {work:.1f} s; {told.row(0, named=True)}")
            print(
                f"  attacked {edition.attack.tried:,} small counts, narrowest interval {edition.attack.narrowest:.0f}"
            )


if __name__ == "__main__":
    main()
