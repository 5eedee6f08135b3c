"""One person, once: which proposal rows are the same person."""

from hashlib import blake2b
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.search import Search
from jangkau.core.tables.schema import Frame

# A proposal takes over a resident from its double only where it has at least this chance of its own.
LIKELY = 0.01
Numbers = np.ndarray[Any, np.dtype[np.int64]]


def people(search: Search, rows: int, settled: Frame) -> tuple[Frame, Frame]:
    """One row per proposal (`l` = 0 ... rows - 1) with `orang`, the first `l` of its person; and who lent a person.

    `settled`: proposals (l, r) linked to a row of the population. Those of one r are one person. The others join
    the proposals that the model takes for the same person; two settled persons are never merged. The second frame
    holds, for a proposal that joined a settled one, that one's resident: l, r, peluang.
    """
    settled = frame(settled)
    anchor = _anchors(rows, settled)
    edges = _edges(search, settled)
    edges = edges.with_columns(jangkar=pl.Series(anchor)[edges["r"]])
    person = _join(anchor, edges)
    first = pl.DataFrame({"l": np.arange(rows, dtype=np.int32), "orang": person})
    joined = edges.filter(pl.col("jangkar") >= 0, pl.Series(person)[edges["l"]] == -1 - pl.col("jangkar"))
    lent = joined.group_by("l", "jangkar").agg(pl.col("peluang").max()).sort("l")
    return (
        frame(first.with_columns(pl.col("l").min().over("orang").alias("orang"))),
        frame(lent.select("l", pl.col("jangkar").cast(pl.Int32).alias("r"), "peluang")),
    )


def confirm(residents: Frame, lent: Frame) -> Frame:
    """`residents` (l, r, peluang, cara) where a proposal that is the same person as a settled one shares its resident.

    Only a resident that the proposal might have been anyway is confirmed; its rivals lose what it gains.
    """
    known = lent.rename({"r": "milik", "peluang": "pinjam"})
    pairs = residents.join(known, on="l", how="left")
    own = nw.col("r") == nw.col("milik")
    likely = (own & (nw.col("peluang") >= LIKELY)).any().over("l")
    gained = (
        nw.when(own).then(nw.max_horizontal("peluang", "pinjam")).otherwise(nw.col("peluang") * (1 - nw.col("pinjam")))
    )
    chance = nw.when(likely & ~nw.col("milik").is_null()).then(gained).otherwise(nw.col("peluang"))
    return pairs.with_columns(peluang=chance).select(residents.columns).sort("l", "r")


def worker_id(first_proposal: str) -> str:
    """A stable id that holds no personal data, from the first proposal of the person."""
    return "p" + blake2b(first_proposal.encode(), digest_size=8).hexdigest()


def _anchors(rows: int, settled: Frame) -> Numbers:
    """Population row per proposal, -1 where none is settled."""
    anchor = np.full(rows, -1, dtype=np.int64)
    anchor[settled["l"].to_numpy()] = settled["r"].to_numpy()
    return anchor


def _edges(search: Search, settled: Frame) -> pl.DataFrame:
    """Pairs (l, r, peluang), l without a settled person, that are the same person beyond doubt."""
    search.rest("usulan", "usulan_sisa", settled.select(rid="l"))
    pairs = search.by_model("usulan_sisa", "usulan", "usulan", rival=False)
    sure = pairs.filter(nw.col("l") != nw.col("r"), nw.col("peluang") >= search.model.thresholds.cocok)
    return polars(sure)


def _join(anchor: Numbers, edges: pl.DataFrame) -> Numbers:
    """Person number per proposal: loose proposals by component, a component with its strongest settled neighbour.

    A person settled on population row q has number -1 - q, a component of loose proposals its own number.
    """
    component = _components(len(anchor), edges.filter(pl.col("jangkar") < 0))
    tied = edges.with_columns(komponen=pl.Series(component)[edges["l"]]).filter(pl.col("jangkar") >= 0)
    ranked = tied.sort("komponen", "peluang", "jangkar", descending=[False, True, False])
    best = ranked.unique("komponen", keep="first", maintain_order=True)
    neighbour = np.full(len(anchor) + 1, -1, dtype=np.int64)
    neighbour[best["komponen"].to_numpy()] = best["jangkar"].to_numpy()
    settled = np.where(anchor >= 0, anchor, neighbour[component])
    return np.where(settled >= 0, -1 - settled, component)


def _components(rows: int, edges: pl.DataFrame) -> Numbers:
    shape = (rows, rows)
    graph = coo_array((np.ones(len(edges)), (edges["l"].to_numpy(), edges["r"].to_numpy())), shape=shape)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
