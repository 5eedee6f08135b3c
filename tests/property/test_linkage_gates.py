"""A pair has the level that the model declares, whatever reading told it: integers, texts, or the condition itself."""

import narwhals as nw
import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.linkage.comparisons import COMPARISONS, ELSE, NEAR_NIK
from jangkau.core.linkage.integers import numbered
from jangkau.core.linkage.nik_pass import GUARD, believed
from jangkau.core.linkage.pairs import Flat, asked, connect
from jangkau.core.linkage.prepare import bare
from jangkau.core.linkage.readings import OPEN, Levels, _reading

WORDS = ("BUDI", "SANTOSO", "SITI", "AMINAH", "AHMAD", "KARTINI", "WAHYUNI", "S")
DATES = ("1980-05-17", "1980-05-07", "1980-07-05", "1980-01-01", "1981-05-17", "1975-02-03")
slow = settings(max_examples=tries(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def slips(draw):
    """A number of 10 to 16 digits, most of them whole, and the same after up to two slips of the pen."""
    digits = st.sampled_from("0123")
    size = draw(st.sampled_from([10, 12, 14, 15, 15, 16, 16, 16]))
    text = draw(st.text(digits, min_size=size, max_size=size))
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


names = st.one_of(st.none(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join))
dates = st.one_of(st.none(), st.sampled_from(DATES))
places = st.sampled_from([None, "3302", "330201", "3302012001", "3302012002", "3303012001"])
sexes = st.sampled_from([None, "L", "P"])
rows = st.tuples(slips(), st.tuples(names, names), st.tuples(dates, dates), st.tuples(places, places), sexes)
SCHEMA = dict.fromkeys(("nik_dugaan", "nama", "tanggal_lahir", "kode_wilayah", "jenis_kelamin"), pl.String)


def side(values, end):
    table = pl.DataFrame(values, schema=SCHEMA, orient="row").with_columns(pl.col("tanggal_lahir").str.to_date())
    made = bare(nw.from_native(table, eager_only=True))
    columns = [name for name in (*made.rows.columns, *made.names.columns) if name != "id_nama"]
    told = made.take(np.arange(len(made), dtype=np.int32), columns)
    home = pl.when(pl.int_range(pl.len()) % 2 == 0).then(1).cast(pl.Int32)  # every second one has a like one at home
    told = told.with_columns(kata=pl.col("semua"), serumah=home).rename(lambda name: f"{name}_{end}")
    return numbered(told, f"_{end}")


def pairs(drawn):
    """Each drawn row as a pair of damaged likenesses."""
    both = [[(*(value[at] for value in row[:4]), row[4]) for row in drawn] for at in (0, 1)]
    flat = side(both[0], "l").hstack(side(both[1], "r"))
    return flat.with_row_index("l").with_columns(r=pl.col("l"))


@slow
@given(st.lists(rows, min_size=1, max_size=30))
def test_levels_are_those_of_the_declared_conditions(drawn):
    flat = pairs(drawn)
    with connect() as con:
        found = Levels(COMPARISONS).of(con, Flat(flat))
        for comparison in COMPARISONS:
            whens = (
                f"ELSE {number}" if level.condition == ELSE else f"WHEN {level.condition} THEN {number}"
                for number, level in enumerate(comparison.levels)
            )
            plain = asked(
                con, flat, f"SELECT CASE WHEN {comparison.missing} THEN -1 {' '.join(whens)} END AS t FROM pasangan"
            )
            assert found[f"t_{comparison.name}"].to_list() == plain["t"].to_list(), comparison.name


@slow
@given(st.lists(rows, min_size=1, max_size=30))
def test_the_guard_believes_what_it_declares(drawn):
    flat = pairs(drawn)
    with connect() as con:
        plain = asked(con, flat, f"SELECT l FROM pasangan WHERE {GUARD}")["l"].to_list()
        assert believed(con, Flat(flat))["l"].to_list() == plain


@slow
@given(st.lists(rows, min_size=1, max_size=30))
def test_numbers_that_integers_call_far_are_no_slip_apart(drawn):
    flat, told = pairs(drawn), _reading({"mungkin": "mungkin_dekat", "cepat": "coalesce(dekat, FALSE)"})
    with connect() as con:
        declared = asked(con, flat, f"SELECT coalesce({NEAR_NIK}, FALSE) AS dekat FROM pasangan")["dekat"].cast(pl.Int8)
        found = told.ask(con, flat)
    assert found["t_cepat"].to_list() == declared.to_list()
    assert flat.filter((declared == 1) & (found["t_mungkin"] == 0)).is_empty()


def test_most_questions_are_left_to_integers():
    """Places, dates and sexes never need a text; names and numbers do only past their first levels."""
    told = dict.fromkeys(("lahir", "tempat", "kelamin", "telepon"), False) | {"nik": True, "nama": True}
    for comparison in COMPARISONS:
        assert (str(OPEN) in Levels((comparison,))._first.levels[comparison.name].split()) is told[comparison.name], (
            comparison.name
        )
