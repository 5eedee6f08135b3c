"""What thresholds cost: pairs to review against errors left, and the best thresholds for the clerk hours one has.

A pair that nobody looks at is decided by its probability p: accepted it is a false link with 1 - p, refused a missed
link with p. With a false link as bad as `worth` missed ones, looking at the pair saves
min(worth * (1 - p), p) at most. The best use of limited hours looks at the pairs that save most, so both thresholds
follow from one number, the least saving worth a look.
"""

from dataclasses import asdict, dataclass
from math import ceil, floor, sqrt
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.clerks import BY_CLERK
from jangkau.core.linkage.decide import decide
from jangkau.core.linkage.evaluate import judge, true_pairs
from jangkau.core.linkage.model import Thresholds
from jangkau.core.linkage.truth import Truth
from jangkau.core.tables.schema import Frame

WORTH = 2.0
# Below this saving a look is not worth proposing, however many hours there are.
LEAST = 0.02
STEPS = 24
NINETY = 1.645


@dataclass(frozen=True)
class Cost:
    """Thresholds, the pairs they leave to review, and the errors expected among those decided without a look.

    `salah` false links, `terlewat` missed links; `*_sebar` the standard deviation of each, if pairs are independent.
    """

    ambang: Thresholds
    ditinjau: int
    salah: float
    salah_sebar: float
    terlewat: float
    terlewat_sebar: float

    def as_dict(self, minutes: float) -> dict[str, Any]:
        """For JSON: hours of review, each kind of error with its 5-95 % range."""
        errors = {name: _range(getattr(self, name), getattr(self, f"{name}_sebar")) for name in ("salah", "terlewat")}
        hours = self.ditinjau * minutes / 60
        return {"ambang": asdict(self.ambang), "ditinjau": self.ditinjau, "jam": hours, **errors}


def _range(mean: float, spread: float) -> dict[str, float]:
    return {"harapan": mean, "bawah": max(0.0, mean - NINETY * spread), "atas": mean + NINETY * spread}


def open_pairs(tautan: Frame) -> pl.DataFrame:
    """The pairs of TAUTAN that probabilities decide, not clerks: l, r, register, peluang, cara."""
    pairs = polars(tautan).filter(pl.col("cara") != BY_CLERK)
    return pairs.select(l="id_usulan", r="id_register", register="register", peluang="peluang", cara="cara")


def cost(pairs: pl.DataFrame, thresholds: Thresholds) -> Cost:
    """What `thresholds` cost on `pairs` (see `open_pairs`), by the probabilities themselves."""
    decided = redecide(pairs, thresholds)
    chance, word = pl.col("peluang"), pl.col("keputusan")
    spread = (chance * (1 - chance)).sum()
    accepted, refused = decided.filter(word == "cocok"), decided.filter(word == "tidak")
    return Cost(
        ambang=thresholds,
        ditinjau=decided.filter(word == "tinjau").height,
        salah=accepted.select((1 - chance).sum()).item(),
        salah_sebar=sqrt(accepted.select(spread).item()),
        terlewat=refused.select(chance.sum()).item(),
        terlewat_sebar=sqrt(refused.select(spread).item()),
    )


def redecide(pairs: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """`pairs` with the `keputusan` that other thresholds would have given."""
    parts = [
        polars(decide(frame(part), thresholds, single=register != "peserta"))
        for (register,), part in pairs.partition_by("register", as_dict=True, maintain_order=True).items()
    ]
    return pl.concat(parts) if parts else pairs.with_columns(keputusan=pl.lit("tidak"))


def saving_at(least: float, worth: float = WORTH) -> Thresholds:
    """The thresholds between which a look saves at least `least` missed links."""
    return Thresholds(cocok=1 - least / worth, tinjau=least)


def best(pairs: pl.DataFrame, capacity: int, worth: float = WORTH) -> Cost:
    """The thresholds that leave at most `capacity` pairs to review and, of those, the fewest expected errors.

    With no capacity a pair is accepted where that is the lesser expected harm.
    """
    low, high = LEAST, worth / (1 + worth)
    found = cost(pairs, saving_at(low, worth))
    if found.ditinjau <= capacity:
        return found
    found = cost(pairs, saving_at(high, worth))
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = cost(pairs, saving_at(middle, worth))
        low, high, found = (low, middle, tried) if tried.ditinjau <= capacity else (middle, high, found)
    return cost(pairs, rounded(found.ambang))


def rounded(thresholds: Thresholds) -> Thresholds:
    """Thresholds as a person writes them, with no wider a gap for review than they had."""
    return Thresholds(cocok=floor(thresholds.cocok * 1000) / 1000, tinjau=ceil(thresholds.tinjau * 1000) / 1000)


def happened(pairs: pl.DataFrame, truth: Truth, thresholds: Thresholds) -> dict[str, int]:
    """False and missed links that really happen with `thresholds`, among the proposals that `truth` speaks of.

    A true pair left to review is no error: a clerk will see it.
    """
    decided = frame(redecide(pairs, thresholds).rename({"l": "id_usulan", "r": "id_register"}))
    errors = {"salah": 0, "terlewat": 0}
    for register, part in truth.registers.items():
        sides = frame(part.proposals), frame(part.rows)
        judged = judge(decided, register, *sides)
        word, right = pl.col("keputusan"), pl.col("benar")
        errors["salah"] += judged.filter(word == "cocok", ~right).height
        errors["terlewat"] += true_pairs(*sides).height - judged.filter(word != "tidak", right).height
    return errors
