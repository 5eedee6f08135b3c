"""Masked numbers: a clerk sees where two differ, nobody reads one off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.tables.mask import mask, mask_pair

digits = st.text("0123456789", min_size=16, max_size=16)


def test_a_number_alone_shows_its_kabupaten():
    assert mask("1701010705800001") == "1701" + "•" * 12
    assert (mask(None), mask("")) == ("", "")


def test_near_numbers_show_where_they_differ():
    assert mask_pair("1701010705800001", "1701010705800002") == ("1701•••••••••••1", "1701•••••••••••2")
    assert mask_pair("1701010705800001", "1701010705800001") == ("1701" + "•" * 12,) * 2


@pytest.mark.parametrize("other", [None, "170101070580", "3201239912345678"])
def test_far_numbers_show_no_more_than_alone(other):
    assert mask_pair("1701010705800001", other) == (mask("1701010705800001"), mask(other))


@given(digits, digits)
def test_at_most_three_digits_besides_the_kabupaten_are_shown(one, other):
    for shown in mask_pair(one, other):
        assert sum(char != "•" for char in shown[4:]) <= 3
