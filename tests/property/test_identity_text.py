"""Whatever a cell holds, reading it ends soon and gives declared words only."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity import names, nik, occupation, phone
from jangkau.core.identity.regions import Regions
from jangkau.core.tables.common import OCCUPATIONS, WORK_STATES

PARTS = ["tani", "dagang", "/", "PNS", "istri", "mantan", "buruh", "sawit", ",", "irt", "xyz", "P.N.S"]
WORDS = st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=40)))
@example("İ")
@settings(max_examples=tries(400), deadline=None)
def test_an_occupation_is_of_the_list_whatever_its_case(text: str) -> None:
    found = occupation.classify(text)
    assert (found.tag is None) == (found.status is None)
    assert found.tag in (None, *OCCUPATIONS)
    assert found.status in (None, *WORK_STATES)
    if text.isascii():
        assert occupation.classify(f"  {text.upper()} ") == occupation.classify(text.lower()) == found


@given(
    st.sampled_from(["0812", "0852", "0899"]), st.integers(10**5, 10**8 - 1), st.sampled_from(["", "+62", "62", " "])
)
def test_a_phone_in_any_dress(prefix: str, rest: int, country: str) -> None:
    number = f"{prefix}{rest}"
    dressed = country + (number[1:] if country.strip() else number)
    found = phone.normalise_phone(f"{dressed[:6]} {dressed[6:]}")
    assert found in (number, None)
    assert found or len(number) < phone.SHORTEST or len(set(number[4:])) == 1


@given(st.text(max_size=30))
@settings(max_examples=tries(300))
def test_a_phone_is_a_phone_or_nothing(text: str) -> None:
    found = phone.normalise_phone(text)
    assert found is None or (found.startswith("08") and found.isdigit() and found.isascii())
    assert found is None or phone.normalise_phone(found) == found


HOSTILE = [
    "H. " * 100_000,
    "BUDI " + "SE " * 100_000,
    "(" * 300_000,
    "1" * 300_000,
    "tani/" * 100_000,
    "1.111" * 90_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_is_read_at_once(text: str) -> None:
    started = time.process_time()
    names.phonetic(text)
    nik.read_nik(text)
    phone.normalise_phone(text)
    occupation.classify(text)
    Regions.load("17").locate(desa=text, kecamatan=text, kabupaten=text)
    assert time.process_time() - started < 1
