"""Names: a culture a household, tokens by sex and rank, families that share a token."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.synthetic.data import load

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NONE = -1


@dataclass(frozen=True)
class Pool:
    """Token numbers and their cumulated Zipf weights."""

    tokens: Ints
    cumulated: NDArray[np.float64]

    def draw(self, u: NDArray[np.float64]) -> Ints:
        """One token for each uniform number."""
        return self.tokens[np.searchsorted(self.cumulated, u, side="right")]


@cache
def vocabulary() -> list[str]:
    """Every token, numbered by its place."""
    return sorted({token for culture in load("names").values() for token in _words(culture)})


def _words(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return entry.split()
    return [word for value in entry.values() for word in _words(value)]


@cache
def _pool(culture: str, *path: str) -> Pool:
    entry = load("names")[culture]
    for key in path:
        entry = entry[key]
    number = {token: i for i, token in enumerate(vocabulary())}
    words = entry.split()
    weight = 1.0 / (np.arange(len(words)) + 3.0) ** 0.75
    cumulated = np.cumsum(weight) / weight.sum()
    cumulated[-1] = 1.0
    return Pool(np.array([number[w] for w in words]), cumulated)


def culture_names() -> list[str]:
    """The cultures of the data file, in its order."""
    return list(load("names"))


def draw_cultures(province: str, count: int, rng: np.random.Generator) -> Ints:
    """A culture number for each of `count` households, by the province's mix."""
    data = load("cultures")
    mix = next((p["bobot"] for p in data["provinsi"] if province in p["untuk"]), data["bawaan"])
    weight = np.array([mix.get(c, 0) for c in culture_names()], dtype=float)
    return rng.choice(len(weight), size=count, p=weight / weight.sum())


def draw_names(culture: Ints, female: Bools, age: Ints, family: Ints, rng: np.random.Generator) -> pl.Series:
    """A full name for each person; `family` numbers households, whose members share a marga.

    About one in ten has a single name, more among the old.
    """
    n = len(culture)
    tokens = np.full((n, 5), NONE, dtype=np.int64)
    wanted = _token_count(age, rng.random(n))
    draws = rng.random((n, 4))
    draws[:, 3] = rng.random(int(family.max(initial=0)) + 1)[family]
    for number, name in enumerate(culture_names()):
        for sex, is_female in (("L", False), ("P", True)):
            at = np.flatnonzero((culture == number) & (female == is_female))
            if len(at):
                tokens[at] = _tokens(name, sex, wanted[at], draws[at])
    return _join(tokens)


def _token_count(age: Ints, u: NDArray[np.float64]) -> Ints:
    """How many tokens: 1 for 4-20 % by age, mostly 2, sometimes 3."""
    single = np.clip(0.02 + age * 0.0028, 0.03, 0.20)
    return np.where(u < single, 1, np.where(u < single + 0.52, 2, 3))


def _tokens(culture: str, sex: str, wanted: Ints, u: NDArray[np.float64]) -> Ints:
    """Columns: birth-order prefix, first, second and third token, family. The last column of `u` is the family's."""
    entry = load("names")[culture]
    first, rest = _pool(culture, sex, "awal"), _pool(culture, sex, "akhir")
    tokens = np.full((len(wanted), 5), NONE, dtype=np.int64)
    tokens[:, 1] = first.draw(u[:, 0])
    second = rest.draw(u[:, 1])
    third = np.where(u[:, 2] < 0.3, first.draw(u[:, 2] / 0.3 % 1), rest.draw(u[:, 2]))
    second = np.where(second == tokens[:, 1], NONE, second)
    third = np.where((third == second) | (third == tokens[:, 1]), NONE, third)
    tokens[:, 2] = np.where((wanted >= 2) | ("urutan" in entry), second, NONE)
    tokens[:, 3] = np.where(wanted >= 3, third, NONE)
    if "marga" in entry:
        tokens[:, 4] = np.where(u[:, 2] < 0.95, _pool(culture, "marga").draw(u[:, 3]), NONE)
    if "urutan" in entry:
        tokens[:, 0] = np.where(u[:, 2] < 0.9, _pool(culture, "urutan", sex).tokens[0], NONE)
    return tokens


def _join(tokens: Ints) -> pl.Series:
    words = pl.Series("v", vocabulary())
    columns = {}
    for i in range(tokens.shape[1]):
        index = pl.Series(tokens[:, i])
        columns[f"t{i}"] = words.gather(index.set(index == NONE, None))
    return pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).alias("nama"))["nama"]
