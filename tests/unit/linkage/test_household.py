"""A number that belongs to a twin, or to a relative of nearly the same name, settles nothing against the name."""

from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from jangkau.core.linkage import link
from jangkau.core.linkage.comparisons import COMPARISONS
from jangkau.core.linkage.counter import Counter
from jangkau.core.linkage.household import HOME, closeness, contradicted, with_homes
from jangkau.core.linkage.person import Person
from jangkau.core.linkage.prepare import bare, prepare_population
from jangkau.core.linkage.side import whole
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
BORN, CARD = date(1980, 5, 17), "3302010101100001"
MURNI, MURNO, FATHER = "3302015705800001", "3302015705800002", "3302011203550001"
PLACE = "3302012001"


def person(nik, nama, lahir=BORN, **more):
    return {"nik": nik, "nama": nama, "tanggal_lahir": lahir, "jenis_kelamin": "P", "no_kk": CARD} | more


TWINS = (
    person(MURNI, "MURNI PILIANG"),
    person(MURNO, "MURNO PILIANG"),
    person(FATHER, "UDIN PILIANG", date(1955, 3, 12), jenis_kelamin="L"),
)


def linked(small, *rows, residents=TWINS):
    """Decision, resident and means of each pair that is not refused, by row of the list."""
    listed = [row | {"no_kk": None} for row in rows]
    told = link(
        small.usulan(*listed), small.penduduk(*residents), small.peserta(), small.kesejahteraan(), SETTINGS
    ).tautan.to_native()
    kept = told.filter(pl.col("keputusan") != "tidak")
    return [
        kept.filter(id_usulan=f"a.xlsx#S#{at}").select("keputusan", "id_register", "cara").rows()
        for at in range(2, 2 + len(rows))
    ]


@pytest.mark.parametrize("born", [BORN, None])
def test_the_number_of_a_twin_is_never_silently_believed(small, born):
    (found,) = linked(small, person(MURNI, "MURNO PILIANG", born))
    assert found
    assert ("cocok", MURNI) not in [pair[:2] for pair in found]


@pytest.mark.parametrize(("nik", "name"), [(MURNI, "MURNI PILIANG"), (MURNO, "murno  piliang"), (MURNI, None)])
def test_a_twin_with_the_own_number_and_name_is_settled_by_the_number(small, nik, name):
    assert linked(small, person(nik, name)) == [[("cocok", nik, "nik")]]


def test_a_slip_in_a_name_of_a_twin_is_no_contradiction(small):
    assert linked(small, person(MURNI, "MURNI PILANG")) == [[("cocok", MURNI, "model")]]


def test_who_has_no_such_relative_is_settled_by_the_number_as_before(small):
    assert linked(small, person(FATHER, "UDIN PILIAN", date(1955, 3, 12))) == [[("cocok", FATHER, "nik")]]
    alone = [TWINS[0], TWINS[1] | {"no_kk": "3302010101100002"}]
    assert linked(small, person(MURNI, "MURNI PILANG"), residents=alone) == [[("cocok", MURNI, "nik")]]


def test_the_number_of_a_relative_of_nearly_the_same_name_is_for_a_clerk(small):
    home = [person(MURNI, "SITI AMINAH", date(1960, 1, 1)), person("3302016502850001", "SITI AMINI", date(1985, 2, 25))]
    (found,) = linked(small, person(MURNI, "SITI AMINI", None), residents=home)
    assert ("cocok", MURNI) not in [pair[:2] for pair in found]


def test_a_twin_on_the_same_list_does_not_lend_the_resident(small):
    own, borrowed = linked(small, person(MURNI, "MURNI PILIANG"), person(MURNI, "MURNO PILIANG"))
    assert own == [("cocok", MURNI, "nik")]
    assert borrowed
    assert ("cocok", MURNI) not in [pair[:2] for pair in borrowed]


def test_the_counter_leaves_the_number_of_a_twin_to_a_look(small):
    counter = Counter(prepare_population(small.penduduk(*TWINS)))
    asked = Person("MURNO PILIANG", MURNI, BORN, "P", PLACE)
    assert (MURNI, "cocok") not in [(found.nik, found.keputusan) for found in counter.find(asked)]
    (own,) = counter.find(Person("MURNI PILIANG", MURNI, BORN, "P", PLACE))
    assert (own.nik, own.keputusan, own.cara) == (MURNI, "cocok", "nik")


def test_only_those_who_share_a_card_and_a_date_a_beginning_or_an_end_have_a_home():
    rows = [(1, BORN, "MUR", "RNI"), (1, BORN, "UDI", "IN"), (1, None, "SIT", "TI"), (1, None, "SIT", "TO"),
            (1, None, "JOK", "KO"), (2, BORN, "MUR", "RNI"), (None, BORN, "MUR", "RNI"), (None, BORN, "MUR", "RNI"),
            (3, None, None, None), (3, None, None, None), (4, None, "YUS", "SUF"), (4, None, "JUS", "SUF")]  # fmt: skip
    schema = {"kk": pl.Int64, "lahir": pl.Date, "awal3": pl.String, "ujung": pl.String}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    assert with_homes(whole(table)).rows[HOME].to_list() == [1, 1, 1, 1, *[None] * 6, 4, 4]


@pytest.mark.parametrize(
    ("first", "other"), [("MURNI", "MURNO"), ("SITI", "SUTI"), ("YUSUF", "USUF"), ("HASAN", "HUSAN")]
)
def test_first_words_a_letter_apart_are_alike(small, first, other):
    side = bare(small.penduduk(TWINS[0] | {"nama": f"{first} A"}, TWINS[2] | {"nama": f"{other} B"}))
    assert with_homes(side).rows[HOME].null_count() == 0


def test_names_are_as_good_by_their_levels():
    levels = [level.label for level in COMPARISONS[1].levels]
    told = dict(zip(levels, closeness(np.arange(len(levels))).tolist(), strict=True))
    shown = ("sama", "sebunyi", "huruf sama", "termuat", "satu huruf", "agak mirip", "lain")
    assert [told[name] for name in shown] == [0, 1, 1, 2, 2, 3, 3]
    assert closeness(np.array([-1])).tolist() == [-1]


@pytest.mark.parametrize(
    ("other", "doubted"),
    [
        ({}, True), ({"sebutan": 2}, False), ({"serumah": 8}, False), ({"serumah": None}, False), ({"l": 1}, False),
        ({"bobot": 13.0}, False), ({"bobot": 14.0}, True), ({"sebutan": -1}, False), ({"senik": True}, False),
    ],
)  # fmt: skip
def test_a_better_name_counts_only_in_the_same_household_and_not_far_behind(other, doubted):
    holder = {"l": 0, "r": 0, "bobot": 30.0, "senik": True, "sebutan": 2, "serumah": 7}
    relative = {"l": 0, "r": 1, "bobot": 28.0, "senik": False, "sebutan": 0, "serumah": 7} | other
    rows = pl.DataFrame([holder, relative], schema_overrides={"serumah": pl.Int64})
    told = contradicted(nw.from_native(rows, eager_only=True)).sort("r")
    assert told["pinjam"].to_list() == [doubted, False]
    assert told["tanding"].to_list() == [False, doubted]


def test_the_clerk_sees_both_whose_number_and_whose_name_it_is(small):
    (found,) = linked(small, person(MURNI, "MURNO PILIANG"))
    assert [pair[:2] for pair in found] == [("tinjau", MURNI), ("tinjau", MURNO)]


def test_of_two_better_named_relatives_the_likelier_is_shown():
    holder = {"l": 0, "r": 0, "bobot": 30.0, "senik": True, "sebutan": 2, "serumah": 7}
    relatives = [
        holder | {"r": r, "senik": False, "sebutan": 0, "bobot": bits} for r, bits in ((1, 20), (2, 28), (3, 28))
    ]
    told = contradicted(nw.from_native(pl.DataFrame([holder, *relatives]), eager_only=True)).sort("r")
    assert told["tanding"].to_list() == [False, False, True, False]
