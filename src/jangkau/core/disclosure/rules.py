"""What must stay unknown: the rules, and the goals that a table has to reach before it may be published.

A published table is a system of linear relations; whoever reads it knows of every closed cell the interval of values
that the relations leave open (Cox, JASA 75 (1980) 377-385; Fischetti and Salazar, Management Science 47 (2001)
1008-1027; Hundepool et al., Statistical Disclosure Control (2012) ch. 4; tau-argus manual, threshold rule). A goal says
that another table, which fits everything published as well as the true one, has an expression at least `amount` higher
(or lower): an expression whose goals are all reached lies in an interval that the reader cannot narrow below them.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from jangkau.core.disclosure.cells import Cells
from jangkau.core.disclosure.ties import OPEN

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Rules(BaseModel):
    """`ambang`: counts of 1 to ambang - 1 people stay closed, also those left of a whole, and those between two dates.

    `lebar`: width of the interval that must stay open around a closed count. `nol`: nobody and everybody are closed as
    well, because they tell about each. `waktu`: the change of a count between two dates is a count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    ambang: int = Field(default=5, ge=2, le=100)
    lebar: int = Field(default=5, ge=1, le=100)
    nol: bool = True
    waktu: bool = True

    @model_validator(mode="after")
    def _no_wider(self) -> "Rules":
        if self.lebar > self.ambang:
            raise ValueError("lebar tidak boleh melebihi ambang")
        return self


class Why(IntEnum):
    """Which rule closes a cell itself: it is small, nobody, nearly its whole, or near its value at another date."""

    SMALL = 1
    NOBODY = 2
    REST = 3
    CHANGE = 4


@dataclass(frozen=True)
class Goals:
    """Expressions `plus - minus` (cells; -1 is nothing) that must be able to rise, or fall where `sign` is -1, by
    `amount`; `closes` is the cell that a rule, `why`, closes for it.
    """

    plus: Ints
    minus: Ints
    sign: Ints
    amount: Floats
    closes: Ints
    why: Ints

    def __len__(self) -> int:
        return len(self.plus)

    def at(self, places: Ints) -> "Goals":
        """Some of them."""
        return Goals(*(getattr(self, part.name)[places] for part in fields(self)))

    def met(self, change: Floats) -> NDArray[np.bool_]:
        """Which of them a change of all cells reaches."""
        other = np.where(self.minus >= 0, change[self.minus], 0.0)
        return np.asarray(self.sign * (change[self.plus] - other) >= self.amount - 1e-6)


def goals(cells: Cells, rules: Rules) -> Goals:
    """All goals of these cells: of counts, of what is left of a whole, of changes between dates.

    What earlier editions have published or settled among themselves has none.
    """
    parts = [_counts(cells, rules), _rests(cells, rules)]
    if rules.waktu:
        parts.append(_changes(cells, rules))
    table = np.concatenate(parts)
    table = table[np.lexsort(table.T[::-1])]
    plus, minus, closes = (table[:, column].astype(int) for column in (0, 1, 4))
    public = (cells.fate[plus] == OPEN) & ((minus < 0) | (cells.fate[minus] == OPEN))
    kept = cells.fresh[plus] & ~public
    return Goals(plus[kept], minus[kept], table[kept, 2].astype(int), table[kept, 3], closes[kept], table[kept, 5])


def _counts(cells: Cells, rules: Rules) -> Floats:
    here = np.flatnonzero(~cells.empty)  # nobody within nobody tells about nobody
    value = cells.value[here]
    why = np.where(value == 0, Why.NOBODY, Why.SMALL)
    return _small(np.column_stack([here, np.full_like(here, -1), value, here, why]), rules)


def _rests(cells: Cells, rules: Rules) -> Floats:
    part, whole = cells.within[cells.value[cells.within[:, 1]] > 0].T
    left = cells.value[whole] - cells.value[part]
    return _small(np.column_stack([whole, part, left, part, np.full(len(part), Why.REST)]), rules)


def _small(told: Floats, rules: Rules) -> Floats:
    """Expressions (plus, minus, value, closes, why) below the threshold as two goals each: they must be able to reach
    the threshold, and to fall to `ambang - lebar`.
    """
    value = told[:, 2]
    told = told[(value < rules.ambang) & ((value > 0) | rules.nol)]
    plus, minus, value, closes, why = told.T
    up = np.column_stack([plus, minus, np.ones(len(told)), rules.ambang - value, closes, why])
    down = np.column_stack([plus, minus, -np.ones(len(told)), value - (rules.ambang - rules.lebar), closes, why])
    return np.concatenate([up, down[down[:, 3] > 0]])


def _changes(cells: Cells, rules: Rules) -> Floats:
    """A small change between two counts: one of them (the later, unless it is public) must be able to move past the
    threshold.
    """
    early, late = cells.later.T
    turned = (cells.fate[late] == OPEN) & (cells.fate[early] != OPEN)
    moving, other = np.where(turned, early, late), np.where(turned, late, early)
    change = cells.value[moving] - cells.value[other]
    kept = (np.abs(change) < rules.ambang) & (change != 0) & (cells.value[moving] >= rules.ambang)
    moving, change = moving[kept], change[kept]
    up, down = np.maximum(rules.ambang - change, rules.lebar), np.maximum(rules.ambang + change, rules.lebar)
    rise = (change > 0) & (cells.room[moving] >= 2 * up) | (cells.value[moving] < down)
    sign, amount = np.where(rise, 1, -1), np.where(rise, up, down)
    nothing, why = np.full(len(moving), -1), np.full(len(moving), Why.CHANGE)
    return np.column_stack([moving, nothing, sign, amount, moving, why]).astype(np.float64)
