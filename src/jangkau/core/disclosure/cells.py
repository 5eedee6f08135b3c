"""Figures as cells: every count once, with the relations that everybody may use to work out what is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from jangkau.core.disclosure.ties import FREE, LINKS, neither, tied
from jangkau.core.tables.figures import Tie

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# What makes a count one and the same, in whichever table it stands.
COUNT = ("nama", "sumber", "cetak", "per")
KEY = (*COUNT, "wilayah", "potongan", "kelas")
SERIES = ("indikator", "wilayah", "potongan", "kelas")
# What one closed cell loses, by its region's level: a province is read by more people than a village.
_LOSS = {2: 1000.0, 4: 100.0, 6: 10.0}
_WHOLE = 5.0  # a count of everyone, against one class of it


@dataclass(frozen=True)
class Cells:
    """`table`: KEY of each cell; `value`: its true count; `fate`: OPEN or SHUT where an earlier edition has decided,
    else FREE. `sums`: one row a relation, 1 for its head and -1 for its parts (1 for what two parts have in common).
    `within`: pairs (part, whole).
    `later`: pairs (earlier, later) of one figure. `part`, `whole`: cells of each figure, -1 where it has none.
    """

    table: pl.DataFrame
    value: Floats
    fate: Ints
    sums: csr_array
    within: Ints
    later: Ints
    part: Ints
    whole: Ints

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def empty(self) -> NDArray[np.bool_]:
        """Cells of nobody within nobody: they tell about nobody."""
        part, whole = self.within.T
        held = np.zeros(len(self), bool)
        held[whole[self.value[whole] == 0]] = held[part[self.value[whole] == 0]] = True
        return np.asarray(held & (self.value == 0), np.bool_)

    @cached_property
    def room(self) -> Floats:
        """By how much a cell may rise before it passes a whole of it."""
        part, whole = self.within.T
        room = np.full(len(self), np.inf)
        np.minimum.at(room, part, np.floor(self.value[whole] - self.value[part]))
        return room

    @cached_property
    def depth(self) -> Floats:
        """By how much a cell may fall before a part of it does not fit, or nobody is left."""
        part, whole = self.within.T
        depth = np.floor(self.value)
        np.minimum.at(depth, whole, np.floor(self.value[whole] - self.value[part]))
        return depth

    @cached_property
    def remainder(self) -> Ints:
        """Of each relation whether the head holds more (1) or fewer (-1) people than its parts, or as many (0)."""
        return np.asarray(np.sign(np.round(self.sums @ self.value, 6)), np.int64)

    @cached_property
    def count(self) -> Ints:
        """Of each cell the number of its count: one thing counted at one date."""
        return self.table.select(pl.struct(COUNT).rank("dense")).to_series().to_numpy().astype(np.int64) - 1

    @cached_property
    def linked(self) -> Ints:
        """Of each cell the number of the counts that are parts and wholes of one another, or share a relation."""
        part, whole = self.count[self.within].T
        size = int(self.count.max(initial=-1)) + 1
        row, cell = self.sums.nonzero()
        head = np.full(self.sums.shape[0], -1, np.int64)
        head[row] = self.count[cell]  # any count of the relation stands for it
        pairs = np.column_stack([np.append(part, self.count[cell]), np.append(whole, head[row])])
        ties = coo_array((np.ones(len(pairs)), pairs.T), shape=(size, size))
        return np.asarray(connected_components(ties, directed=False)[1][self.count], np.int64)

    @cached_property
    def crossed(self) -> NDArray[np.bool_]:
        """Cells in a relation between counts of more than one name or date: no exchange within one count keeps it."""
        row, cell = self.sums.nonzero()
        first = np.full(self.sums.shape[0], np.iinfo(np.int64).max)
        last = np.full(self.sums.shape[0], -1)
        np.minimum.at(first, row, self.count[cell])
        np.maximum.at(last, row, self.count[cell])
        crossed = np.zeros(len(self), bool)
        crossed[cell[(first != last)[row]]] = True
        return crossed

    @cached_property
    def fresh(self) -> NDArray[np.bool_]:
        """Cells that an earlier edition has not settled altogether: their counts are linked with a new one."""
        return np.isin(self.linked, self.linked[self.fate == FREE])

    @cached_property
    def loss(self) -> Floats:
        """What is lost where a cell is closed."""
        level = self.table["wilayah"].str.len_chars().replace_strict(_LOSS, default=1.0, return_dtype=pl.Float64)
        whole = np.where((self.table["potongan"] == "").to_numpy(), _WHOLE, 1.0)
        return np.asarray(level.to_numpy() * whole * (1 + np.log2(1 + self.value) / 4), np.float64)

    @cached_property
    def parent(self) -> list[str]:
        """The region above that of each cell, as far as the tables have it; empty for the highest."""
        codes = set(self.table["wilayah"].to_list())
        above = {code: next((code[:n] for n in range(len(code) - 1, 0, -1) if code[:n] in codes), "") for code in codes}
        return [above[code] for code in self.table["wilayah"].to_list()]


def gather(figures: pl.DataFrame, ties: Sequence[Tie] = ()) -> Cells:
    """Cells of figures: columns of ANGKA, and of each side `cetak_` (0, or a number that parts counts of one name which
    were revised) and `buka_` (what an earlier edition decided; null is undecided).

    `ties`: which counts of other names tell of one another. A relation that does not add up (people without a village,
    people in two classes) says only which side is larger.
    """
    rows = figures.with_row_index("baris")
    long = pl.concat([_side(rows, "pembilang"), _side(rows, "penyebut")])
    told = pl.col("buka").cast(pl.Int64) * 2 - 1
    grouped = long.group_by(KEY).agg(value=pl.col("nilai").first(), fate=told.max().fill_null(FREE))
    beside = neither(grouped, ties)
    table = pl.concat([grouped, beside]).sort(KEY).with_row_index("sel").with_columns(pl.col("sel").cast(pl.Int64))
    held = long.join(table.select(*KEY, "sel"), on=KEY, nulls_equal=True).sort("baris")
    part, whole = (_places(held, side, len(figures)) for side in ("pembilang", "penyebut"))
    sums, inside = tied(table, ties)
    public = table.filter(~pl.col("nama").is_in(beside["nama"].unique().implode()))  # what is beside adds up with them
    own = np.column_stack([part, whole])[(part >= 0) & (whole >= 0) & (part != whole)]
    pairs = np.concatenate([own, inside.to_numpy().reshape(-1, 2)])
    return Cells(
        table.select(KEY), table["value"].to_numpy().astype(np.float64), table["fate"].to_numpy().astype(np.int64),
        _sums(public, sums, len(table)), np.unique(pairs, axis=0).reshape(-1, 2), _later(figures, part), part, whole,
    )  # fmt: skip


def _side(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    named = rows.select(
        "baris", "per", "wilayah", "potongan", "kelas", sisi=pl.lit(side), nilai=pl.col(side),
        nama=pl.col(f"nama_{side}"), sumber=pl.col(f"sumber_{side}"), cetak=pl.col(f"cetak_{side}"),
        buka=pl.col(f"buka_{side}"),
    )  # fmt: skip
    return named.filter(pl.col("nilai").is_not_null())


def _places(held: pl.DataFrame, side: str, rows: int) -> Ints:
    own = held.filter(pl.col("sisi") == side)
    places = np.full(rows, -1, np.int64)
    places[own["baris"].to_numpy()] = own["sel"].to_numpy()
    return places


def _sums(table: pl.DataFrame, more: pl.DataFrame, size: int) -> csr_array:
    """Relations: regions add to the one above, classes of one cut add to everyone; and `more` (ties.LINKS)."""
    lengths = sorted(table["wilayah"].str.len_chars().unique().to_list())
    above = [_children(table, lengths, length) for length in lengths]
    whole = table.filter(pl.col("potongan") == "").select(*COUNT, "wilayah", atas="sel")
    cut = table.filter(pl.col("potongan") != "").join(whole, on=[*COUNT, "wilayah"], nulls_equal=True)
    plain = [part.with_columns(tanda=pl.lit(-1.0)) for part in (*above, cut.select("atas", "sel", jenis="potongan"))]
    links = pl.concat([part.select(*LINKS) for part in (*plain, more)]).sort("atas", "jenis", "sel")
    heads = links.select("atas", "jenis").unique(maintain_order=True).with_row_index("hubungan")
    entries = links.join(heads, on=["atas", "jenis"])
    row = np.concatenate([heads["hubungan"].to_numpy(), entries["hubungan"].to_numpy()]).astype(np.int64)
    column = np.concatenate([heads["atas"].to_numpy(), entries["sel"].to_numpy()])
    sign = np.concatenate([np.ones(len(heads)), entries["tanda"].to_numpy()])
    return csr_array((sign, (row, column)), shape=(len(heads), size))


def _children(table: pl.DataFrame, lengths: list[int], length: int) -> pl.DataFrame:
    """Cells of regions of one code length, each with the cell of the nearest region above that has one."""
    left = table.filter(pl.col("wilayah").str.len_chars() == length)
    found = [pl.DataFrame(schema={"atas": pl.Int64, "sel": pl.Int64, "jenis": pl.String})]
    same = [*COUNT, "potongan", "kelas"]
    for shorter in reversed([n for n in lengths if n < length]):
        heads = table.select(*same, atas_wilayah="wilayah", atas="sel")
        keyed = left.with_columns(atas_wilayah=pl.col("wilayah").str.slice(0, shorter))
        joined = keyed.join(heads, on=[*same, "atas_wilayah"], how="left", nulls_equal=True)
        hit = joined.filter(pl.col("atas").is_not_null())
        found.append(hit.select("atas", "sel", jenis=pl.lit("")))
        left = joined.filter(pl.col("atas").is_null()).drop("atas", "atas_wilayah")
    return pl.concat(found)


def _later(figures: pl.DataFrame, part: Ints) -> Ints:
    """Pairs of one figure's counts at two dates, or before and after a revision; the later second."""
    known = (
        figures.select(*SERIES, "per", cetak="cetak_pembilang")
        .with_columns(sel=pl.Series(part))
        .filter(pl.col("sel") >= 0)
    )
    dated = known.unique([*SERIES, "sel"]).sort(*SERIES, "per", "cetak").with_row_index("urut")
    both = dated.join(dated, on=list(SERIES), suffix="_nanti", nulls_equal=True)
    pairs = both.filter(pl.col("urut") < pl.col("urut_nanti")).select("sel", "sel_nanti")
    return pairs.unique(maintain_order=True).sort("sel", "sel_nanti").to_numpy().reshape(-1, 2)
