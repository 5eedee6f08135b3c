"""Rows of one stored table searched in another: NIK pass, blocks, scores, probabilities."""

from collections.abc import Callable

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.linkage.blocks import RULES, Rule, candidates
from jangkau.core.linkage.decide import compose, doubtful, floor, posterior
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.nik_pass import nik_pass
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.score import likely_sql, score
from jangkau.core.tables.schema import Frame

BY_NIK = 0.9995
Step = Callable[[str], None]


class Search:
    """Searches over the stored tables of one connection with one model and one set of blocking rules."""

    def __init__(self, con: Connection, model: Model, rules: tuple[Rule, ...] = RULES) -> None:
        self.con = con
        self.model = model
        self.rules = rules
        self.pairs_per_rule: dict[str, dict[str, int]] = {}

    def size(self, table: str) -> int:
        """Rows of a stored table."""
        found = self.con.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(found[0]) if found else 0

    def find(self, left: str, right: str, register: str) -> Frame:
        """Pairs (l, r, peluang, cara) of rows of `left` and the one row of `right` that each may be, in no order."""
        exact = self.by_nik(left, right)
        self.rest(left, "sisa", exact.select(rid="l"))
        return nw.concat([exact, self.by_model("sisa", right, register)])

    def by_nik(self, left: str, right: str) -> Frame:
        """Pairs that the guarded NIK pass settles."""
        nik_pass(self.con, left, right)
        pairs = self._fetch("SELECT l, r FROM lewat_nik ORDER BY l, r")
        return pairs.with_columns(peluang=nw.lit(BY_NIK), cara=nw.lit("nik"))

    def by_model(self, left: str, right: str, register: str, *, rival: bool = True) -> Frame:
        """Pairs that blocks find and the model scores."""
        if not self.size(left) or not self.size(right):
            return self._fetch("SELECT 0::INTEGER AS l, 0::INTEGER AS r, 0.0::DOUBLE AS peluang, '' AS cara LIMIT 0")
        self.pairs_per_rule[f"{left} > {right}"] = candidates(self.con, left, right, self.rules)
        return self.weigh(left, right, register, self.size(right), rival=rival)

    def weigh(self, left: str, right: str, register: str, size: int, *, rival: bool = True) -> Frame:
        """Pairs of table `calon` that the model takes for one person; `size`: rows of the whole right side."""
        score(self.con, "calon", left, right, self.model)
        least = floor(self.model, register, size)
        scored = self._fetch(likely_sql(left, least, self.model))
        chances = posterior(scored, self.model, register, size, rival=rival)
        return doubtful(chances, self.model.thresholds).select("l", "r", "peluang", cara=nw.lit("model"))

    def each(self, function: Callable[..., Frame], *pairs: Frame) -> Frame:
        """`function` of frames of pairs; it may look at all rows of one `l` together, never at two of them."""
        return function(*pairs)

    def through(self, first: Frame, second: Frame) -> Frame:
        """Pairs through a person in the middle: see `compose`."""
        return compose(first, second)

    def keep(self, table: str, new: str, rows: Frame) -> None:
        """Store as `new` the rows of `table` whose rid stands in `rows`."""
        self._filter(table, new, rows, "SEMI")

    def rest(self, table: str, new: str, rows: Frame) -> None:
        """Store as `new` the rows of `table` whose rid does not stand in `rows`."""
        self._filter(table, new, rows, "ANTI")

    def _filter(self, table: str, new: str, rows: Frame, kind: str) -> None:
        self.con.register("pilihan", rows.select(nw.col("rid").cast(nw.Int32())).to_arrow())
        self.con.execute(f"CREATE OR REPLACE TABLE {new} AS SELECT k.* FROM {table} k {kind} JOIN pilihan USING (rid)")
        self.con.unregister("pilihan")

    def _fetch(self, query: str) -> Frame:
        return frame(pl.DataFrame(pl.from_arrow(self.con.execute(query).to_arrow_table())))
