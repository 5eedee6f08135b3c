"""What a waterfall says of a pair."""

from datetime import date

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.linkage.explain import Bar, Waterfall, _words, explain, log_odds, meaning, settled, taught, title
from jangkau.core.linkage.explain_link import why, why_all
from jangkau.core.linkage.linker import KEYS, here, link
from jangkau.core.linkage.model import load

BUDI = {
    "nik": "3302010705800001", "nama": "BUDI SANTOSO", "tanggal_lahir": date(1980, 5, 7), "jenis_kelamin": "L",
}  # fmt: skip
TWIN = BUDI | {"nik": "3302010705800002", "nama": "BUDIMAN SANTOSO"}


def told(small, usulan, *people):
    rows, register = small.usulan({"id_usulan": "u", **usulan}), small.penduduk(*people)
    with here(rows, {"penduduk": register}, load()) as search:
        return explain(search, "usulan", "penduduk", "penduduk")


def codes(waterfall):
    return [bar.kode for bar in waterfall.bars]


def test_a_settled_number_has_one_reason(small):
    (waterfall,) = told(small, BUDI, BUDI).values()
    assert (waterfall.cara, codes(waterfall)) == ("nik", ["nik_sama"])
    assert waterfall.peluang == pytest.approx(0.9995)


def test_evidence_starts_with_the_prior_and_names_what_is_missing(small):
    (waterfall,) = told(small, BUDI | {"nik": None, "jenis_kelamin": None}, BUDI).values()
    assert codes(waterfall)[:5] == ["awal", "nama", "nama_langka", "lahir", "lahir_langka"]
    assert waterfall.bars[0].bit < -10
    assert {"NIK", "Jenis kelamin"} <= set(waterfall.kosong)
    name = waterfall.bars[1]
    assert (name.judul, name.isi) == ("Nama", "sama")
    assert name.bit == pytest.approx(__import__("math").log2(name.m / name.u))


def test_a_rival_takes_from_the_probability(small):
    alone = told(small, BUDI | {"nik": None}, BUDI)[0, 0]
    beside = told(small, BUDI | {"nik": None}, BUDI, TWIN)
    assert "saingan" not in codes(alone)
    assert "saingan" in codes(beside[0, 0])
    assert sum(waterfall.peluang for waterfall in beside.values()) <= 1
    assert beside[0, 0].peluang > beside[0, 1].peluang


def test_of_a_borrowed_number_both_are_explained_as_they_are_shown(small):
    twins = [
        BUDI | {"no_kk": "3302010101100001"},
        BUDI | {"nik": TWIN["nik"], "nama": "BUDO SANTOSO", "no_kk": "3302010101100001"},
    ]
    holder, relative = told(small, BUDI | {"nama": "BUDO SANTOSO"}, *twins).values()
    assert (codes(holder)[-1], codes(relative)[-1]) == ("batas", "kerabat")
    limits = load().thresholds
    assert (holder.peluang, relative.peluang) == (pytest.approx(limits.open), pytest.approx(limits.rest))


def test_a_wholly_different_name_is_left_to_a_clerk(small):
    (waterfall,) = told(small, BUDI | {"nama": "HERLINA"}, BUDI).values()
    assert codes(waterfall)[-1] == "batas"
    limits = load().thresholds
    assert limits.tinjau < waterfall.peluang < limits.cocok


def test_nothing_in_common_is_not_considered(small):
    other = {
        "nama": "UMAR ALI",
        "tanggal_lahir": date(1955, 1, 2),
        "nik": "1105010201550009",
        "kode_desa": "1105012001",
    }
    assert told(small, BUDI | {"nik": None}, other) == {}


def bar(bits):
    return Bar("awal", "x", "y", bits)


@given(st.floats(0, 1), st.floats(-80, 80))
def test_a_run_that_decided_otherwise_is_a_bar_of_its_own(peluang, bits):
    whole = settled(Waterfall("model", (bar(bits),)), peluang, "model")
    assert whole.peluang == pytest.approx(peluang, abs=1e-6)
    assert settled(whole, whole.peluang, "model") is whole


def test_what_clerks_said_is_a_bar_of_its_own():
    own = Waterfall("model", (bar(log_odds(0.6)),))
    learned = taught(own, ((0.3, 0.1), (0.9, 0.7)), load().thresholds)
    assert (learned.bars[-1].kode, learned.peluang) == ("kalibrasi", pytest.approx(0.4))
    said = settled(learned, 1.0, "petugas")
    assert (said.cara, said.bars[-1].kode) == ("petugas", "petugas")
    assert said.peluang == pytest.approx(1.0)


def test_what_nothing_was_learned_of_stays():
    thresholds = load().thresholds
    for own in (Waterfall("nik", (bar(3.0),)), Waterfall("model", (bar(log_odds(thresholds.open)),))):
        assert taught(own, ((0.1, 0.0), (0.99, 0.5)), thresholds) is own
    own = Waterfall("model", (bar(3.0),))
    assert taught(own, (), thresholds) is own


@given(st.floats(1e-12, 1 - 1e-12))
def test_log_odds_and_probability_undo_each_other(peluang):
    assert Waterfall("model", (bar(log_odds(peluang)),)).peluang == pytest.approx(peluang, rel=1e-6)


@pytest.mark.parametrize("comparison", load().comparisons, ids=lambda c: c.name)
def test_every_level_has_words(comparison):
    assert set(_words()[comparison.name]) == {"judul", *(level.label for level in comparison.levels)}


def test_a_scheme_of_ones_own_is_told_by_its_labels():
    assert (title("postcode"), meaning("postcode", "sama")) == ("postcode", "sama")


def test_many_links_are_explained_as_each_alone(world):
    """Whatever an evidence page shows at once is what a single question answers."""
    tables = {name: nw.from_native(getattr(world, name).head(1200), eager_only=True) for name in KEYS}
    rows = nw.from_native(world.usulan.head(80), eager_only=True)
    links = link(rows, *tables.values(), None).tautan.to_native()
    asked = links.filter(links["keputusan"] != "tidak").sample(12, seed=3).to_dicts()
    together = why_all(asked, rows, tables, load())
    for one, many in zip(asked, together, strict=True):
        proposal = rows.filter(nw.col("id_usulan") == one["id_usulan"])
        registers = {name: tables[name] for name in dict.fromkeys(("penduduk", one["register"]))}
        assert many == why(one, proposal, registers, load(), reveal=False)


def test_a_link_whose_rows_are_gone_is_not_explained(small):
    rows, people = small.usulan({"id_usulan": "u", **BUDI}), {"penduduk": small.penduduk(BUDI)}
    gone = {"id_usulan": "lain", "register": "penduduk", "id_register": BUDI["nik"], "peluang": 1, "keputusan": "cocok"}
    assert why_all([gone | {"cara": "nik"}], rows, people, load()) == [None]
