"""Linkage on a province with truth: quality, determinism, calibration."""

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.linkage import link
from jangkau.core.linkage.evaluate import evaluate, judge, reliability, true_pairs
from jangkau.core.linkage.model import load
from jangkau.core.linkage.thresholds import cost, happened, open_pairs, saving_at
from jangkau.core.linkage.truth import Register, Truth
from jangkau.core.tables.results import PEKERJA, TAUTAN, USULAN

REGISTERS = ("penduduk", "peserta", "kesejahteraan")


def frame(native):
    return nw.from_native(native, eager_only=True)


def run(world):
    return link(*(frame(part) for part in (world.usulan, world.penduduk, world.peserta, world.kesejahteraan)), None)


@pytest.fixture(scope="module")
def linked(world):
    return run(world)


def not_decided(tautan, register, proposals, rows):
    """True pairs that are not `cocok`; `keputusan` is null where they were never considered."""
    told = tautan.to_native().filter(register=register).select("id_usulan", "id_register", "keputusan")
    pairs = true_pairs(proposals, rows).join(told, on=["id_usulan", "id_register"], how="left")
    return pairs.filter(pl.col("keputusan").ne_missing("cocok"))


def judged_by(world, linked, register, what):
    return what(linked.tautan, register, frame(world.truth["usulan"]), frame(world.truth[register]))


@pytest.mark.parametrize("register", REGISTERS)
def test_decisions_are_right(world, linked, register):
    score = judged_by(world, linked, register, evaluate)
    assert score.f1 >= 0.975
    assert score.precision >= 0.985
    assert score.review <= 0.02


def test_probability_means_what_it_says(world, linked):
    bands = reliability(judged_by(world, linked, "penduduk", judge), steps=4)
    lowest, highest = bands.row(0, named=True), bands.row(-1, named=True)
    assert abs(lowest["benar"] - lowest["peluang"]) < 0.02
    assert abs(highest["benar"] - highest["peluang"]) < 0.02


@pytest.mark.parametrize("register", REGISTERS)
def test_expected_errors_are_those_that_happen(world, linked, register):
    pairs = open_pairs(linked.tautan).filter(register=register)
    truth = Truth(world.truth["usulan"], {register: Register(world.truth["usulan"], world.truth[register])})
    for limits in (load().thresholds, saving_at(0.1), saving_at(0.5)):
        made, real = cost(pairs, limits), happened(pairs, truth, limits)
        unseen = judged_by(world, linked, register, not_decided)["keputusan"].null_count()
        assert abs(real["salah"] - made.salah) <= 4 * made.salah_sebar + 1
        assert abs(real["terlewat"] - unseen - made.terlewat) <= 4 * made.terlewat_sebar + 2


def test_no_proposal_is_two_residents(linked):
    sure = linked.tautan.to_native().filter(register="penduduk", keputusan="cocok")
    assert sure["id_usulan"].is_unique().all()


def test_every_row_has_one_person_and_every_person_a_row(world, linked):
    assert linked.usulan["id_usulan"].to_list().sort() == world.usulan["id_usulan"].to_list().sort()
    assert set(linked.usulan["id_pekerja"]) == set(linked.pekerja["id_pekerja"])
    assert len(linked.usulan) - len(linked.pekerja) == len(linked.ganda)


def test_persons_are_neither_mixed_nor_split(world, linked):
    rows = linked.usulan.to_native().join(world.truth["usulan"].rename({"nik": "benar"}), on="id_usulan")
    mixed = rows.group_by("id_pekerja").agg(pl.col("benar").n_unique()).filter(pl.col("benar") > 1)
    split = rows.group_by("benar").agg(pl.col("id_pekerja").n_unique()).filter(pl.col("id_pekerja") > 1)
    assert len(mixed) <= 0.005 * len(rows)
    assert len(split) <= 0.005 * len(rows)


def test_tables_are_as_declared(linked):
    assert TAUTAN.check(linked.tautan).columns == TAUTAN.names
    assert USULAN.check(linked.usulan).columns == USULAN.names
    assert PEKERJA.check(linked.pekerja).columns == PEKERJA.names


def test_the_same_input_in_any_order_gives_the_same_tables(world, linked):
    shuffled = type(world)(
        world.usulan.sample(fraction=1, shuffle=True, seed=3), world.penduduk.reverse(), world.peserta.reverse(),
        world.kesejahteraan.reverse(), world.truth,
    )  # fmt: skip
    again = run(world)
    other = run(shuffled)
    for name in ("tautan", "usulan", "pekerja", "ganda"):
        first = getattr(linked, name).to_native()
        assert first.equals(getattr(again, name).to_native()), name
        assert first.equals(getattr(other, name).to_native()), name


def test_missed_are_the_true_pairs_that_were_not_decided(world, linked):
    score = judged_by(world, linked, "penduduk", evaluate)
    assert len(judged_by(world, linked, "penduduk", not_decided)) == score.terlewat
