"""One person, once: which proposal rows are the same person."""

from hashlib import blake2b

import narwhals as nw
import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.search import Search
from jangkau.core.tables.schema import Frame


def people(search: Search, rows: int, settled: Frame) -> Frame:
    """One row per proposal (`l` = 0 ... rows - 1) with `orang`, the first `l` of its person.

    `settled`: proposals (l, r) linked to a row of the population. Those of one r are one person. The others join
    the proposals that the model takes for the same person; two settled persons are never merged.
    """
    anchor = _anchors(rows, settled)
    edges = _edges(search, settled)
    person = _join(anchor, edges)
    first = pl.DataFrame({"l": np.arange(rows, dtype=np.int32), "orang": person})
    return frame(first.with_columns(pl.col("l").min().over("orang").alias("orang")))


def worker_id(first_proposal: str) -> str:
    """A stable id that holds no personal data, from the first proposal of the person."""
    return "p" + blake2b(first_proposal.encode(), digest_size=8).hexdigest()


def _anchors(rows: int, settled: Frame) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
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


def _join(
    anchor: "np.ndarray[tuple[int], np.dtype[np.int64]]", edges: pl.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Person number per proposal: loose proposals in components, each component with its strongest settled neighbour."""
    rows = len(anchor)
    loose = edges.filter(pl.Series(anchor[edges["r"].to_numpy()] < 0, dtype=pl.Boolean))
    graph = coo_array((np.ones(len(loose)), (loose["l"].to_numpy(), loose["r"].to_numpy())), shape=(rows, rows))
    component = connected_components(graph, directed=False)[1].astype(np.int64)
    tied = edges.join(loose, on=["l", "r"], how="anti").with_columns(
        komponen=pl.Series(component)[edges.join(loose, on=["l", "r"], how="anti")["l"]],
    )
    tied = tied.with_columns(jangkar=pl.Series(anchor)[tied["r"]])
    best = tied.sort("komponen", "peluang", "jangkar", descending=[False, True, False]).unique(
        "komponen", keep="first", maintain_order=True
    )
    # Persons settled on population row q get number -1 - q; loose components keep their own number.
    person = np.where(anchor >= 0, -1 - anchor, component)
    target = dict(zip(best["komponen"].to_list(), best["jangkar"].to_list(), strict=True))
    for at in np.flatnonzero(anchor < 0):
        if component[at] in target:
            person[at] = -1 - target[component[at]]
    return person
