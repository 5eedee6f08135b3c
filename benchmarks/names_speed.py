"""Names made comparable in bulk: names per second, beside reading them row by row, all in one run.

`python benchmarks/names_speed.py [NAMES ...]`, by default a million and 3.1 million names of eight provinces, a quarter
of them misspelt, shortened or with titles. "Row by row" reads names one after the other: without remembering anything,
and remembering every word and every arrangement of rule words.
"""

import resource
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core import engine
from jangkau.core.identity.dictionary import NameDictionary
from jangkau.core.identity.name_reader import NameReader
from jangkau.core.identity.name_rules import Rules, table
from jangkau.core.identity.names import normalise_frame
from jangkau.core.synthetic.faults import wrong_name
from jangkau.core.synthetic.names import draw_cultures, draw_names

PROVINCES = ("17", "32", "73", "51", "12", "33", "13", "11")
TITLES = ("H. ", "Hj. ", "M. ", "Drs. ")
DEGREES = (", S.Pd", ", SE", " bin Karto")
SAMPLE = 5_000


def people(count: int, seed: int, spoilt: float) -> pl.Series:
    """Names as registers and lists have them."""
    rng = np.random.default_rng(seed)
    parts = [_province(code, count // len(PROVINCES), rng) for code in PROVINCES]
    names = pl.concat(parts).to_list()
    for at in np.flatnonzero(rng.random(len(names)) < spoilt).tolist():
        names[at] = _spoilt(names[at], rng.random(6))
    return pl.Series("nama", names)


def _province(code: str, count: int, rng: np.random.Generator) -> pl.Series:
    age, household = rng.integers(0, 90, count), np.arange(count) // 4
    return draw_names(draw_cultures(code, count, rng), rng.random(count) < 0.5, age, household, rng)


def _spoilt(name: str, u: np.ndarray) -> str:
    name = wrong_name(name, *u[:3])[0]
    if u[3] < 0.2:
        return TITLES[int(u[4] * len(TITLES))] + name
    if u[3] < 0.3:
        return name + DEGREES[int(u[4] * len(DEGREES))]
    return name.title() if u[3] < 0.5 else name


def told(what: str, count: int, since: float) -> float:
    seconds = time.perf_counter() - since
    print(f"  {what:44} {seconds:7.2f} s  {count / seconds:12,.0f} names/s")
    return count / seconds


def naive(names: pl.Series) -> float:
    """Each row read for itself; nothing remembered between rows."""
    reader = NameReader(Rules(table()))
    since = time.perf_counter()
    for name in names.sample(SAMPLE, seed=1).to_list():
        reader.arranged.cache_clear()
        reader.phonetic(name)
    return told(f"row by row ({SAMPLE} of them)", SAMPLE, since)


def remembering(names: pl.Series) -> float:
    """Each row read for itself, with the words and arrangements of earlier rows remembered."""
    reader = NameReader(Rules(table()))
    settle = cache(lambda word: reader.settle([word])[0])
    sound = cache(lambda word: reader.sounds([word])[0])
    reader.settle = lambda words: [settle(word) for word in words]
    reader.sounds = lambda words: [sound(word) for word in words]
    sample = names.sample(min(len(names), 200_000), seed=1).to_list()
    since = time.perf_counter()
    for name in sample:
        reader.phonetic(name)
    return told(f"row by row, remembering ({len(sample)})", len(sample), since)


def main(count: int) -> None:
    names = people(count, 1, 0.25)
    print(f"{len(names):,} names, {names.n_unique():,} distinct")
    slow, remembered = naive(names), remembering(names)
    since = time.perf_counter()
    normalise_frame(engine.frame(names.to_frame()), "nama")
    fast = told("a column (normalise_frame)", len(names), since)
    print(f"  {fast / slow:.0f} times as fast as row by row, {fast / remembered:.1f} times as remembering")
    kept = NameDictionary()
    since = time.perf_counter()
    kept.ids(names)
    told("a new dictionary", len(names), since)
    later = pl.concat([names.head(int(len(names) * 0.98)), people(len(names) // 50, 2, 0.25)])
    since = time.perf_counter()
    before = len(kept)
    kept.ids(later)
    told(f"the next snapshot, {len(kept) - before:,} names new", len(later), since)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kamus.parquet"
        since = time.perf_counter()
        kept.save(path)
        told(f"kept, {path.stat().st_size / 1e6:.0f} MB", len(kept), since)
        since = time.perf_counter()
        told("read again", len(NameDictionary.load(path)), since)
    print(f"  memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [1_000_000, 3_100_000]:
        main(size)
