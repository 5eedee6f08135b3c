"""Conditions read by Python: what they answer, what is unknown, and what is refused."""

import pytest

from jangkau.core.linkage.plain_sql import compiled

PAIR = {"a": "BUDI", "b": "BUDHI", "none": None, "n": 7, "words": ["BUDI", "ALI"], "more": ["ALI", "BUDI", "TOHA"]}


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("a = 'BUDI' AND n >= 6.5", True),
        ("a <> b OR n < 7", True),
        ("substr(a, 2, 2) = 'UD' AND right(b, 2) = 'HI'", True),
        ("n IN ('7', '8')", False),
        ("CASE WHEN n = 1 THEN 'satu' WHEN n = 7 THEN 'tujuh' ELSE 'lain' END", "tujuh"),
        ("CASE WHEN n = 1 THEN 'satu' END", None),
        ("least(n, none)", 7),
        ("try_cast('x' AS INTEGER)", None),
        ("list_has_all(more, words) AND list_has_any(words, more)", True),
        ("len(list_filter(words, lambda w: contains(w, left(a, 1))))", 1),
        ("damerau_levenshtein(a, b)", 1),
    ],
)
def test_answers(condition, answer):
    assert compiled(condition)(PAIR) == answer


@pytest.mark.parametrize(
    "condition", ["none = none", "length(none) > 1", "none = a OR none <> a", "n = 7 AND none = 1"]
)
def test_what_is_unknown_does_not_hold(condition):
    assert not compiled(condition)(PAIR)


@pytest.mark.parametrize("condition", ["NOT n = 7", "n IS TRUE", "CASE n WHEN 7 THEN 1 END", "median(n)", "n || a"])
def test_words_that_no_condition_uses_are_refused(condition):
    with pytest.raises(NotImplementedError):
        compiled(condition)


def test_a_number_is_cast_to_whole_numbers_only():
    with pytest.raises(NotImplementedError):
        compiled("try_cast(a AS DATE)")
