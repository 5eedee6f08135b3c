"""Which pairs are worth scoring: rules that share a key, each capped and each reported.

The right side is indexed once: for every rule one sorted array of numbers, the key in the upper bits and the record in
the lower ones. To ask for a key is a binary search; the arrays can be read from disk as they are.
"""

import mmap
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from jangkau.core.linkage.keys import Hashes, Keys, Places, Rule, keys
from jangkau.core.linkage.pairs import WORKERS, Pairs
from jangkau.core.linkage.side import Numbers, Side

NIK = Rule("NIK sama", ("nik",))
RULES = (
    NIK,
    Rule("NIK 15 angka pertama", ("n15",)),
    Rule("NIK 12 angka pertama", ("n12",), cap=60),
    Rule("NIK 10 angka terakhir, kata", ("z10", "kata")),
    Rule("NIK 10 angka terakhir, desa", ("z10", "desa"), cap=20),
    Rule("KK, tahun", ("kk", "tahun"), cap=60),
    Rule("KK, kata", ("kk", "kata"), cap=60),
    Rule("telepon, kata", ("hp", "kata"), cap=20),
    Rule("lahir, kata", ("lahir", "kata")),
    Rule("lahir, kata pertama", ("lahir", "awal"), cap=60),
    Rule("lahir, desa", ("lahir", "desa"), cap=60),
    Rule("lahir, kabupaten, huruf pertama kata", ("lahir", "kab", "inisial"), cap=30),
    # Also words that many bear: in one village and year they are few.
    Rule("kata apa pun, tahun, desa", ("semua", "tahun", "desa"), cap=60),
    Rule("hari-bulan, huruf pertama kata, desa", ("hb", "inisial", "desa"), cap=20),
    Rule("huruf, kecamatan", ("huruf", "kec"), cap=30),
    Rule("huruf, tahun", ("huruf", "tahun"), cap=30),
    Rule("huruf, kabupaten", ("huruf", "kab"), cap=10),
    Rule("bunyi, tahun", ("bunyi", "tahun"), cap=60),
    Rule("bunyi, kabupaten", ("bunyi", "kab"), cap=15),
    Rule("awal kata pertama dan terakhir, desa", ("awal3", "akhir1", "desa"), cap=20),
    Rule("kata, desa", ("kata", "desa"), cap=10),
)
# Pairs that a search may weigh for each record searched, on average; rules after the one that reaches it are not asked.
BUDGET = 150
FEW = 5_000  # records that need neither a budget nor sorting nor a second core
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Index:
    """Records of one side by the key of each rule; `crowded`: keys left out, because too many records share them."""

    rules: tuple[Rule, ...]
    arrays: tuple[Hashes, ...]
    bits: int
    crowded: tuple[int, ...]

    def meet(self, number: int, keys: Hashes) -> tuple[np.ndarray[Any, Any], Numbers]:
        """Pairs of places in `keys` and records whose key by rule `number` is equal."""
        array, low = self.arrays[number], np.uint64((1 << self.bits) - 1)
        order = np.argsort(keys) if len(keys) > FEW else np.arange(len(keys))
        asked = keys.take(order)
        asked &= ~low
        first = np.searchsorted(array, asked)
        # Most keys are held by nobody.
        met = np.flatnonzero(array.take(first, mode="clip") & ~low == asked) if len(array) else first[:0]
        first, asked, order = first.take(met), asked.take(met), order.take(met)
        counts = np.searchsorted(array, asked | low, side="right") - first
        ahead = first - (np.cumsum(counts) - counts)
        held = np.repeat(np.arange(len(met)), counts)
        found = array.take(np.arange(len(held)) + ahead.take(held))
        found &= low
        return order.take(held), found.astype(np.int32)


def index(side: Side, rids: Numbers, rules: tuple[Rule, ...] = RULES) -> Index:
    """The records `rids` of a side, ready to be asked."""
    bits = max(int(rids.max(initial=0)).bit_length(), 1)
    known = keys(side, rids, rules)
    kept = list(_ahead(lambda rule: _narrow(_sorted(*known.of(rule), bits), bits, rule.cap), rules))
    return Index(rules, tuple(array for array, _ in kept), bits, tuple(count for _, count in kept))


def _ahead(function: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
    """`function` of each item in order, on every core, no further ahead of who asks than there are cores."""
    with ThreadPoolExecutor(WORKERS) as pool:
        begun = deque[Future[_Made]]()
        for item in items:
            if len(begun) == WORKERS:
                yield begun.popleft().result()
            begun.append(pool.submit(function, item))
        for last in begun:
            yield last.result()


def _sorted(keys: Hashes, rids: Numbers, bits: int) -> Hashes:
    packed = keys & ~np.uint64((1 << bits) - 1)
    packed |= rids.astype(np.uint64)
    packed.sort()
    return packed


def _narrow(array: Hashes, bits: int, cap: int) -> tuple[Hashes, int]:
    """The array without keys that more than `cap` records share, and how many keys those are."""
    heads = array >> np.uint64(bits)
    far = heads[np.flatnonzero(heads[cap:] == heads[:-cap])]
    if not len(far):
        return array, 0
    crowded = far[np.r_[True, far[1:] != far[:-1]]]
    change = np.zeros(len(heads) + 1, np.int8)
    change[np.searchsorted(heads, crowded)] += 1
    change[np.searchsorted(heads, crowded, side="right")] -= 1
    return array.take(np.flatnonzero(np.cumsum(change[:-1], dtype=np.int8) == 0)), len(crowded)


def candidates(side: Side, rids: Numbers, found: Index, only: Rule | None = None) -> Pairs:
    """Pairs of the records `rids` of `side` with the records in an index, by its rules (or one) within the budget."""
    asked = tuple(rule for rule in found.rules if only in (None, rule))
    return met(keys(side, rids, asked), found, asked)


def met(asked: Keys, found: Index, rules: tuple[Rule, ...]) -> Pairs:
    """Pairs of the records whose keys are `asked` with the records in an index, by some of its rules."""
    wanted = [number for number, rule in enumerate(found.rules) if rule in rules]
    many = len(asked.rids) > FEW
    counts = dict[str, int]()
    packed = [np.zeros(0, dtype=np.int64)]

    def ask(number: int) -> Places:
        probes, holders = asked.of(found.rules[number])
        at, right = found.meet(number, probes)
        if many:
            _let_go(found.arrays[number])
        return holders.take(at).astype(np.int64) << 32 | right

    for number, pairs in zip(wanted, (_ahead if many else map)(ask, wanted), strict=True):
        if sum(counts.values()) > BUDGET * max(len(asked.rids), FEW):
            break
        counts[found.rules[number].name] = len(pairs)
        packed.append(pairs)
    return _distinct(np.concatenate(packed), counts)


def _let_go(array: Hashes) -> None:
    """Give back the memory of keys that are read from disk and were just asked for by many; another asking reads them
    again.
    """
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap):
        base.madvise(mmap.MADV_DONTNEED)


def report(pairs: Pairs, rows: int, found: Index) -> dict[str, Any]:
    """What the blocks of one search came to, for people: rows asked, distinct pairs, the budget, and by rule.

    `pasangan` of a rule counts a pair as often as the rule finds it, null where the budget left the rule out;
    `kunci_padat`: keys of the right side that too many records share.
    """
    rules = [
        {"aturan": rule.name, "pasangan": pairs.pairs_per_rule.get(rule.name), "kunci_padat": crowded}
        for rule, crowded in zip(found.rules, found.crowded, strict=True)
    ]
    return {"baris": rows, "pasangan": len(pairs), "anggaran": BUDGET * max(rows, FEW), "aturan": rules}


def _distinct(packed: np.ndarray[Any, Any], counts: dict[str, int]) -> Pairs:
    packed.sort()
    kept = packed[np.r_[True, packed[1:] != packed[:-1]]] if len(packed) else packed
    return Pairs((kept >> 32).astype(np.int32), (kept & 0xFFFFFFFF).astype(np.int32), counts)
