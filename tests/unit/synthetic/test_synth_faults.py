"""What goes wrong on paper stays within the fault's own definition."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.synthetic import faults

UNIT = st.floats(0, 1, exclude_max=True)
NIKS = st.text("0123456789", min_size=16, max_size=16).filter(lambda nik: len(set(nik)) > 1)


@given(NIKS, UNIT, UNIT)
def test_wrong_digit_changes_exactly_one(nik, u, v):
    wrong = faults.wrong_digit(nik, u, v)
    assert len(wrong) == 16
    assert sum(a != b for a, b in zip(nik, wrong, strict=True)) == 1


@given(NIKS, UNIT, UNIT)
def test_transposed_swaps_two_neighbours(nik, u, v):
    wrong = faults.transposed(nik, u, v)
    places = [i for i in range(16) if nik[i] != wrong[i]]
    assert len(places) == 2
    assert places[1] == places[0] + 1
    assert sorted(nik) == sorted(wrong)


@given(NIKS, UNIT, UNIT)
def test_short_number_loses_one_digit(nik, u, v):
    wrong = faults.short_number(nik, u, v)
    assert len(wrong) == 15
    assert any(nik[:i] + nik[i + 1 :] == wrong for i in range(16))


@given(st.dates(date(1930, 1, 1), date(2012, 12, 31)), UNIT, UNIT)
def test_wrong_date_is_another_day_under_its_code(born, u, v):
    wrong, code = faults.wrong_date(born, u, v)
    assert wrong != born
    if code == "TANGGAL_TERTUKAR":
        assert (wrong.day, wrong.month, wrong.year) == (born.month, born.day, born.year)
    elif code == "TANGGAL_HARI":
        assert (wrong.month, wrong.year) == (born.month, born.year)
    else:
        assert code == "TANGGAL_TAHUN"
        assert wrong.year != born.year


NAMES = st.lists(
    st.sampled_from(["MUHAMMAD", "SITI", "JAYA", "ABDUL", "YUSUF", "SYAHRUDIN", "UCI"]), min_size=1, max_size=3
)


@given(NAMES.map(" ".join), UNIT, UNIT, UNIT)
def test_wrong_name_has_a_code_only_when_it_differs(name, w, u, v):
    wrong, code = faults.wrong_name(name, w, u, v)
    assert (wrong != name) == bool(code)
    assert wrong == " ".join(wrong.split())


@pytest.mark.parametrize(
    ("fault", "name", "expected"),
    [
        (faults.shortened, "MUHAMMAD ALI", "M. ALI"),
        (faults.shortened, "BUDI SANTOSO WIBOWO", "BUDI SANTOSO W."),
        (faults.old_spelling, "SUYUD", "SOEYOED"),
        (faults.new_ending, "SYAMSUDIN", "SYAMSUDDIN"),
        (faults.swapped_words, "ALI AKBAR", "AKBAR ALI"),
        (faults.missing_word, "ALI AKBAR", "AKBAR"),
        (faults.joined_words, "ALI AKBAR", "ALIAKBAR"),
        (faults.scanned, "IDRIS", "1DRIS"),
    ],
)
def test_name_faults(fault, name, expected):
    assert fault(name, 0.0, 0.0) == expected


def test_a_single_name_survives_faults_that_need_two():
    assert faults.swapped_words("SUPARMAN", 0.5, 0.5) == "SUPARMAN"
    assert faults.missing_word("SUPARMAN", 0.5, 0.5) == "SUPARMAN"
