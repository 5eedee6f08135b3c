import narwhals as nw
import polars as pl
import pytest

from jangkau.core.linkage.decide import compose, decide, posterior
from jangkau.core.linkage.evaluate import Score, evaluate
from jangkau.core.linkage.model import Thresholds, load, parse

LIMITS = Thresholds(cocok=0.9, tinjau=0.3)


def frame(**columns):
    return nw.from_native(pl.DataFrame(columns), eager_only=True)


def pairs(*rows):
    left, right, chance = zip(*rows, strict=True)
    return frame(l=list(left), r=list(right), peluang=list(chance), cara=["model"] * len(rows))


def decisions(made):
    return dict(zip(zip(made["l"], made["r"], strict=True), made["keputusan"], strict=True))


def test_only_the_best_may_match_where_one_person_is_sought():
    made = decide(pairs((0, 1, 0.95), (0, 2, 0.91), (0, 3, 0.4)), LIMITS, single=True)
    assert decisions(made) == {(0, 1): "cocok", (0, 2): "tidak", (0, 3): "tidak"}


def test_every_membership_may_match():
    made = decide(pairs((0, 1, 0.95), (0, 2, 0.91), (0, 3, 0.4)), LIMITS, single=False)
    assert decisions(made) == {(0, 1): "cocok", (0, 2): "cocok", (0, 3): "tinjau"}


def test_below_the_threshold_a_clerk_looks():
    made = decide(pairs((0, 1, 0.6), (0, 2, 0.35), (1, 1, 0.1)), LIMITS, single=True)
    assert decisions(made) == {(0, 1): "tinjau", (0, 2): "tinjau", (1, 1): "tidak"}


def test_few_of_the_unlikely_are_kept():
    made = decide(pairs(*((0, r, 0.01 * r) for r in range(1, 20))), LIMITS, single=True)
    assert made["r"].to_list() == [19, 18, 17, 16, 15]


def test_equal_rivals_share_one_probability():
    scored = frame(l=[0, 0, 1], r=[1, 2, 1], bobot=[40.0, 40.0, 40.0])
    chance = posterior(scored, load(), "penduduk", 1000)["peluang"].to_list()
    assert chance[0] == chance[1] == pytest.approx(0.5, abs=1e-6)
    assert chance[2] > 0.999


def test_a_longer_register_asks_for_more_evidence():
    scored = frame(l=[0], r=[1], bobot=[20.0])
    short, long = (posterior(scored, load(), "penduduk", size)["peluang"][0] for size in (30_000, 3_000_000))
    assert short > long


def test_a_path_through_a_resident_multiplies():
    first = pairs((0, 7, 0.6), (0, 8, 0.4))
    second = pairs((5, 7, 0.5), (5, 8, 0.5), (6, 9, 1.0))
    through = compose(first, second)
    assert through.to_native().rows() == [(0, 5, pytest.approx(0.5), "model")]


def test_a_model_with_a_hole_is_refused():
    with pytest.raises(ValueError, match="nik has no m and u"):
        parse(
            {
                "versi": "x",
                "parameter": {},
                "frekuensi_terendah": 1e-6,
                "kemiringan": 1,
                "bagian_ditemukan": {},
                "ambang": {},
            }
        )


def test_evaluation_counts_review_as_not_decided():
    tautan = frame(
        id_usulan=["a", "b", "c"], register=["penduduk"] * 3, id_register=["1", "2", "9"],
        peluang=[0.99, 0.5, 0.95], keputusan=["cocok", "tinjau", "cocok"], cara=["nik", "model", "model"],
    )  # fmt: skip
    proposals = frame(id_usulan=["a", "b", "c", "d"], nik=["1", "2", "3", None])
    rows = frame(id_register=["1", "2", "3", "9"], nik=["1", "2", "3", "9"])
    score = evaluate(tautan, "penduduk", proposals, rows)
    assert score == Score("penduduk", benar=1, salah=1, terlewat=2, tinjau=1, baris=4, dipertimbangkan=2, berguna=1)
    assert (score.precision, score.recall, score.f1, score.review) == (
        0.5,
        pytest.approx(1 / 3),
        pytest.approx(0.4),
        0.25,
    )
    assert score.f1_reviewed == pytest.approx(2 / 3)


def test_a_score_of_nothing_is_perfect():
    empty = Score("penduduk", *[0] * 7)
    assert (empty.precision, empty.recall, empty.f1, empty.review) == (1.0, 1.0, 1.0, 0.0)
