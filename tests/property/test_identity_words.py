"""Words as numbers do what lists of words do."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity.name_words import Words, encoded

TEXTS = st.lists(st.lists(st.sampled_from(["A", "B", "CD", "E"]), min_size=1, max_size=4), min_size=1, max_size=6)


def words(rows: list[list[str]]) -> Words:
    return Words.of(pl.Series([" ".join(row) for row in rows]))


@given(TEXTS)
@settings(max_examples=tries(60), deadline=None)
def test_the_words_of_texts_and_their_texts(rows: list[list[str]]) -> None:
    made = words(rows)
    assert made.lists().to_list() == rows
    assert made.texts().to_list() == [" ".join(row) for row in rows]
    assert made.rows.tolist() == [at for at, row in enumerate(rows) for _ in row]
    first, last = made.ends()
    assert (first.to_list(), last.to_list()) == ([row[0] for row in rows], [row[-1] for row in rows])


@given(TEXTS, st.data())
@settings(max_examples=tries(60), deadline=None)
def test_texts_taken_by_number_and_by_mask(rows: list[list[str]], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5))
    assert words(rows).take(np.array(numbers, dtype=np.int64)).lists().to_list() == [rows[at] for at in numbers]
    mask = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    kept = [row for row, keep in zip(rows, mask, strict=True) if keep]
    assert words(rows).take(np.array(mask)).lists().to_list() == kept


@given(TEXTS, st.sets(st.sampled_from(["A", "B", "CD"])))
@settings(max_examples=tries(60), deadline=None)
def test_words_counted_kept_and_sorted(rows: list[list[str]], wanted: set[str]) -> None:
    made = words(rows)
    mask = made.known(bool, (word in wanted for word in made.distinct))
    assert made.total(mask).tolist() == [sum(word in wanted for word in row) for row in rows]
    before = [sum(word in wanted for word in row[:at]) for row in rows for at in range(len(row))]
    assert made.before(mask).tolist() == before
    assert made.keep(mask).lists().to_list() == [[word for word in row if word in wanted] for row in rows]
    order = made.distinct.to_list()
    assert made.sorted().lists().to_list() == [sorted(row, key=order.index) for row in rows]


def test_null_stays_null_when_texts_are_numbered() -> None:
    distinct, numbers = encoded(pl.Series(["B", None, "A", "B"]))
    assert (distinct.to_list(), numbers.to_list()) == (["B", "A"], [0, None, 1, 0])
