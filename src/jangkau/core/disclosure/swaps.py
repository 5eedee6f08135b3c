"""The quick way: people exchanged between two regions, as in the hypercube method.

Exchange: (a, i) rises by k, (a, j) and (b, i) fall, (b, j) rises, and every margin stays (Repsilber 1994; Giessing and
Repsilber 2002, GHMITER of tau-argus). Shift: region a gains k people and region b loses them, in everyone and in one
class of each cut. Here a corner counts only where it really has k people to give or room for them. Where a count has
no room within its whole, both move together.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.disclosure.cells import Cells, Floats, Ints

Flags = NDArray[np.bool_]
Found = tuple[float, Ints]
NOTHING: Found = (np.inf, np.array([], np.int64))


@dataclass(frozen=True)
class Layer:
    """Cells that move together, regions x columns: how far each may rise and fall, and its cells; `cut` of each column
    (0 is everyone).
    """

    place: Ints
    rise: Floats
    fall: Floats
    cut: Ints

    def best(self, a: int, i: int, step: float, price: Floats) -> Found:
        """The cheaper of exchange and shift that change (a, i) by `step`: price and cells."""
        limits = (self.rise, self.fall) if step > 0 else (self.fall, self.rise)
        gain, give = (np.asarray(limit >= abs(step), np.bool_) for limit in limits)
        if not gain[a, i]:
            return NOTHING
        cost = price[self.place].sum(axis=0)
        found = (self._exchange(a, i, gain, give, cost), self._shift(a, i, gain, give, cost))
        return min(found, key=lambda one: one[0])

    def _exchange(self, a: int, i: int, gain: Flags, give: Flags, cost: Floats) -> Found:
        same = np.flatnonzero(self.cut == self.cut[i])
        fits = give[a, same][None, :] & give[:, [i]] & gain[:, same]
        fits[a], fits[:, same == i] = False, False
        if not fits.any():
            return NOTHING
        total = np.where(fits, cost[a, same][None, :] + cost[:, [i]] + cost[:, same], np.inf)
        b, j = np.unravel_index(np.argmin(total), total.shape)
        corners = ((a, i), (a, same[j]), (b, i), (b, same[j]))
        return float(total[b, j]), np.concatenate([self.place[:, row, column] for row, column in corners])

    def _shift(self, a: int, i: int, gain: Flags, give: Flags, cost: Floats) -> Found:
        pairs = np.where(gain[a][None, :] & give, cost[a][None, :] + cost, np.inf)
        pairs[a] = np.inf
        total, columns = np.zeros(len(pairs)), list[Ints]()
        for cut in range(int(self.cut.max()) + 1):
            own = np.array([i]) if cut == self.cut[i] else np.flatnonzero(self.cut == cut)
            if len(own):
                best = own[np.argmin(pairs[:, own], axis=1)]
                total, columns = total + pairs[np.arange(len(pairs)), best], [*columns, best]
        b = int(np.argmin(total))
        if not np.isfinite(total[b]):
            return NOTHING
        taken = [column[b] for column in columns]
        return float(total[b]), np.concatenate([self.place[:, row, taken].ravel() for row in (a, b)])


class Grids:
    """Regions of one parent that have none below them, with all their columns: one grid a count."""

    def __init__(self, cells: Cells, movable: Flags) -> None:
        self._cells, self._movable, self._whole = cells, movable, _only_whole(cells)
        self._of: dict[int, tuple[tuple[Layer, ...], int, int]] = {}
        leaf = ~cells.table["wilayah"].is_in(sorted(set(cells.parent)))
        table = cells.table.with_columns(pl.Series("atas", cells.parent)).with_row_index("sel").filter(leaf)
        for _, group in table.group_by("nama", "sumber", "cetak", "per", "atas", maintain_order=True):
            self._add(group)

    def move(self, cell: int, step: float, price: Floats) -> Ints | None:
        """The cells of the cheapest way to change a cell by `step`; None: there is no quick one."""
        layers, a, i = self._of.get(cell, ((), 0, 0))
        tried = (layer.best(a, i, step, price) for layer in layers)
        return next((cells for cost, cells in tried if np.isfinite(cost)), None)

    def _add(self, group: pl.DataFrame) -> None:
        row = group["wilayah"].rank("dense").to_numpy().astype(int) - 1
        column = group.select(pl.struct("potongan", "kelas").rank("dense")).to_series().to_numpy().astype(int) - 1
        place = np.full((row.max() + 1, column.max() + 1), -1, np.int64)
        place[row, column] = group["sel"].to_numpy()
        cut = np.zeros(place.shape[1], np.int64)
        cut[column] = pl.Series(["", *group["potongan"].to_list()]).rank("dense").to_numpy().astype(int)[1:] - 1
        layers = self._layers(place, cut)
        self._of |= {cell: (layers, a, i) for cell, a, i in zip(group["sel"].to_list(), row, column, strict=True)}

    def _layers(self, place: Ints, cut: Ints) -> tuple[Layer, ...]:
        held = (place >= 0) & self._movable[place]
        rise, fall = (np.where(held, limit[place], -1.0) for limit in (self._cells.room, self._cells.depth))
        alone = Layer(place[None], rise, fall, cut)
        whole = np.where(place >= 0, self._whole[place], -1)
        both = held & (whole >= 0) & self._movable[whole] & np.isinf(self._cells.room[whole])
        pair = Layer(np.stack([place, whole]), np.where(both, np.inf, -1.0), np.where(both, fall, -1.0), cut)
        return (alone, pair) if both.any() else (alone,)


def _only_whole(cells: Cells) -> Ints:
    """Of each cell its whole, where it has exactly one and the whole no other part; else -1."""
    part, whole = cells.within.T
    lone = (np.bincount(part, minlength=len(cells))[part] == 1) & (np.bincount(whole, minlength=len(cells))[whole] == 1)
    found = np.full(len(cells), -1, np.int64)
    found[part[lone]] = whole[lone]
    return found
