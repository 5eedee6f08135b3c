"""Codes that can be read aloud: a slip is noticed, and nobody guesses one."""

from itertools import combinations

from jangkau.apps.requests import receipts

CODE = receipts.code_of("masuk", "satu")


def test_the_same_words_have_the_same_code_and_others_another():
    assert receipts.code_of("masuk", "satu") == CODE
    assert len({receipts.code_of("masuk", n) for n in range(3_000)}) == 3_000


def test_a_code_is_short_and_read_however_it_is_written():
    assert len(CODE) == 11
    assert set(CODE) <= set(receipts.SIGNS) | {"-"}
    for text in (CODE, CODE.lower(), f" {CODE.replace('-', ' ')} ", CODE.replace("-", "")):
        assert receipts.read(text) == CODE


def test_every_slip_of_one_sign_and_every_change_of_places_is_noticed():
    signs = CODE.replace("-", "")
    for at, sign in enumerate(signs):
        slips = [signs[:at] + other + signs[at + 1 :] for other in receipts.SIGNS if other != sign]
        assert not [slip for slip in slips if receipts.read(slip)]
    for one, other in combinations(range(10), 2):
        swapped = list(signs)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        assert signs[one] == signs[other] or receipts.read("".join(swapped)) is None


def test_what_is_no_code_is_none():
    assert [receipts.read(text) for text in ("", "12345", CODE + "2", "OOOOO-OOOOO", "é" * 10)] == [None] * 5


def test_one_of_nineteen_tries_at_most_is_a_code_at_all_and_what_is_kept_is_no_code():
    tries = [receipts.code_of(n)[:-1] + "2" for n in range(1_900)]
    assert 50 < sum(receipts.read(code) is not None for code in tries) < 150
    assert CODE not in receipts.sum_of(CODE)
