"""Counts of people that a partner may see: small ones are closed, and so are those that would give them away."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K", str, int)


def closed(parts: Mapping[K, int], least: int) -> set[K]:
    """Which parts of a whole are not shown, where the whole is.

    A part below `least` (but not 0) is closed; the smallest others follow until what is closed adds up to `least` and
    is more than one part, so that no subtraction gives one away. Closes everything where that is not enough.
    """
    shut = {key for key, count in parts.items() if 0 < count < least}
    open_ones = sorted((count, key) for key, count in parts.items() if count >= least)
    while shut and open_ones and (len(shut) < 2 or sum(parts[key] for key in shut) < least):
        shut.add(open_ones.pop(0)[1])
    few = bool(shut) and (len(shut) < 2 or sum(parts[key] for key in shut) < least)
    return set(parts) if few else shut


def tells(part: int, whole: int, least: int) -> bool:
    """Whether a part of a whole may be shown beside it: neither it nor the rest is small."""
    return all(count == 0 or count >= least for count in (part, whole - part))
