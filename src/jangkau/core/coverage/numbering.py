"""Numbers for what is seen again and again: each distinct 64-bit hash gets one, whole columns at a time."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Hashes = NDArray[np.uint64]
Places = NDArray[np.intp]
_LEAST_BITS = 10
_ROOM = 2  # places in the table for each number


class Numbers:
    """Every distinct hash so far with its number 0, 1, ...: a hash table with open addresses, in arrays.

    Much faster than a join when almost everything is known already. The hashes have to be well mixed in their upper
    bits.
    """

    def __init__(self) -> None:
        self._known = np.zeros(0, np.uint64)
        self._resize(_LEAST_BITS)

    def __len__(self) -> int:
        """How many numbers there are."""
        return len(self._known)

    def of(self, hashes: Hashes) -> tuple[Ints, Places]:
        """The number of each hash, and a place in `hashes` of each that is new, in the order of the new numbers.

        New ones are numbered by their size, so that the order of the rows is of no matter.
        """
        found = self._look(hashes)
        unknown = np.flatnonzero(found < 0)
        if not len(unknown):
            return found, unknown
        fresh, first, which = np.unique(hashes[unknown], return_index=True, return_inverse=True)
        found[unknown] = len(self._known) + which.astype(np.int32)
        self._learn(fresh)
        return found, unknown[first]

    def _look(self, hashes: Hashes) -> Ints:
        """The number of each hash; -1 where it is not known."""
        at = self._home(hashes)
        found = self._table[at]
        if not len(self._known):
            return found
        # An empty place (-1) is compared with the last that is known, which is never equal: that would have been found.
        left = np.flatnonzero(self._known[found] != hashes)
        left = left[found[left] >= 0]
        while len(left):
            at[left] = (at[left] + 1) & self._last
            found[left] = self._table[at[left]]
            left = left[(found[left] >= 0) & (self._known[found[left]] != hashes[left])]
        return found

    def _learn(self, fresh: Hashes) -> None:
        numbers = np.arange(len(self._known), len(self._known) + len(fresh), dtype=np.int32)
        self._known = np.concatenate([self._known, fresh])
        if _ROOM * len(self._known) > len(self._table):
            self._resize((_ROOM * len(self._known)).bit_length())
            numbers, fresh = np.arange(len(self._known), dtype=np.int32), self._known
        at = self._home(fresh)
        while len(numbers):
            free = self._table[at] < 0
            self._table[at[free]] = numbers[free]  # of several in one place the last stays
            left = self._table[at] != numbers
            numbers, at = numbers[left], (at[left] + 1) & self._last

    def _resize(self, bits: int) -> None:
        self._bits, self._last = np.uint64(64 - bits), 2**bits - 1
        self._table = np.full(2**bits, -1, np.int32)

    def _home(self, hashes: Hashes) -> Places:
        return (hashes >> self._bits).astype(np.intp)
