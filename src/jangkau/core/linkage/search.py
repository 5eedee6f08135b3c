"""Rows of one list searched in another: NIK pass, blocks, scores, probabilities."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.blocks import RULES, Index, candidates, index, report
from jangkau.core.linkage.decide import compose, doubtful, floor, posterior
from jangkau.core.linkage.household import contradicted, undoubted
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.nik_pass import nik_pass
from jangkau.core.linkage.pairs import Desk
from jangkau.core.linkage.score import Limits, Scorer
from jangkau.core.linkage.side import Numbers, Side
from jangkau.core.tables.schema import Frame

BY_NIK = 0.9995
# A resident that holds less of a row's probability than this does not bring that row's memberships along.
RELEVANT = 0.01


@dataclass(frozen=True)
class Part:
    """Some records of a side, and their index: a ready one, or made when it is first asked for."""

    side: Side
    rids: Numbers
    rules: tuple[Rule, ...] = RULES
    ready: Index | None = field(default=None, repr=False)

    @cached_property
    def index(self) -> Index:
        """The records by the keys of the rules."""
        return self.ready or index(self.side, self.rids, self.rules)


class Search:
    """Searches between named lists with one model."""

    def __init__(self, parts: dict[str, Part], model: Model) -> None:
        self.parts = parts
        self.model = model
        self.blocks: list[dict[str, Any]] = []
        self._desk = Desk()
        self._scorer = Scorer(model)

    def size(self, table: str) -> int:
        """Rows of a list."""
        return len(self.parts[table].rids)

    def find(self, left: str, right: str, register: str) -> Frame:
        """Pairs (l, r, peluang, cara) of rows of `left` and the one row of `right` that each may be, in no order."""
        known = self.by_nik(left, right)
        self.rest(left, "sisa", known.select(rid="l"))
        return nw.concat([known, self.by_model("sisa", right, register, called=left)])

    def by_nik(self, left: str, right: str) -> Frame:
        """Pairs that the guarded NIK pass settles."""
        asked, other = self.parts[left], self.parts[right]
        return exact(frame(nik_pass(self._desk, asked.side, asked.rids, other.side, other.index)))

    def by_model(self, left: str, right: str, register: str, *, rival: bool = True, called: str = "") -> Frame:
        """Pairs that blocks find and the model scores; what the blocks found is noted, `left` as `called`."""
        asked, other = self.parts[left], self.parts[right]
        pairs = candidates(asked.side, asked.rids, other.index)
        self.blocks.append({"kiri": called or left, "kanan": register} | report(pairs, len(asked.rids), other.index))
        weigh = partial(self._scorer.weigh, limits=limits(self.model, register, self.size(right)))
        scored = self._desk.each(pairs, asked.side, other.side, weigh)
        return self.judge(scored, right, register, rival=rival)

    def judge(self, scored: pl.DataFrame, right: str, register: str, *, rival: bool = True) -> Frame:
        """Weighed pairs with their probability: l, r, peluang, cara."""
        return judged(frame(scored), self.model, register, self.size(right), rival=rival)

    def levels(self, left: str, right: str, register: str) -> pl.DataFrame:
        """The pairs that `by_model` considers, with their levels (see `Scorer.levels`)."""
        asked, other = self.parts[left], self.parts[right]
        pairs = candidates(asked.side, asked.rids, other.index)
        told = partial(self._scorer.levels, limits=limits(self.model, register, self.size(right)))
        return self._desk.each(pairs, asked.side, other.side, told)

    def residents(self, register: str) -> Frame:
        """Pairs (l, r, peluang, cara) of rows of a register and the one resident that each may be."""
        return self.find(register, "penduduk", "penduduk").filter(nw.col("peluang") >= RELEVANT)

    def each(self, function: Callable[..., Frame], *pairs: Frame) -> Frame:
        """`function` of frames of pairs; it may look at all rows of one `l` together, never at two of them."""
        return function(*pairs)

    def through(self, first: Frame, second: Frame) -> Frame:
        """Pairs through a person in the middle: see `compose`."""
        return compose(first, second)

    def keep(self, table: str, new: str, rows: Frame) -> None:
        """Name as `new` the rows of `table` whose rid stands in `rows`."""
        self._filter(table, new, rows, "SEMI")

    def rest(self, table: str, new: str, rows: Frame) -> None:
        """Name as `new` the rows of `table` whose rid does not stand in `rows`."""
        self._filter(table, new, rows, "ANTI")

    def _filter(self, table: str, new: str, rows: Frame, kind: str) -> None:
        part = self.parts[table]
        kept = np.full(len(part.side), kind == "ANTI")
        kept[polars(rows)["rid"].to_numpy()] = kind == "SEMI"
        self.parts[new] = Part(part.side, part.rids[kept[part.rids]], part.rules)


def limits(model: Model, register: str, size: int) -> Limits:
    """The weights that matter in a register of `size` rows; below what a strange name would cap, nobody asks for it."""
    return Limits(floor(model, register, size), floor(model, register, size, 0.99 * model.thresholds.open))


def exact(pairs: Frame) -> Frame:
    """Pairs of the NIK pass with their probability: l, r, peluang, cara."""
    return pairs.with_columns(peluang=nw.lit(BY_NIK), cara=nw.lit("nik"))


def judged(scored: Frame, model: Model, register: str, size: int, *, rival: bool = True) -> Frame:
    """Weighed pairs with their probability: l, r, peluang, cara; `size`: rows of the whole right side."""
    told = contradicted(scored) if rival else undoubted(scored)
    chances = posterior(told, model, register, size, rival=rival)
    return doubtful(chances, model.thresholds).select("l", "r", "peluang", cara=nw.lit("model"))


def part_of(side: Side, rules: tuple[Rule, ...] = RULES, ready: Index | None = None) -> Part:
    """All records of a side."""
    return Part(side, np.arange(len(side), dtype=np.int32), rules, ready)
