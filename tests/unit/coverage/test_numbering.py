"""Numbers for hashes: each distinct one gets its own, and keeps it."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.coverage.numbering import Numbers

crowded = st.sampled_from([0, 1, 2**63, 2**64 - 1]) | st.integers(0, 2**64 - 1) | st.integers(2**60, 2**60 + 9)


@given(st.lists(st.lists(crowded, max_size=40), max_size=5))
def test_a_hash_keeps_the_number_that_it_was_first_given(parts):
    numbers, known = Numbers(), {}
    for part in parts:
        told = [*dict.fromkeys(sorted(set(part) - set(known)))]
        found, fresh = numbers.of(np.array(part, np.uint64))
        assert [part[at] for at in fresh] == told
        known |= {value: len(known) + n for n, value in enumerate(told)}
        assert found.tolist() == [known[value] for value in part]
    assert len(numbers) == len(known)


def test_many_more_than_there_was_room_for_keep_their_numbers():
    hashes = pl.int_range(20_000, eager=True).hash(seed=0).to_numpy()
    numbers = Numbers()
    first, _ = numbers.of(hashes[:5_000])
    again, fresh = numbers.of(hashes)
    assert again[:5_000].tolist() == first.tolist()
    assert len(fresh) == 15_000
    assert sorted(again.tolist()) == list(range(20_000))
