"""Why a pair has its probability: the evidence added up, in bits, from the prior to the decision.

A bit doubles the odds. The bits of a waterfall add up to log2(p / (1 - p)) of the probability p that was decided on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.linkage.calibrate import curved, held
from jangkau.core.linkage.clerks import BY_CLERK
from jangkau.core.linkage.comparisons import Comparison
from jangkau.core.linkage.decide import prior
from jangkau.core.linkage.household import contradicted
from jangkau.core.linkage.model import Curve, Model, Thresholds
from jangkau.core.linkage.search import BY_NIK, Search

# Beyond this many bits a probability cannot be told from 0 or 1.
MOST = 60.0
Row = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One piece of evidence. `kode`: the comparison, or awal, nik_sama, saingan, batas, kerabat, kalibrasi, ...

    `isi` says in Indonesian what was found; `m`, `u`: how often the same and two different persons look like that.
    """

    kode: str
    judul: str
    isi: str
    bit: float
    m: float | None = None
    u: float | None = None


@dataclass(frozen=True)
class Waterfall:
    """The evidence for one pair, in the order in which it is added; `cara` as in TAUTAN."""

    cara: str
    bars: tuple[Bar, ...]
    kosong: tuple[str, ...] = ()

    @property
    def bit(self) -> float:
        """All evidence together."""
        return sum(bar.bit for bar in self.bars)

    @property
    def peluang(self) -> float:
        """The probability that all evidence comes to."""
        return chance(self.bit)

    def as_dict(self) -> Row:
        """For JSON."""
        return {
            "cara": self.cara,
            "peluang": self.peluang,
            "bit": self.bit,
            "batang": [vars(bar) for bar in self.bars],
            "kosong": list(self.kosong),
        }


def chance(bits: float) -> float:
    """Bits of log odds -> probability."""
    return float(1 / (1 + 2 ** -max(min(bits, 1000.0), -1000.0)))


def log_odds(peluang: float) -> float:
    """Probability -> bits of log odds, at most MOST either way."""
    if peluang <= 0 or peluang >= 1:
        return MOST if peluang >= 1 else -MOST
    return max(min(log2(peluang / (1 - peluang)), MOST), -MOST)


def explain(
    search: Search, left: str, right: str, register: str, least: float = 0.0
) -> dict[tuple[int, int], Waterfall]:
    """The waterfall of every pair (l, r) of stored tables `left` and `right` that a search of `left` considers.

    `left` is meant to hold a row or a few; of many, only pairs of at least the chance `least` are told. The figures are
    those of `Search.find`: the guarded NIK pass first, then the model over what the blocks bring.
    """
    exact = search.by_nik(left, right)
    found = {pair: by_nik() for pair in exact.select("l", "r").rows()}
    search.rest(left, "sisa", exact.select(rid="l"))
    rows = polars(contradicted(frame(search.levels("sisa", right, register))))
    start = prior(search.model, register, search.size(right))
    odds = pl.lit(2.0) ** (pl.col("bobot") * search.model.slope + start).clip(-MOST, MOST)
    rivals = rows.with_columns(nasib=odds).with_columns(saingan=pl.col("nasib").sum().over("l") - pl.col("nasib"))
    whole = 1 + pl.col("nasib") + pl.col("saingan")
    held = pl.col("pinjam") & (pl.col("nasib") >= search.model.thresholds.tinjau * whole)
    shown = rivals.with_columns(tanding=pl.col("tanding") & held.any().over("l"))
    likely = shown.filter((pl.col("nasib") >= least * whole) | pl.col("tanding"))
    return found | {(row["l"], row["r"]): by_model(row, search.model, start) for row in likely.to_dicts()}


def by_nik() -> Waterfall:
    """The one reason of a pair that the guarded NIK pass settled."""
    return Waterfall("nik", (_bar("nik_sama", log_odds(BY_NIK)),))


def _bar(kode: str, bit: float) -> Bar:
    """A bar that is not a comparison's."""
    return Bar(kode, title(kode), meaning(kode, "isi"), bit)


def by_model(row: Row, model: Model, start: float) -> Waterfall:
    """The waterfall of one pair from its levels: a row of `Search.levels`, with `saingan`, the odds of its rivals."""
    bars = [_bar("awal", start)]
    silent = []
    for comparison in model.comparisons:
        level = row[f"t_{comparison.name}"]
        if level < 0:
            silent.append(title(comparison.name))
        else:
            bars += _evidence(comparison, level, row, model)
    bits = sum(bar.bit for bar in bars[1:])
    bars += _adjusted(bits, start, row, model)
    return Waterfall("model", tuple(bars), tuple(silent))


def _evidence(comparison: Comparison, number: int, row: Row, model: Model) -> Iterator[Bar]:
    """The bar of a level, and of how rare the value is where the level asks."""
    level = comparison.levels[number]
    m, u = model.parameters[comparison.name][level.label]
    name = title(comparison.name)
    yield Bar(comparison.name, name, meaning(comparison.name, level.label), log2(m / u), m, u)
    if level.tf:
        common = max(row[f"tf_{level.tf}"] or 0.0, model.minimum_frequency)
        rare = log2(u / common)
        words = meaning("langka", "jarang" if rare >= 0 else "sering")
        yield Bar(f"{comparison.name}_langka", f"{name}: {title('langka')}", words, rare, u=common)


def _adjusted(bits: float, start: float, row: Row, model: Model) -> Iterator[Bar]:
    """What happens to the sum of the evidence before it is a probability."""
    if model.slope != 1:
        yield _bar("kemiringan", bits * (model.slope - 1))
    total = bits * model.slope + start
    rivals = -log2(1 + row["saingan"])
    if rivals:
        yield _bar("saingan", rivals)
    most = log_odds(model.thresholds.open)
    borrowed = row["pinjam"] and chance(total + rivals) >= model.thresholds.tinjau
    if borrowed or (row["asing"] and total + rivals > most):
        yield _bar("batas", most - total - rivals)
    elif row["tanding"]:
        yield _bar("kerabat", max(log_odds(model.thresholds.rest) - total - rivals, 0.0))


def taught(own: Waterfall, curve: Curve, thresholds: Thresholds) -> Waterfall:
    """`own` with a bar for what earlier review decisions taught about such probabilities (see `calibrate`)."""
    chances = np.array([own.peluang])
    if own.cara != "model" or held(chances, thresholds)[0]:
        return own
    return _until(own, float(curved(chances, curve)[0]), _bar("kalibrasi", 0.0))


def settled(own: Waterfall, peluang: float, cara: str) -> Waterfall:
    """`own` with a last bar where the whole run decided on another probability: a clerk did, or other proposals."""
    if cara == BY_CLERK:
        return replace(_until(own, peluang, _bar(BY_CLERK, 0.0)), cara=BY_CLERK)
    return _until(own, peluang, _bar("lain", 0.0))


def _until(own: Waterfall, peluang: float, bar: Bar) -> Waterfall:
    """`own` with `bar` as long as it takes to reach `peluang`, unless that is reached already."""
    if abs(own.peluang - peluang) <= 1e-6:
        return own
    return replace(own, bars=(*own.bars, replace(bar, bit=log_odds(peluang) - own.bit)))


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (files("jangkau.core.linkage") / "kata_bukti.yaml").read_text("utf-8")
    words: dict[str, dict[str, str]] = load_yaml(text)
    return words


def vocabulary() -> list[str]:
    """Every word that evidence is told in, for those who translate."""
    return sorted({text for part in _words().values() for text in part.values()})


def title(comparison: str) -> str:
    """What a comparison looks at, as a heading."""
    return _words().get(comparison, {}).get("judul", comparison)


def meaning(comparison: str, label: str) -> str:
    """What a level says, in Indonesian; the label itself where `kata_bukti.yaml` has no words for it."""
    return _words().get(comparison, {}).get(label, label)
