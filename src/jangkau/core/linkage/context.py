"""Which of several namesakes: what the rest of the list says of each candidate.

Lists are written household by household, and a resident who is already somebody on the list is rarely somebody else
on it as well. Both only ever move chance between the candidates of one proposal: a household never makes a person
known, and within a household it says nothing. How telling either is, is counted in the lists at hand.
"""

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.model import Thresholds
from jangkau.core.tables.schema import Frame

# Rows of a sheet this near may be of one household.
NEAR = 3
LIKELY = 0.01
# From fewer settled rows no habit of a list is learned.
FEWEST = 20
MOST = 32.0
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def factors(open_pairs: Frame, settled: Frame, lines: Frame, homes: pl.Series) -> Frame:
    """`l`, `r`, `faktor`: how much likelier than its rivals the list makes each pair of `open_pairs` (l, r, peluang).

    `settled`: proposals that have their resident (l, r, cara). `lines`: berkas, lembar, no_kk of the proposals, in
    order. `homes`: no_kk of the register rows, in order.
    """
    place = _Place(polars(settled), polars(lines), homes)
    asked = polars(open_pairs.select("l", "r", "peluang")).sort("l", "r")
    known = polars(settled.filter(nw.col("cara") == "nik").select("l", "r")).sort("l", "r")
    factor = np.ones(len(asked))
    for sign, helps in ((place.household, True), (place.taken, False)):
        here, usual = (sign(rows["l"].to_numpy(), rows["r"].to_numpy()) for rows in (asked, known))
        factor *= _ratio(here, usual, 1 - asked["peluang"].to_numpy(), helps=helps)
    return frame(asked.select("l", "r", faktor=pl.Series(np.clip(factor, 1 / MOST, MOST))))


def redistributed(pairs: Frame, factor: Frame, thresholds: Thresholds) -> Frame:
    """`pairs` (l, r, peluang, cara) where the candidates of one l share the chance they had among them by `factor`.

    Names that are alike in nothing still leave the pair to a clerk.
    """
    known = pairs.join(factor, on=["l", "r"], how="left").with_columns(nw.col("faktor").fill_null(1.0))
    known = known.with_columns(baru=nw.col("peluang") * nw.col("faktor"))
    before, after = nw.col("peluang").sum().over("l"), nw.col("baru").sum().over("l")
    known = known.with_columns(dulu=before, kini=after)
    chance = nw.when(nw.col("kini") > 0).then(nw.col("baru") * nw.col("dulu") / nw.col("kini")).otherwise("peluang")
    held = (nw.col("peluang") - thresholds.open).abs() < 1e-6
    most = nw.when(held).then(thresholds.open).otherwise(1.0)
    return known.with_columns(peluang=nw.min_horizontal(chance, most)).select(pairs.columns)


def _ratio(here: Flags, usual: Flags, doubt: np.ndarray[Any, np.dtype[np.float64]], *, helps: bool) -> Any:
    """The likelihood ratio of a sign: how often true pairs (`usual`) show it against how often false ones do.

    `doubt`: how far each pair asked about is a false one. `helps`: the sign never speaks against a pair.
    """
    if len(usual) < FEWEST:
        return np.ones(len(here))
    true = (usual.sum() + 1) / (len(usual) + 2)
    false = ((here * doubt).sum() + 2 * true) / (doubt.sum() + 2)
    false = min(false, true) if helps else false
    return np.where(here, true / false, (1 - true) / (1 - false))


class _Place:
    """Where everybody settled lives and stands on the list."""

    def __init__(self, settled: pl.DataFrame, lines: pl.DataFrame, homes: pl.Series) -> None:
        self.home = homes.cast(pl.Categorical).to_physical().fill_null(2**32 - 1).cast(pl.Int64).to_numpy().copy()
        self.home[homes.is_null().to_numpy()] = -1
        self.resident = np.full(len(lines), -1, dtype=np.int64)
        self.resident[settled["l"].to_numpy()] = settled["r"].to_numpy()
        self.sheet = lines.select(pl.struct("berkas", "lembar").rank("dense")).to_series().cast(pl.Int64).to_numpy()
        self.claims = np.bincount(settled["r"].to_numpy(), minlength=len(homes))
        self.cards = lines.select("no_kk").with_row_index("l").drop_nulls().with_columns(pl.col("l").cast(pl.Int64))

    def taken(self, left: Numbers, right: Numbers) -> Flags:
        """Whether another proposal has this resident."""
        own = self.resident[left] == right
        return np.asarray(self.claims[right] - own > 0)

    def household(self, left: Numbers, right: Numbers) -> Flags:
        """Whether somebody else of the resident's household stands near, or under the same written family card."""
        found = np.zeros(len(left), dtype=bool)
        for step in (*range(-NEAR, 0), *range(1, NEAR + 1)):
            there = np.clip(left + step, 0, len(self.resident) - 1)
            near = (self.sheet[there] == self.sheet[left]) & (there != left)
            found |= near & self._relative(there, right)
        return found | self._same_card(left, right)

    def _relative(self, there: Numbers, right: Numbers) -> Flags:
        """Whether the proposals `there` are of the household of `right`, and not that resident."""
        other = self.resident[there]
        home = np.where(other >= 0, self.home[other], -2)
        return np.asarray((home == self.home[right]) & (home >= 0) & (other != right))

    def _same_card(self, left: Numbers, right: Numbers) -> Flags:
        asked = pl.DataFrame({"l": left, "r": right}).with_row_index("urut").join(self.cards, on="l")
        pairs = asked.join(self.cards.rename({"l": "lain"}), on="no_kk").filter(pl.col("l") != pl.col("lain"))
        kin = self._relative(pairs["lain"].to_numpy(), pairs["r"].to_numpy())
        found = np.zeros(len(left), dtype=bool)
        found[pairs["urut"].to_numpy()[kin]] = True
        return found
