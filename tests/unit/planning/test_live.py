"""The answer while a plan is built: the plan itself where the instance is small, near it where it is large."""

from datetime import date

import narwhals as nw
import pytest

from jangkau.core.planning import live as room
from jangkau.core.planning import persons
from jangkau.core.planning.explore.sketch import SOME
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.live import live
from jangkau.core.planning.targets.read import read_targets

FULL = 16_800
COUNTED = ("bulan", "orang", "orang_jkm_penuh", "bulan_terlindung", "peringatan")


@pytest.fixture(scope="module")
def crowd(world):
    people = [
        {"poin": 5 * (at % 7), "kode_desa": f"63{1 + at % 3:02d}012001", "desil": 1 + at % 4, "lanjutan": at % 3 == 0,
         "pekerjaan": ("TANI", "ANGKUTAN")[at % 2], "jenis_kelamin": "LP"[at % 2], "tanggal_lahir": date(1990, 6, 1)}
        for at in range(90)
    ]  # fmt: skip
    funds = [
        {"anggaran": 150 * FULL, "wilayah": "6301"},
        {"kode": "B", "anggaran": 90 * FULL + 77, "syarat": "desil<=2", "berlaku_sampai": "2027-12"},
        {"kode": "C", "anggaran": 60 * FULL, "wilayah": "6303", "jenis": "CSR", "tarif": "DISKON"},
    ]
    return world(people, funds, mulai="2027-01", bulan=6)


def answer(world, book):
    people, targets = persons(nw.from_native(world.people)), read_targets(world.target, world.settings)
    return live(people, read_funds(nw.from_native(world.funds)), targets, world.settings, book)


def test_a_small_instance_is_answered_with_the_plan_itself(crowd, book):
    found, whole = answer(crowd, book), crowd.plan(book).ringkasan
    assert found.tepat
    assert found.bertarget
    assert found.ringkasan == {name: whole[name] for name in found.ringkasan}
    assert found.wilayah == whole["wilayah"]


def test_its_months_are_those_of_the_plan_but_for_the_lottery(crowd, book):
    rows, whole = answer(crowd, book).bulan_orang, crowd.plan(book).ringkasan["bulan_orang"]
    assert [row["bulan"] for row in rows] == [row["bulan"] for row in whole]
    for row, other in zip(rows, whole, strict=True):
        assert (row["orang"], row["peringatan"]) == (other["orang"], other["peringatan"])
        assert abs(row["orang_jkm_penuh"] - other["orang_jkm_penuh"]) <= 2
    assert {name: rows[5][name] for name in COUNTED} == {name: whole[5][name] for name in COUNTED}


def test_targets_are_aimed_at_but_in_a_very_large_instance(world, crowd, book, monkeypatch):
    aimed = world([], [])
    aimed.people, aimed.funds, aimed.settings = crowd.people, crowd.funds, crowd.settings
    aimed.aims({"indikator": "perempuan", "persen": 90.0, "nama_penyebut": "layak"})
    monkeypatch.setattr(room, "FEW_ARCS", 0)
    found, whole = answer(aimed, book), aimed.plan(book).ringkasan
    assert (found.ringkasan["target"], found.ringkasan["orang"]) == (whole["target"], whole["orang"])
    assert found.tepat
    monkeypatch.setattr(room, "MANY_ARCS", 0)
    assert not answer(aimed, book).bertarget


def test_a_large_instance_is_answered_near_the_plan_and_says_so(crowd, book, monkeypatch):
    whole = crowd.plan(book).ringkasan
    monkeypatch.setattr(room, "FEW_ARCS", 0)
    found = answer(crowd, book)
    assert (found.tepat, found.bertarget) == (False, True)
    assert 0.97 * whole["tujuan"] <= found.ringkasan["tujuan"] <= whole["tujuan"]
    assert whole["tujuan"] <= found.ringkasan["batas"]
    assert [row["bulan"] for row in found.bulan_orang] == list(SOME)
    people = {row["bulan"]: row["orang"] for row in whole["bulan_orang"]}
    for row in found.bulan_orang:
        assert row["perkiraan"] == (row["bulan"] != 6)
        assert row["orang"] <= people[row["bulan"]] + 5


def test_nobody_and_no_fund_are_answered_too(world, book):
    empty = answer(world([], []), book)
    assert (empty.ringkasan["orang"], empty.wilayah) == (0, [])
    assert {row["orang"] for row in empty.bulan_orang} == {0}
    alone = answer(world([{"poin": 1}], []), book)
    assert (alone.ringkasan["layak"], alone.ringkasan["orang"]) == (1, 0)
