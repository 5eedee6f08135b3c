"""Members counted where their membership is: by kabupaten, segment, sex, age, sector, payer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.coverage.ages import UNKNOWN, Ints, band_names, bands
from jangkau.core.coverage.panel import CODED, Panel
from jangkau.core.coverage.people import GROUPS
from jangkau.core.tables.common import SEX

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Members:
    """The active memberships of one date: `orang`, the place of each in the words of every cut, and flags."""

    provinsi: str
    orang: NDArray[np.int64]
    single: Flags
    codes: Mapping[str, Ints | Counts]
    words: Mapping[str, Sequence[str]]
    full: Flags | None  # None where the law of that date is not known
    group: Mapping[str, Flags]  # FORMAL, INFORMAL
    _cells: dict[str, Counts] = field(default_factory=dict, init=False)

    def tally(self, cut: str = "", among: Flags | None = None) -> pl.DataFrame:
        """Distinct people by `wilayah` (the province and its kabupaten) and `kelas` of a cut: `orang` (Int64), and of
        them those with a membership of `among`: `di_antara`.

        A person with two memberships counts once in each kabupaten and class, and once in the whole.
        """
        places, names = self.words["wilayah"], self.words[cut] if cut else [""]
        shape = (len(places), len(names))
        cells = self.cells(cut)
        wanted = np.ones_like(self.single) if among is None else among
        flags = wanted.view(np.int8) * np.int8(2) + self.single.view(np.int8)
        alone = np.bincount(cells * 4 + flags, minlength=4 * shape[0] * shape[1]).reshape(-1, 2, 2)
        rows = pl.DataFrame(
            {
                "wilayah": [code for code in (self.provinsi, *places) for _ in names],
                "kelas": [*names] * (len(places) + 1),
                "orang": self._people(alone[:, :, 1].sum(axis=1), cells, self.several, shape),
                "di_antara": self._people(alone[:, 1, 1], cells, self.several[wanted[self.several]], shape),
            },
            schema_overrides={"wilayah": pl.String, "kelas": pl.String},
        )
        first = pl.int_range(pl.len()) < len(names)
        return rows.filter((pl.col("orang") > 0) & (first | (pl.col("wilayah").str.len_chars() == 4)))

    def of(self, which: NDArray[np.intp], cuts: Sequence[str]) -> "Members":
        """Only these memberships, with what these cuts need."""
        if len(which) == len(self.orang):
            return self
        codes = {name: self.codes[name][which] for name in ("wilayah", *cuts)}
        return replace(self, orang=self.orang[which], single=self.single[which], codes=codes, full=None, group={})

    def cells(self, cut: str) -> Counts:
        """Where each membership is in a grid of place x class, worked out once for each cut."""
        if cut not in self._cells:
            cells = self.codes["wilayah"].astype(np.int64) * (len(self.words[cut]) if cut else 1)
            self._cells[cut] = cells + self.codes[cut] if cut else cells
        return self._cells[cut]

    @cached_property
    def several(self) -> NDArray[np.intp]:
        """The rows of people with more than one membership."""
        return np.flatnonzero(~self.single)

    def _people(self, below: Counts, cells: Counts, which: NDArray[np.intp], shape: tuple[int, int]) -> Counts:
        """People by class of the whole, then by place and class: those with one membership (`below`, by cell), and
        those with several, each once in each."""
        size, who, cells = shape[0] * shape[1], self.orang[which], cells[which]
        whole = below.reshape(shape).sum(axis=0)
        below = below + np.bincount(_once(who * size + cells) % size, minlength=size)
        whole = whole + np.bincount(_once(who * shape[1] + cells % shape[1]) % shape[1], minlength=shape[1])
        return np.concatenate([whole, below])


def _once(keys: Counts) -> Counts:
    """Distinct keys, by sorting: faster here than NumPy's own."""
    ordered = np.sort(keys)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0])


def described(panel: Panel, per: date, provinsi: str, bounds: Sequence[int]) -> Members:
    """The active memberships of a date, with sex and class of age of the people."""
    rows = panel.rows[per]
    orang = rows["orang"].to_numpy().astype(np.int64)
    age = bands(panel.born, per, bounds)
    codes = {name: rows[name].to_numpy() for name in CODED}
    words = {name: [UNKNOWN if word is None else word for word in panel.words[name]] for name in CODED}
    return Members(
        provinsi,
        orang,
        rows["tunggal"].to_numpy(),
        codes | {"jenis_kelamin": panel.sex[orang], "umur": age[orang]},
        words | {"jenis_kelamin": [*SEX, UNKNOWN], "umur": band_names(bounds)},
        None if rows["penuh"].null_count() else rows["penuh"].to_numpy(),
        {name: _in_group(panel, name)[codes["segmen"]] for name in ("FORMAL", "INFORMAL")},
    )


def _in_group(panel: Panel, group: str) -> Flags:
    """Whether each segment in the words of the panel belongs to a group."""
    return np.array([group in GROUPS.get(segment or "", ()) for segment in panel.words["segmen"]], np.bool_)
