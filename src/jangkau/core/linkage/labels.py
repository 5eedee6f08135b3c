"""Review decisions as labels: what the clerk saw, what the clerk said, and which decisions cannot count."""

from dataclasses import dataclass
from math import log

import polars as pl

from jangkau.core.linkage.proportions import Share

# Answers that never differ, against chances under which that is rarer than this, were not looked at.
STAMP = 1e-3
STAMPED = 30
KEY = ["id_usulan", "register", "id_register"]


@dataclass(frozen=True)
class Labels:
    """`rows`: id_usulan, register, id_register, peluang, benar; one a decided pair.

    `quarrels`: pairs that more than one clerk decided, and those of them with different answers.
    """

    register: str
    rows: pl.DataFrame
    quarrels: Share
    dropped: int


def gather(pairs: pl.DataFrame, decisions: pl.DataFrame, register: str) -> Labels:
    """The labels of one register.

    The chance is the one noted with the decision, else the one in `pairs` (l, r, register, peluang). Decisions without
    either, and those of a clerk who always answers the same against all chances, are dropped.
    """
    mine = decisions.drop_nulls("keputusan").filter(pl.col("register") == register)
    seen = pairs.select(id_usulan="l", register="register", id_register="r", terlihat="peluang")
    told = mine.join(seen, on=KEY, how="left", maintain_order="left").with_columns(
        peluang=pl.coalesce("peluang", "terlihat"), benar=pl.col("keputusan") == "cocok"
    )
    known = told.drop_nulls("peluang").filter(pl.col("peluang").is_between(0, 1))
    honest = known.join(_stampers(known), on="oleh", how="anti", nulls_equal=True)
    timed = honest.with_row_index("urut").sort("waktu", "urut", nulls_last=False)
    rows = timed.unique(KEY, keep="last", maintain_order=True).sort("peluang", *KEY)
    return Labels(register, rows.select(*KEY, "peluang", "benar"), _quarrels(honest), mine.height - honest.height)


def _stampers(known: pl.DataFrame) -> pl.DataFrame:
    """Clerks (`oleh`) who gave one answer to many pairs, however unlikely that is."""
    chance = pl.col("peluang").clip(1e-6, 1 - 1e-6)
    likely = pl.when("benar").then(chance.log()).otherwise((1 - chance).log())
    each = known.group_by("oleh").agg(pl.len(), pl.col("benar").n_unique().alias("macam"), likely.sum().alias("wajar"))
    return each.filter(pl.col("len") >= STAMPED, pl.col("macam") == 1, pl.col("wajar") < log(STAMP)).select("oleh")


def _quarrels(known: pl.DataFrame) -> Share:
    """Of the pairs that more than one clerk decided, those with different answers."""
    each = known.group_by(KEY).agg(pl.col("oleh").n_unique().alias("orang"), pl.col("benar").n_unique().alias("macam"))
    shared = each.filter(pl.col("orang") > 1)
    return Share(shared.filter(pl.col("macam") > 1).height, shared.height)
