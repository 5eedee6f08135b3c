"""Names made comparable in bulk: names per second, beside reading them row by row, all in one run.

`python benchmarks/names_speed.py [NAMES ...]`, by default a million and 3.1 million names of eight provinces, a quarter
of them misspelt, shortened or with titles. "Row by row" reads names one after the other: without remembering anything,
and remembering every word and every arrangement of rule words.
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

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
SAMPLE, REMEMBERED = 5_000, 200_000


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


@contextmanager
def timed(what: str, count: int) -> Iterator[dict[str, float]]:
    """Prints how long the block took, by the clock and in processor time, and how many names a second that is."""
    rate: dict[str, float] = {}
    wall, cpu = time.perf_counter(), time.process_time()
    yield rate
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rate["cpu"] = count / cpu
    print(f"  {what:44} {wall:7.2f} s  {count / wall:12,.0f} names/s  (processor {cpu:.2f} s)")


def naive(names: pl.Series) -> float:
    """Each row read for itself; nothing remembered between rows."""
    reader = NameReader(Rules(table()))
    sample = names.sample(SAMPLE, seed=1).to_list()
    with timed(f"row by row ({len(sample):,} of them)", len(sample)) as rate:
        for name in sample:
            reader.arranged.cache_clear()
            reader.phonetic(name)
    return rate["cpu"]


def remembering(names: pl.Series) -> float:
    """Each row read for itself, with the words and arrangements of earlier rows remembered."""
    reader = NameReader(Rules(table()))
    settle = cache(lambda word: reader_settle([word])[0])
    sound = cache(lambda word: reader_sounds([word])[0])
    reader_settle, reader_sounds = reader.settle, reader.sounds
    reader.settle = lambda words: [settle(word) for word in words]
    reader.sounds = lambda words: [sound(word) for word in words]
    sample = names.sample(min(len(names), REMEMBERED), seed=1).to_list()
    with timed(f"row by row, remembering ({len(sample):,})", len(sample)) as rate:
        for name in sample:
            reader.phonetic(name)
    return rate["cpu"]


def kept(names: pl.Series) -> None:
    """A dictionary filled, and filled further by the next snapshot."""
    made = NameDictionary()
    with timed("a new dictionary", len(names)):
        made.ids(names)
    later = pl.concat([names.head(int(len(names) * 0.98)), people(len(names) // 50, 2, 0.25)])
    with timed("the next snapshot, one name in fifty another", len(later)):
        made.ids(later)


def main(count: int) -> None:
    names = people(count, 1, 0.25)
    print(f"{len(names):,} names, {names.n_unique():,} distinct")
    slow, remembered = naive(names), remembering(names)
    with timed("a column (normalise_frame)", len(names)) as rate:
        normalise_frame(engine.frame(names.to_frame()), "nama")
    print(f"  per processor second {rate['cpu'] / slow:.0f} x row by row, {rate['cpu'] / remembered:.1f} x remembering")
    kept(names)
    print(f"  memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [1_000_000, 3_100_000]:
        main(size)
