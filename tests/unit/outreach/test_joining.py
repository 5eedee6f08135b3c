"""Who joined at their own cost and who is not covered, against a plain reference."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.outreach.joining import joiners, uncovered

NIUR, LAIN = "1705012002", "1705012003"
WORKERS = pl.DataFrame(
    [("n1", NIUR, "TANI", True), ("n2", NIUR, "TANI", False), ("n3", LAIN, "DAGANG", False)],
    {"nik": pl.String, "kode_desa": pl.String, "tanda": pl.String, "pembilang": pl.Boolean}, orient="row",
)  # fmt: skip
PEOPLE = pl.DataFrame({"orang": [0, 1, 2, 3], "nik": ["n1", "n2", "n3", None]}, schema_overrides={"orang": pl.UInt32})


def table(rows):
    return pl.DataFrame(rows, {"orang": pl.Int64, "mulai": pl.Int32}, orient="row")


def test_workers_are_counted_by_village_and_work():
    assert uncovered(WORKERS).rows() == [(NIUR, "TANI", 2, 1), (LAIN, "DAGANG", 1, 0)]
    assert uncovered(WORKERS.clear()).rows() == []


def test_a_person_joins_once_in_the_first_month_told_and_only_where_known_to_live():
    registers = [table([(0, 10), (0, 12), (3, 11)]), table([(0, 13), (2, 14)])]
    assert joiners(registers, PEOPLE, WORKERS).rows() == [(NIUR, "TANI", 10, 1), (LAIN, "DAGANG", 14, 1)]
    assert joiners([], PEOPLE, WORKERS).is_empty()
    assert joiners([table([])], PEOPLE, WORKERS).is_empty()


ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(5, 9)), max_size=8)


@settings(max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_counts_are_those_of_one_person_after_another(registers):
    first = {}
    for rows in registers:
        for person, month in rows:
            first[person] = min(month, first.get(person, month))
    homes = {0: (NIUR, "TANI"), 1: (NIUR, "TANI"), 2: (LAIN, "DAGANG")}
    told = {}
    for person, month in first.items():
        if person in homes:
            told[*homes[person], month] = told.get((*homes[person], month), 0) + 1
    found = joiners([table(rows) for rows in registers], PEOPLE, WORKERS)
    assert {row[:3]: row[3] for row in found.rows()} == told
