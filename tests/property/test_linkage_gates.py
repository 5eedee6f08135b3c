"""Cheap questions asked before dear ones never change an answer: numbers a slip apart, and names that share words."""

import narwhals as nw
import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.linkage.comparisons import NEAR_NIK, SAME_STEM, SHARED_WORD, TWO_WORDS
from jangkau.core.linkage.pairs import asked, connect
from jangkau.core.linkage.prepare import bare
from jangkau.core.linkage.score import _ASKED_BEFORE, _FASTER

WORDS = ("BUDI", "SANTOSO", "SITI", "AMINAH", "AHMAD", "KARTINI", "WAHYUNI", "S")


@st.composite
def slips(draw):
    """A number of 10 to 16 digits, and the same after up to two slips of the pen."""
    digits = st.sampled_from("0123")
    text = draw(st.text(digits, min_size=10, max_size=16))
    other = text
    for slip in draw(st.lists(st.sampled_from(["other", "swap", "lose", "add", "cut"]), max_size=2)):
        at = draw(st.integers(0, len(other) - 2))
        head, first, second, tail = other[:at], other[at], other[at + 1], other[at + 2 :]
        other = {
            "other": head + draw(digits) + second + tail,
            "swap": head + second + first + tail,
            "lose": head + second + tail,
            "add": head + draw(digits) + first + second + tail,
            "cut": other[:-2],
        }[slip][:16]
    return text, other


names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def side(numbers, called, end):
    frame = pl.DataFrame({"nik_dugaan": numbers, "nama": called}, schema_overrides={"nik_dugaan": pl.String})
    columns = {"tanggal_lahir": pl.lit(None, pl.Date), "jenis_kelamin": pl.lit(None, pl.String)}
    made = bare(nw.from_native(frame.with_columns(**columns), eager_only=True))
    taken = made.take(np.arange(len(made), dtype=np.int32), ["n10", "n12", "n15", "z10", "nik", "nikt", "nama"])
    words = made.take(np.arange(len(made), dtype=np.int32), ["bunyi", "tanda", "semua"]).rename({"semua": "kata"})
    return taken.hstack(words).rename(lambda name: f"{name}_{end}")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(slips(), names, names), min_size=1, max_size=40))
def test_answers_stay_the_same(rows):
    flat = side([one for (one, _), _, _ in rows], [name for _, name, _ in rows], "l").hstack(
        side([other for (_, other), _, _ in rows], [name for _, _, name in rows], "r")
    )
    flat = flat.with_columns(sekata=pl.lit(value=False))
    contained = "(list_has_all(kata_l, kata_r) OR list_has_all(kata_r, kata_l))"
    same = "nikt_l = nikt_r"
    questions = (
        (NEAR_NIK, _ASKED_BEFORE[NEAR_NIK][1]),
        (SHARED_WORD, _ASKED_BEFORE[SHARED_WORD][1]),
        (f"{same} OR {SAME_STEM}", f"{same} OR {_FASTER[SAME_STEM]}"),
        (f"{TWO_WORDS} AND {contained}", f"{_FASTER[TWO_WORDS]} AND {contained}"),
    )
    with connect() as con:
        for plain, fast in questions:
            told = asked(con, flat, f"SELECT coalesce({plain}, FALSE) AS a, coalesce({fast}, FALSE) AS b FROM pasangan")
            assert told["a"].to_list() == told["b"].to_list(), plain
