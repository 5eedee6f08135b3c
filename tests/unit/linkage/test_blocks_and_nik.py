from dataclasses import replace
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from jangkau.core.linkage import blocks
from jangkau.core.linkage.blocks import RULES, candidates
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.nik_pass import nik_pass
from jangkau.core.linkage.normalise import comparable
from jangkau.core.linkage.pairs import Desk
from jangkau.core.linkage.prepare import prepare_list, prepare_population

NIK = "3302011705800001"
BORN = date(1980, 5, 17)
TEXTS = ("nik", "nik_dugaan", "nama", "jenis_kelamin", "kode_desa", "kode_wilayah", "no_kk")
SCHEMA = dict.fromkeys(TEXTS, pl.String) | {"tanggal_lahir": pl.Date}


def frame(*rows):
    full = [{name: row.get(name) for name in SCHEMA} for row in rows]
    return nw.from_native(pl.DataFrame(full, schema=SCHEMA), eager_only=True)


def side(*rows):
    return comparable(frame(*rows))


def prepared(left, right):
    population = prepare_population(frame(*right))
    return prepare_list(frame(*left), population.census), population


def every(side):
    return np.arange(len(side), dtype=np.int32)


def passes(left, right):
    asked, population = prepared([left], [right])
    return bool(len(nik_pass(Desk(1), asked, every(asked), population.side, population.index)))


def met(left, right):
    asked, population = prepared(left, right)
    return candidates(asked, every(asked), population.index)


BUDI = {"nik": NIK, "nama": "BUDI SANTOSO", "tanggal_lahir": BORN, "kode_desa": "3302012001"}


@pytest.mark.parametrize(
    ("change", "believed"),
    [
        ({}, True),
        ({"nama": "Boedi Santosa"}, True),
        ({"tanggal_lahir": None}, True),
        ({"tanggal_lahir": date(1980, 1, 1)}, True),
        ({"nama": "BUDI", "tanggal_lahir": BORN}, True),
        ({"nama": "SITI AMINAH", "tanggal_lahir": date(1983, 2, 12)}, False),
        ({"nama": "SITI AMINAH"}, False),
        ({"nama": "SITI AMINAH", "tanggal_lahir": None}, False),
        ({"nama": "BUDI HARTONO"}, False),
        ({"tanggal_lahir": date(1955, 3, 2)}, False),
        ({"nik": "0000000000000000"}, False),
    ],
)
def test_equal_nik_is_believed_only_with_a_second_field(change, believed):
    assert passes(BUDI | change, BUDI) is believed


def test_an_unreadable_number_is_kept_as_digits():
    one = side({"nik_dugaan": NIK[:15], "nama": "A"}).row(0, named=True)
    assert (one["nik"], one["nikt"], one["n15"], one["z10"]) == (None, NIK[:15], int(NIK[:15]), int(NIK[5:15]))


@pytest.mark.parametrize("filler", ["1111111111111111", "1234567890123456", "3302010000000000", "12", "ABC"])
def test_a_filler_is_no_number(filler):
    assert side({"nik_dugaan": filler, "nama": "A"})["nikt"].to_list() == [None]


def test_a_place_is_known_as_far_as_it_goes():
    rows = side({"kode_wilayah": "330201"}, {"kode_desa": "3302012001", "kode_wilayah": "33"}, {"kode_wilayah": "33"})
    assert rows.select("kab", "kec", "desa").rows() == [
        ("3302", "330201", None), ("3302", "330201", "3302012001"), (None, None, None),
    ]  # fmt: skip


def test_a_word_that_many_bear_tells_little():
    crowd = [{"nama": f"SAPUTRA {a}{b}"} for a in ("BU", "SA", "RA") for b in "AIUEO" for _ in range(20)]
    asked, population = prepared([{"nama": "SAPUTRA BUDI"}, {"nama": "SAPUTRA"}], crowd)
    assert asked.take(every(asked), ["kata"])["kata"].list.len().to_list() == [1, 1]
    assert population.census.common == ("SAPUTRA",)


def test_a_key_shared_by_too_many_is_left_out_and_counted():
    crowd = [BUDI | {"nik": None, "tanggal_lahir": None} for _ in range(400)]
    asked, population = prepared([{"nama": "BUDI SANTOSO", "kode_desa": "3302012001"}], crowd)
    assert sum(candidates(asked, every(asked), population.index).pairs_per_rule.values()) == 0
    crowded = dict(zip([rule.name for rule in RULES], population.index.crowded, strict=True))
    assert (crowded["huruf, kecamatan"], crowded["kata, desa"], crowded["NIK sama"]) == (1, 2, 0)


def test_pairs_are_reported_by_rule_and_distinct():
    pairs = met([BUDI], [BUDI])
    assert list(pairs.pairs_per_rule) == [rule.name for rule in RULES]
    assert pairs.pairs_per_rule["NIK sama"] == 1
    assert (pairs.left.tolist(), pairs.right.tolist()) == ([0], [0])


def test_a_search_keeps_to_its_budget(monkeypatch):
    monkeypatch.setattr(blocks, "BUDGET", 0)
    pairs = met([BUDI], [BUDI])
    assert list(pairs.pairs_per_rule) == ["NIK sama"]
    assert len(pairs) == 1


def test_keys_on_disk_are_given_back_after_many_asked_and_read_again(monkeypatch, tmp_path):
    asked, population = prepared([BUDI], [BUDI, BUDI | {"nik": "3302011705800002"}])
    first = candidates(asked, every(asked), population.index)
    for number, array in enumerate(population.index.arrays):
        np.save(tmp_path / f"{number}.npy", array)
    on_disk = tuple(np.asarray(np.load(tmp_path / f"{n}.npy", mmap_mode="r")) for n in range(len(RULES)))
    monkeypatch.setattr(blocks, "FEW", 0)
    for _ in range(2):
        again = candidates(asked, every(asked), replace(population.index, arrays=on_disk))
        assert (again.left.tolist(), again.right.tolist()) == (first.left.tolist(), first.right.tolist())


def test_what_each_rule_found_and_left_out_is_reported(monkeypatch):
    crowd = [BUDI | {"nik": None, "tanggal_lahir": None} for _ in range(400)]
    asked, population = prepared([BUDI], crowd)
    told = blocks.report(candidates(asked, every(asked), population.index), 1, population.index)
    assert (told["baris"], told["pasangan"], told["anggaran"]) == (1, 0, blocks.BUDGET * blocks.FEW)
    rules = {rule["aturan"]: (rule["pasangan"], rule["kunci_padat"]) for rule in told["aturan"]}
    assert rules["huruf, kecamatan"] == (0, 1)
    monkeypatch.setattr(blocks, "BUDGET", 0)
    asked, population = prepared([BUDI], [BUDI])
    told = blocks.report(candidates(asked, every(asked), population.index), 1, population.index)
    assert [rule["pasangan"] for rule in told["aturan"]] == [1, *[None] * (len(RULES) - 1)]


def test_one_rule_can_be_asked_alone():
    asked, population = prepared([BUDI], [BUDI])
    assert list(candidates(asked, every(asked), population.index, blocks.NIK).pairs_per_rule) == ["NIK sama"]


def test_nobody_meets_nobody():
    assert len(met([], [BUDI])) == 0
    assert len(met([BUDI], [])) == 0
    assert len(met([{"nama": None}], [BUDI])) == 0


def test_rules_have_distinct_names():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(isinstance(rule, Rule) and 0 < rule.cap <= 300 for rule in RULES)


def test_one_village_is_no_evidence_of_place():
    census = prepare_population(frame(*[BUDI] * 5000)).census
    assert census.shares["desa"] > 0.8
    assert census.shares["desa"] < census.shares["kec"] < census.shares["kab"]
    assert census.rarest == pytest.approx(1 / 25_000)
