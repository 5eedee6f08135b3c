"""The least that has to be closed, proven: for tables that are small enough.

One programme: a cell is closed (1) or not, and each goal has a move of its own that only closed cells may take part in
(Kelly, Golden and Assad 1992; Fischetti and Salazar 2001 solve larger ones by Benders' decomposition).
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, eye_array, hstack, kron, vstack

from jangkau.core.disclosure.cells import Cells, Floats
from jangkau.core.disclosure.moves import Flags, Mover, Space
from jangkau.core.disclosure.rules import Goals
from jangkau.core.disclosure.ties import OPEN, SHUT

LARGEST = 800  # cells x goals
_NODES = 500


def least_closed(cells: Cells, wanted: Goals, small: Flags) -> Flags | None:
    """The pattern that loses least, `small` and what was closed before among it.

    None where the tables are too large, or the proof is not found within a fixed number of nodes (never a time, so that
    the answer is the same on every machine).
    """
    movable = np.flatnonzero(cells.fate != OPEN)
    if not len(wanted) or len(movable) * len(wanted) > LARGEST:
        return None
    space = Mover(cells).space(movable)
    rows, low, high = _programme(space, wanted)
    count, size = len(movable), len(wanted)
    must = (small | (cells.fate == SHUT))[movable]
    least = np.concatenate([must.astype(float), np.full(count * size, -np.inf)])
    most = np.concatenate([np.ones(count), np.full(count * size, np.inf)])
    found = milp(
        np.concatenate([cells.loss[movable], np.zeros(count * size)]), integrality=np.arange(len(least)) < count,
        bounds=Bounds(least, most), constraints=LinearConstraint(rows, low, high), options={"node_limit": _NODES},
    )  # fmt: skip
    if found.status != 0:
        return None
    closed = np.zeros(len(cells), bool)
    closed[movable] = np.round(found.x[:count]) > 0
    return closed


def _programme(space: Space, wanted: Goals) -> tuple[csr_array, Floats, Floats]:
    """Variables: closed or not of each cell, then a move a goal. Rows: moves fit, reach, and use closed cells only."""
    count, size = len(space.free), len(wanted)
    aims = space.expressions(wanted)
    moves = block_diag([vstack([space.rows, aims[[one]]]) for one in range(size)], format="csr")
    nothing = csr_array((moves.shape[0], count))
    every = eye_array(count * size)
    most = float(np.abs(space.cells.value).sum() + wanted.amount.sum())  # no move of one goal is larger
    above = kron(np.ones((size, 1)), _diagonal(np.minimum(space.most, most)))
    below = kron(np.ones((size, 1)), _diagonal(np.maximum(space.least, -most)))
    rows = vstack([hstack([nothing, moves]), hstack([-above, every]), hstack([-below, every])], format="csr")
    low = np.concatenate([*[np.append(space.low, amount) for amount in wanted.amount]])
    high = np.tile(np.append(space.high, np.inf), size)
    free, zero = np.full(count * size, np.inf), np.zeros(count * size)
    return rows, np.concatenate([low, -free, zero]), np.concatenate([high, zero, free])


def _diagonal(values: Floats) -> csr_array:
    return csr_array(eye_array(len(values)).multiply(values[None, :]))
