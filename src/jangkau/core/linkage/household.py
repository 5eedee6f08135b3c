"""Who of one household is easily taken for another: twins, and relatives of nearly the same first name.

A number copied from the line above belongs to such a relative, whose name and date hardly speak against it. So a NIK
settles nothing here unless the name is written as the register has it (`OWN_NAME`, part of the guard), and where the
NIK is one relative's and the name clearly better another's, a clerk decides between the two (`contradicted`).
"""

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.linkage.comparisons import COMPARISONS, Comparison
from jangkau.core.linkage.side import Side
from jangkau.core.tables.schema import Frame

# The family card of a record that somebody else on that card shares one of ALIKE with; null for everybody else.
HOME = "serumah"
CARD = "kk"
# Of two first words that differ by a letter, nearly all begin alike (`awal3`) or end alike (`ujung`, half a word).
ALIKE = ("lahir", "awal3", "ujung")
OWN_NAME = f"({HOME}_r IS NULL OR nama_l = nama_r OR nama_l IS NULL OR nama_r IS NULL)"
# A number alone outweighs by some 24 bits the one whose it is not. Who is further behind lacks more than the number:
# the birth date or the place speaks for its holder as well.
BORROWED = 16.0
# What is asked of a scored pair: whether the NIK is equal, `closeness` of the name, HOME of the right record.
ASKED = ("senik", "sebutan", HOME)
# Levels of the name up to which two names are as good: equal; of one sound or letters; partly equal or like; weaker.
_AS_GOOD = (0, 2, 7)
Counts = np.ndarray[Any, np.dtype[np.int8]]


def with_homes(side: Side) -> Side:
    """A side whose rows have HOME."""
    table = side.table([CARD, *ALIKE]).lazy().drop_nulls(CARD)
    shared = [pl.col(name).is_not_null() & (pl.len().over(CARD, name) > 1) for name in ALIKE]
    found = table.filter(pl.any_horizontal(shared)).select("rid", CARD).collect()
    homes = pl.repeat(None, len(side), dtype=pl.Int64, eager=True).scatter(found["rid"], found[CARD])
    return Side(side.rows.with_columns(homes.alias(HOME)), side.names)


def asked_of(comparisons: tuple[Comparison, ...]) -> tuple[str, ...]:
    """ASKED, or nothing where other numbers and names are compared than ours."""
    return ASKED if set(COMPARISONS[:2]) <= set(comparisons) else ()


def closeness(levels: Counts) -> Counts:
    """How good names agree by their level: 0 is best; a silent name (-1) stays."""
    return np.where(levels < 0, -1, np.searchsorted(_AS_GOOD, levels)).astype(np.int8)


def contradicted(scored: Frame) -> Frame:
    """`scored` (l, r, bobot, ASKED) with `pinjam`: the NIK is equal, and the name is clearly better a relative's.

    The relative is of the same household and not more than BORROWED bits behind; `tanding` marks the best of each l.
    """
    if HOME not in scored.columns:
        return undoubted(scored)
    known = scored.filter(~nw.col(HOME).is_null(), nw.col("sebutan") >= 0)
    holders = known.filter("senik", nw.col("sebutan") > 0).select("l", "r", HOME, "bobot", "sebutan")
    others = known.filter(~nw.col("senik")).join(holders.select("l").unique(), on="l", how="semi")
    others = others.select("l", HOME, lain="bobot", lebih="sebutan", kerabat="r")
    pairs = holders.join(others, on=["l", HOME])
    better = (nw.col("lebih") < nw.col("sebutan")) & (nw.col("lain") >= nw.col("bobot") - BORROWED)
    doubted = pairs.filter(better).sort("l", "lain", "kerabat", descending=[False, True, False])
    best = doubted.unique("l", keep="first", maintain_order=True).select("l", r="kerabat", tanding=nw.lit(True))
    marked = scored.join(doubted.select("l", "r").unique().with_columns(pinjam=nw.lit(True)), on=["l", "r"], how="left")
    marked = marked.join(best, on=["l", "r"], how="left")
    return marked.with_columns(nw.col("pinjam", "tanding").fill_null(False))


def undoubted(scored: Frame) -> Frame:
    """`scored` where no number is taken for borrowed."""
    return scored.with_columns(pinjam=nw.lit(False), tanding=nw.lit(False))
