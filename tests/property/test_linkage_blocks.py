"""Pairs found in sorted keys against every pair compared one by one."""

from itertools import product

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.linkage.blocks import candidates, index
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.side import NAME, Side, whole

RULES = (
    Rule("angka", ("angka",), cap=3),
    Rule("kata dan desa", ("kata", "desa"), cap=2),
    Rule("angka dan desa", ("desa", "angka")),
)
rows = st.lists(
    st.tuples(
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, "A", "B"]),
        st.one_of(st.none(), st.lists(st.sampled_from(["BUDI", "SITI", "ALI"]), unique=True, max_size=2)),
    ),
    max_size=7,
)
SCHEMA = {"angka": pl.Int64, "desa": pl.String, "kata": pl.List(pl.String)}


def keys(rule, row):
    """The keys of one row, spelled out."""
    values = dict(zip(SCHEMA, row, strict=True))
    words = values["kata"] if "kata" in rule.keys else [""]
    fixed = [values[name] for name in rule.keys if name != "kata"]
    return [] if words is None or None in fixed else [(*fixed, word) for word in words]


def naive(left, right, some):
    """Pairs (l, r) that a rule finds."""
    found = set()
    for rule in RULES:
        holders = [key for at in range(len(right)) for key in keys(rule, right[at])]
        for (one, row), (other, its) in product(((at, left[at]) for at in some), enumerate(right)):
            for key in set(keys(rule, row)) & set(keys(rule, its)):
                if holders.count(key) <= rule.cap:
                    found.add((one, other))
    return found


def split(table):
    """The same list with its names in a dictionary."""
    names = table.select("kata").unique(maintain_order=True)
    numbered = names.with_row_index(NAME).with_columns(pl.col(NAME).cast(pl.Int32))
    return Side(table.join(numbered, on="kata", how="left", maintain_order="left").drop("kata"), names)


@settings(max_examples=tries(60), deadline=None)
@given(rows, rows, st.data())
def test_pairs_equal_those_of_a_plain_comparison(left, right, data):
    some = data.draw(st.lists(st.sampled_from(range(len(left))), unique=True)) if left else []
    asked = whole(pl.DataFrame(left, schema=SCHEMA, orient="row"))
    other = split(pl.DataFrame(right, schema=SCHEMA, orient="row"))
    ready = index(other, np.arange(len(right), dtype=np.int32), RULES)
    pairs = candidates(asked, np.array(some, dtype=np.int32), ready)
    got = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert got == sorted(naive(left, right, some))
