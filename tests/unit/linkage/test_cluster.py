"""Which proposals are one person: groups, and where a chain of likenesses is cut."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.linkage.cluster import confirm, people

BORN, OTHER = date(1980, 5, 17), date(1957, 11, 2)
NIK = "3302011705800001"
TWIN = NIK[:15] + "2"
NEIGHBOUR = "3302010211570004"


def traits(*rows):
    """(nik, tanggal_lahir, jenis_kelamin, nama); a name may be left out."""
    schema = {"nik": pl.String, "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String, "nama": pl.String}
    full = [(*row, None)[:4] for row in rows]
    return nw.from_native(pl.DataFrame(full, schema=schema, orient="row"), eager_only=True)


def pairs(*rows):
    schema = {"l": pl.Int32, "r": pl.Int32, "peluang": pl.Float64}
    return nw.from_native(pl.DataFrame(rows, schema=schema, orient="row"), eager_only=True)


SILENT = (None, None, None)


def gathered(rows, settled=(), edges=(), said=()):
    words = pl.DataFrame(said, schema={"l": pl.Int32, "r": pl.Int32, "sama": pl.Boolean}, orient="row")
    person, lent = people(traits(*rows), pairs(*settled), pairs(*edges), nw.from_native(words, eager_only=True))
    return person.sort("l")["orang"].to_list(), lent.rows()


def test_proposals_of_one_resident_are_one_person():
    assert gathered([SILENT] * 3, settled=[(0, 5, 0.99), (2, 5, 0.9)]) == ([0, 1, 0], [])


def test_a_double_without_a_resident_borrows_that_of_its_person():
    assert gathered([SILENT] * 2, [(0, 5, 0.99)], [(1, 0, 0.93)]) == ([0, 0], [(1, 5, 0.93)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((None, BORN, "L", "BUDI"), (None, OTHER, "L", "BUDI"), False),  # father and son of one name
        ((None, BORN, "L"), (None, BORN.replace(year=1970), "L"), True),
        ((None, BORN, "L"), (None, BORN.replace(year=1950), "L"), True),  # a wrong decade on the same day
        ((NIK, BORN, "L"), (NIK, OTHER, "L"), True),
        ((NIK, BORN, "L", "HASAN"), (TWIN, BORN, "L", "YUSUF"), False),  # twins
        ((NIK, BORN, "L", "HASAN BASRI"), (TWIN, BORN, "L", "HASAN B."), True),  # a wrong last digit
        ((NIK, None, "L", "HASAN"), (NEIGHBOUR, None, "L", "HASAN"), True),  # a borrowed number
        ((NIK, None, "L", "HASAN"), (NEIGHBOUR, None, "L", "YUSUF"), False),
        ((NIK, None, "L", "HASAN"), (NIK[:10] + "99" + NIK[12:], None, "L", "YUSUF"), True),
        ((NIK, BORN, "L", "HASAN"), (NIK, date(1982, 4, 3), "L", "YUSUF"), False),  # one number for two brothers
        ((None, BORN, "L", "NUR"), (None, BORN, "P", "NUR"), True),  # one of the sexes is a slip
        ((None, BORN, "L", "HASAN"), (None, BORN, "P", "AMINAH"), False),
        ((None, date(1980, 5, 3), "L", "HASAN"), (None, date(1980, 3, 5), "L", "YUSUF"), True),
        ((None, BORN, "L", "HASAN"), (None, date(1980, 1, 1), "L", "YUSUF"), True),
        (SILENT, (NIK, BORN, "L", "HASAN"), True),
    ],
)
def test_who_contradicts_whom(one, other, same):
    made, _ = gathered([one, other], edges=[(0, 1, 0.9)])
    assert (made == [0, 0]) is same
    settled, _ = gathered([one, other], settled=[(0, 5, 0.99), (1, 5, 0.9)])
    assert (settled == [0, 0]) is same


def test_a_chain_is_cut_at_its_weakest_link():
    father, unclear, son = (None, OTHER, "L"), SILENT, (None, BORN, "L")
    assert gathered([father, unclear, son], edges=[(0, 1, 0.9), (1, 2, 0.95)])[0] == [0, 1, 1]
    assert gathered([father, unclear, son], edges=[(0, 1, 0.95), (1, 2, 0.9)])[0] == [0, 0, 2]


def test_two_residents_never_become_one_person():
    made, lent = gathered([SILENT] * 3, [(0, 5, 0.99), (1, 6, 0.99)], [(2, 0, 0.9), (2, 1, 0.95)])
    assert made == [0, 1, 1]
    assert lent == [(2, 6, 0.95)]


def test_what_clerks_say_of_two_rows_holds_but_against_residents():
    father, son = (None, OTHER, "L", "BUDI"), (None, BORN, "L", "BUDI")
    assert gathered([father, son], said=[(1, 0, True)])[0] == [0, 0]
    assert gathered([father, son, son], edges=[(1, 2, 0.95)], said=[(1, 0, True)])[0] == [0, 0, 2]
    assert gathered([SILENT] * 2, edges=[(0, 1, 0.99)], said=[(0, 1, False)])[0] == [0, 1]
    assert gathered([SILENT] * 3, edges=[(0, 1, 0.9), (1, 2, 0.95)], said=[(0, 2, False)])[0] == [0, 1, 1]
    assert gathered([SILENT] * 2, settled=[(0, 5, 0.99), (1, 6, 0.99)], said=[(0, 1, True)])[0] == [0, 1]
    assert gathered([SILENT] * 2, settled=[(0, 5, 0.99), (1, 5, 0.99)], said=[(0, 1, False)])[0] == [0, 0]


def test_a_long_chain_without_contradiction_stays_whole():
    edges = [(at, at + 1, 0.9) for at in range(500)]
    assert set(gathered([SILENT] * 501, edges=edges)[0]) == {0}


def test_confirmation_takes_from_rivals_what_it_gives():
    residents = pairs((1, 5, 0.5), (1, 6, 0.5), (2, 6, 0.5)).with_columns(cara=nw.lit("model"))
    made = confirm(residents, pairs((1, 5, 0.9)))
    assert made["peluang"].to_list() == [pytest.approx(0.9), pytest.approx(0.05), 0.5]


kinds = st.sampled_from([SILENT, (NIK, BORN, "L"), (TWIN, BORN, "L"), (None, OTHER, "L"), (None, BORN, "P")])


@settings(deadline=None)
@given(
    st.lists(kinds, min_size=6, max_size=6),
    st.dictionaries(st.integers(0, 5), st.integers(0, 2), max_size=4),
    st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.sampled_from([0.86, 0.9, 0.95]), max_size=9),
    st.randoms(),
)
def test_persons_hold_together_and_do_not_depend_on_order(rows, settled, chosen, random):
    anchors = [(left, right, 0.99) for left, right in settled.items()]
    edges = [(left, right, chance) for (left, right), chance in chosen.items()]
    made, lent = gathered(rows, anchors, edges)
    for group in set(made):
        members = [at for at, person in enumerate(made) if person == group]
        assert group == members[0]
        assert len({settled[at] for at in members if at in settled}) <= 1
        assert not {(None, OTHER, "L"), (None, BORN, "P")} <= {rows[at] for at in members}
    random.shuffle(anchors)
    random.shuffle(edges)
    assert gathered(rows, anchors, edges) == (made, lent)
