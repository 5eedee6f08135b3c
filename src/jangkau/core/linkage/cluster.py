"""One person, once: which proposal rows are the same person."""

from hashlib import blake2b
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.contradict import contradicting
from jangkau.core.tables.schema import Frame

# A proposal takes over a resident from its double only where it has at least this chance of its own.
LIKELY = 0.01
_SAID = {"l": pl.Int32, "r": pl.Int32, "sama": pl.Boolean}
Numbers = np.ndarray[Any, np.dtype[np.int64]]


def people(traits: Frame, settled: Frame, edges: Frame, said: Frame | None = None) -> tuple[Frame, Frame]:
    """One row per proposal (`l` = 0 ... rows - 1) with `orang`, the first `l` of its person; and who lent a person.

    `traits`: what each proposal says of itself (nik, nama, tanggal_lahir, jenis_kelamin), in the order of `l`.
    `settled`: proposals (l, r, peluang) linked to a row of the population, one r each; those of one r are one person.
    `edges`: pairs of proposals (l, r, peluang) that are the same person beyond doubt. A chain of sure pairs whose
    ends contradict each other is cut at its weakest pairs; two residents never become one person.
    `said`: pairs of proposals (l, r, sama) as clerks decided them; they hold against all but residents.
    The second frame holds, for a proposal that joined a settled one, that one's resident: l, r, peluang.
    """
    tied = polars(settled.select("l", "r", "peluang"))
    anchor = np.full(len(traits), -1, dtype=np.int64)
    anchor[tied["l"].to_numpy()] = tied["r"].to_numpy()
    sure = polars(edges.select("l", "r", "peluang")).filter(pl.col("l") != pl.col("r"))
    words = pl.DataFrame(schema=_SAID) if said is None else polars(said).cast(pl.Schema(_SAID))
    firm = words.filter("sama").select("l", "r", peluang=pl.lit(1.0))
    sure = pl.concat([firm, sure], how="vertical_relaxed")
    rows, likely = polars(traits).with_columns(jangkar=anchor), pl.concat([_stars(tied), sure], how="vertical_relaxed")
    group = _groups(rows, likely, firm, words.filter(~pl.col("sama")))
    persons = pl.DataFrame({"l": np.arange(len(traits), dtype=np.int32), "orang": group})
    return (
        frame(persons.with_columns(pl.col("l").min().over("orang").alias("orang"))),
        frame(_lent(sure, anchor, group)),
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


def _stars(settled: pl.DataFrame) -> pl.DataFrame:
    """Edges (l, r, peluang) from the surest proposal of each resident to the resident's other proposals."""
    ranked = settled.sort("r", "peluang", "l", descending=[False, True, False])
    centred = ranked.with_columns(pusat=pl.col("l").first().over("r"))
    return (
        centred.filter(pl.col("l") != pl.col("pusat")).select("pusat", "l", "peluang").rename({"l": "r", "pusat": "l"})
    )


def _lent(sure: pl.DataFrame, anchor: Numbers, group: Numbers) -> pl.DataFrame:
    """The resident that a proposal without one shares with a settled double of its own person: l, r, peluang."""
    both = pl.concat([sure, sure.select(l="r", r="l", peluang="peluang")])
    left, right = both["l"].to_numpy(), both["r"].to_numpy()
    shares = (anchor[left] < 0) & (anchor[right] >= 0) & (group[left] == group[right])
    chosen = both.filter(shares).select("l", pl.Series("r", anchor[right][shares], pl.Int32), "peluang")
    return chosen.group_by("l", "r").agg(pl.col("peluang").max()).sort("l")


def _groups(rows: pl.DataFrame, edges: pl.DataFrame, firm: pl.DataFrame, apart: pl.DataFrame) -> Numbers:
    """A group number per row: components of `edges`, those that contradict themselves taken apart; `firm` pairs first,
    `apart` never together."""
    component = _components(len(rows), edges)
    conflicts = contradicting(rows.with_columns(kelompok=component).with_row_index("l"))
    if len(firm) or len(apart):
        conflicts = _as_said(conflicts, rows["jangkar"].to_numpy(), component, firm, apart)
    if not len(conflicts):
        return component
    torn = conflicts["kelompok"].unique()
    inside = pl.lit(pl.Series("torn", np.isin(component, torn.to_numpy())))
    held, ranked = (some.filter(inside.gather("l")) for some in (firm, edges))
    ranked = ranked.sort("peluang", "l", "r", descending=[True, False, False])
    for at, members in enumerate(_merged(pl.concat([held.sort("l", "r"), ranked], how="vertical_relaxed"), conflicts)):
        component[list(members)] = len(rows) + at
    return component


def _as_said(
    conflicts: pl.DataFrame, anchor: Numbers, component: Numbers, firm: pl.DataFrame, apart: pl.DataFrame
) -> pl.DataFrame:
    """The conflicts (kelompok, a, b) without those that clerks know better of, and with those that they know of."""
    one = _components(len(anchor), firm)
    first, second = (conflicts[side].to_numpy() for side in ("a", "b"))
    residents = (anchor[first] >= 0) & (anchor[second] >= 0) & (anchor[first] != anchor[second])
    left, right = (apart[side].to_numpy() for side in ("l", "r"))
    bound = (anchor[left] >= 0) & (anchor[left] == anchor[right])
    mine = (component[left] == component[right]) & ~bound
    told = pl.DataFrame({"kelompok": component[left][mine], "a": left[mine], "b": right[mine]})
    kept = conflicts.filter(pl.Series(residents | (one[first] != one[second])))
    return pl.concat([kept, told], how="vertical_relaxed")


def _merged(ranked: pl.DataFrame, conflicts: pl.DataFrame) -> list[set[int]]:
    """Groups of rows joined by the surest edges first, never across a conflict."""
    against: dict[int, set[int]] = {}
    for first, second in conflicts.select("a", "b").iter_rows():
        against.setdefault(first, set()).add(second)
        against.setdefault(second, set()).add(first)
    group: dict[int, set[int]] = {}
    for left, right in ranked.select("l", "r").iter_rows():
        one, other = (group.setdefault(row, {row}) for row in (left, right))
        if one is other or any(against.get(row, set()) & other for row in one):
            continue
        one |= other
        group.update(dict.fromkeys(other, one))
    return sorted({id(members): members for members in group.values()}.values(), key=min)


def _components(rows: int, edges: pl.DataFrame) -> Numbers:
    # Loaded where it is used: a question about one person asks for no components.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(edges)), (edges["l"].to_numpy(), edges["r"].to_numpy())), shape=(rows, rows))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
