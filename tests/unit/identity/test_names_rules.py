"""Every row of the name table is shown by its own example, and changes it."""

import pytest

from jangkau.core.identity.name_reader import NameReader, reader
from jangkau.core.identity.name_rules import KINDS, Rules, table
from jangkau.core.identity.rule_table import Rule

SOUNDS = {"sambung", "ejaan_lama", "ejaan_lama_j", "bunyi"}


def holds(rule: Rule, names: NameReader) -> bool:
    if rule.jenis in SOUNDS:
        return names.phonetic(rule.contoh) == names.phonetic(rule.hasil)
    if rule.jenis == "umum":
        return names.telling(names.phonetic(rule.contoh).split()) == names.phonetic(rule.hasil).split()
    if rule.jenis == "keterangan":
        return names.words(rule.contoh) == names.words(rule.hasil)
    return names.normalise(rule.contoh) == rule.hasil


@pytest.mark.parametrize("row", range(len(table())), ids=lambda row: f"{row + 2}-{table()[row].tulis}")
def test_a_row_makes_its_example_come_true(row: int) -> None:
    rules = table()
    assert holds(rules[row], reader())
    without = NameReader(Rules([*rules[:row], *rules[row + 1 :]]))
    assert not holds(rules[row], without), "the row changes nothing"


def test_the_table_is_whole() -> None:
    assert {rule.jenis for rule in table()} == set(KINDS)
    for rule in table():
        assert rule.tulis
        assert rule.contoh
        assert rule.hasil
    lists = [(rule.jenis, rule.tulis) for rule in table() if rule.jenis not in ("bunyi", "pola")]
    assert len(lists) == len(set(lists))


def test_no_pattern_can_match_across_words() -> None:
    patterns = [rule.tulis for rule in table() if rule.jenis in {"pola", "bunyi", "ejaan_lama", "ejaan_lama_j"}]
    assert not [pattern for pattern in patterns if "[^" in pattern or r"\s" in pattern or r"\n" in pattern]
