"""The attacker: everything that can be worked out about closed cells from what is published.

He has the published numbers, knows that regions add to the region above, classes to everyone and parts to no more than
their whole, and knows of sums that do not add up which side is larger. What he can prove about an expression is its
interval over all tables that fit (Fischetti and Salazar 2001, the intruder's problem; tau-argus manual, audit). Written
apart from the protection: it looks at tables of any real numbers, from the published side, and trusts no move found
there.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from jangkau.core.disclosure.cells import Cells, Floats, Ints
from jangkau.core.disclosure.protect import Flags
from jangkau.core.disclosure.rules import Rules
from jangkau.core.disclosure.ties import OPEN
from jangkau.core.kernel.progress import Progress, Silent

_BATCH = 400  # expressions in one programme
_NEAR = 1e-6


@dataclass(frozen=True)
class Targets:
    """Expressions `plus - minus` of which somebody would like to know whether they are small (cells; -1 is nothing)."""

    plus: Ints
    minus: Ints

    def __len__(self) -> int:
        return len(self.plus)

    def at(self, places: Ints) -> "Targets":
        """Some of them."""
        return Targets(self.plus[places], self.minus[places])

    def of(self, table: Floats) -> Floats:
        """Their values in a table."""
        return np.asarray(table[self.plus] - np.where(self.minus >= 0, table[self.minus], 0.0), np.float64)

    def rows(self, place: Ints, count: int) -> csr_array:
        """One row each, over the closed cells only: `place` of each cell among them."""
        both = np.concatenate([self.plus, self.minus])
        at = np.where(both >= 0, place[both], -1)
        row, sign = np.tile(np.arange(len(self)), 2), np.repeat([1.0, -1.0], len(self))
        kept = at >= 0
        return csr_array(coo_array((sign[kept], (row[kept], at[kept])), shape=(len(self), count)))


@dataclass(frozen=True)
class Attack:
    """`tried` expressions that are small in truth; `exposed`: (plus, minus) of those that are pinned below the
    threshold or into an interval narrower than asked; `narrowest`: the least width that was left open.
    """

    tried: int
    exposed: list[tuple[int, int]]
    narrowest: float

    @property
    def held(self) -> bool:
        """Whether nothing was found."""
        return not self.exposed


def attack(cells: Cells, closed: Flags, rules: Rules, progress: Progress | None = None) -> Attack:
    """Try to pin every expression that is small in truth, from the open cells alone.

    Many are tried at once: a table that fits widens the interval of each. Expressions that no such table frees are
    bounded one by one, exactly; those that stay below the threshold, or in less than `lebar`, are exposed.
    """
    targets = small_in_truth(cells, rules)
    progress = progress or Silent()
    system = _System(cells, closed)
    group = system.group[targets.plus]
    batches = [part for one in np.unique(group) for part in _parts(np.flatnonzero(group == one))]
    progress.step("Menguji dengan serangan", len(batches))
    low, high = np.zeros(len(targets)), np.zeros(len(targets))
    for places in batches:
        low[places], high[places] = _Siege(system, targets.at(places), rules).bounds()
        progress.advance()
    exposed = np.flatnonzero(~_safe(low, high, rules))
    found = [(int(targets.plus[one]), int(targets.minus[one])) for one in exposed]
    return Attack(len(targets), found, float((high - low).min(initial=np.inf)))


def _safe(low: Floats, high: Floats, rules: Rules) -> Flags:
    """Intervals that reach past the threshold and are wide enough."""
    wide = high - low >= rules.lebar - _NEAR
    return wide & ((high >= rules.ambang - _NEAR) | (low <= -rules.ambang + _NEAR))


def small_in_truth(cells: Cells, rules: Rules) -> Targets:
    """Counts, rests of a whole and changes that the rules say nobody may learn."""
    part, whole = cells.within.T
    early, late = cells.later.T if rules.waktu else cells.later[:0].T
    single = np.flatnonzero(~cells.empty)
    plus = np.concatenate([single, whole, late])
    minus = np.concatenate([np.full(len(single), -1), part, early])
    value = Targets(plus, minus).of(cells.value)
    least = 0.5 if not rules.nol else -0.5
    kept = (np.abs(value) < rules.ambang) & (np.abs(value) > least)
    change = np.arange(len(plus)) >= len(single) + len(whole)
    kept &= ~(change & (value == 0)) & ~(~change & (minus >= 0) & (cells.value[plus] == 0))
    public = (cells.fate[plus] == OPEN) & ((minus < 0) | (cells.fate[minus] == OPEN))
    kept &= (cells.fresh[plus] | ((minus >= 0) & cells.fresh[minus])) & ~public
    return Targets(plus[kept], minus[kept])


def _parts(places: Ints) -> list[Ints]:
    return [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]


class _System:
    """All tables that fit what is published: counts of the closed cells, group by group."""

    def __init__(self, cells: Cells, closed: Flags) -> None:
        self.cells, self.closed = cells, closed
        part, whole = cells.within.T
        row = np.tile(np.arange(len(part)), 2)
        signs = np.concatenate([np.ones(len(part)), -np.ones(len(part))])
        within = csr_array(coo_array((signs, (row, np.concatenate([part, whole]))), shape=(len(part), len(cells))))
        self.rows = csr_array(vstack([cells.sums, within]))
        self.known = np.where(closed, 0.0, cells.value)
        done = self.rows @ self.known
        self.least = np.concatenate([np.where(cells.remainder < 0, -np.inf, 0.0), np.full(len(part), -np.inf)]) - done
        self.most = np.concatenate([np.where(cells.remainder > 0, np.inf, 0.0), np.zeros(len(part))]) - done
        shut = csr_array(abs(self.rows).multiply(closed.astype(float)[None, :]))
        self.group = connected_components(shut.T @ shut, directed=False)[1]

    def space(self, targets: Targets) -> tuple[Ints, csr_array, tuple[Floats, Floats]]:
        """The closed cells that belong with these, their relations, and what these must come to."""
        asked = np.concatenate([targets.plus, targets.minus[targets.minus >= 0]])
        free = np.flatnonzero(self.closed & np.isin(self.group, self.group[asked]))
        rows = csr_array(self.rows[:, free])
        used = np.flatnonzero(np.diff(rows.indptr))
        return free, csr_array(rows[used]), (self.least[used] - _NEAR, self.most[used] + _NEAR)


class _Siege:
    """The interval of each of some expressions, as far as it matters."""

    def __init__(self, system: _System, targets: Targets, rules: Rules) -> None:
        self.targets, self.rules, self.known = targets, rules, system.known
        self.free, self.rows, self.limits = system.space(targets)
        truth = targets.of(system.cells.value)
        self.low, self.high = truth.copy(), truth.copy()
        place = np.full(len(system.closed), -1)
        place[self.free] = np.arange(len(self.free))
        self.aim = targets.rows(place, len(self.free))
        self.base = targets.of(system.known)

    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest."""
        for sign in (1, -1):
            while len(left := np.flatnonzero(~_safe(self.low, self.high, self.rules))) and self._push(left, sign):
                pass
        for one in np.flatnonzero(~_safe(self.low, self.high, self.rules)):
            for sign in (1, -1):
                self._push(np.array([one]), sign, limit=np.inf)
        return self.low, self.high

    def _push(self, left: Ints, sign: int, limit: float | None = None) -> bool:
        """Look for one table in which these are high (low); whether any became safe by it."""
        if not len(self.free):
            return False
        count, size = len(self.free), len(left)
        most = self.rules.ambang if limit is None else limit
        ties = hstack([sign * self.aim[left], -eye_array(size)], format="csr")
        rows = vstack([hstack([self.rows, csr_array((self.rows.shape[0], size))]), ties], format="csr")
        low = np.concatenate([self.limits[0], -sign * self.base[left]])
        high = np.concatenate([self.limits[1], np.full(size, np.inf)])
        bounds = Bounds(
            np.append(np.zeros(count), np.full(size, -np.inf)), np.append(np.full(count, np.inf), np.full(size, most))
        )
        wish = np.append(np.zeros(count), np.full(size, -1.0))
        found = milp(wish, bounds=bounds, constraints=LinearConstraint(rows, low, high))
        before = _safe(self.low, self.high, self.rules).sum()
        if found.status == 3:  # without end
            self._reach(left, np.full(size, sign * np.inf))
        elif found.x is not None:
            self._reach(np.arange(len(self.targets)), self.base + self.aim @ found.x[:count])
        return bool(_safe(self.low, self.high, self.rules).sum() > before)

    def _reach(self, places: Ints, value: Floats) -> None:
        self.low[places] = np.minimum(self.low[places], value)
        self.high[places] = np.maximum(self.high[places], value)
