"""Learning from review decisions: right where labels are right, and refused in words where they cannot teach."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.engine import frame
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.calibrate import calibrate, curved
from jangkau.core.linkage.learn import fit, gains, learn
from jangkau.core.linkage.model import Thresholds, load
from jangkau.core.linkage.model_file import composed, read_model, taught
from jangkau.core.outputs import write_json

LIMITS = Thresholds(cocok=0.85, tinjau=0.3)
DECIDED = dict.fromkeys(("id_usulan", "register", "id_register", "keputusan", "oleh", "waktu"), pl.String)


def world(count=4000, seed=1, real=lambda stated: stated):
    """Pairs whose stated chances are spread evenly, and whether each is really one person."""
    rng = np.random.default_rng(seed)
    chances = np.round(rng.uniform(0.01, 0.99, count), 6)
    pairs = pl.DataFrame({
        "l": [f"u{at}" for at in range(count)], "r": [f"k{at}" for at in range(count)], "register": "peserta",
        "peluang": chances, "cara": "model",
    })  # fmt: skip
    return pairs, pl.Series(rng.random(count) < real(chances))


def decide(pairs, truth, rows, oleh="a"):
    """The decisions of a clerk who is always right on these rows."""
    chosen = pairs[rows]
    words = ["cocok" if each else "tidak" for each in truth[rows]]
    made = chosen.select(id_usulan="l", register="register", id_register="r", peluang=pl.lit(None, pl.Float64))
    return made.with_columns(keputusan=pl.Series(words, dtype=pl.String), oleh=pl.lit(oleh), waktu=pl.lit("2026-11-20"))


def in_review(pairs, count, low=0.3, high=0.85):
    inside = np.flatnonzero(pairs["peluang"].is_between(low, high, closed="left").to_numpy())
    return inside[:count].tolist()


def shy(stated):
    """Pairs in review are likelier than stated."""
    return np.clip(stated + 0.25 * (stated > 0.3), 0, 0.98)


def test_chances_that_are_too_low_are_raised():
    pairs, truth = world(real=shy)
    (lesson,) = learn(pairs, decide(pairs, truth, in_review(pairs, 600)), LIMITS)
    assert lesson.refused == ""
    learned = curved(np.array([0.4, 0.5, 0.6]), lesson.curve)
    assert np.allclose(learned, [0.65, 0.75, 0.85], atol=0.1)
    assert lesson.report["berubah"]["tinjau > cocok"] > 0


def test_honest_chances_are_left_alone():
    pairs, truth = world(seed=3)
    (lesson,) = learn(pairs, decide(pairs, truth, in_review(pairs, 600)), LIMITS)
    assert len(lesson.curve) == 0
    assert "tidak terbukti" in lesson.refused
    assert lesson.report["berubah"] == {}


def test_labels_of_the_review_band_decide_nothing_outside_it():
    pairs, truth = world(real=shy)
    (lesson,) = learn(pairs, decide(pairs, truth, in_review(pairs, 600)), LIMITS)
    assert set(lesson.report["berubah"]) <= {"tinjau > cocok", "tinjau > tidak"}
    tails = np.array([0.001, 0.1, 0.29, 0.86, 0.99, 0.9999])
    moved = curved(tails, lesson.curve)
    assert (moved[:3] <= tails[:3]).all()
    assert (moved[3:] >= tails[3:]).all()
    assert moved[-1] == tails[-1]


def test_reviewing_doubtful_pairs_more_often_changes_no_curve():
    """Labels weigh as many pairs as they stand for, so that a crowded band does not speak for the others."""
    pairs, truth = world(6000, real=shy)
    even = learn(pairs, decide(pairs, truth, in_review(pairs, 800)), LIMITS)[0].curve
    crowd = in_review(pairs, 700, 0.5, 0.6) + in_review(pairs, 150, 0.3, 0.5) + in_review(pairs, 150, 0.6, 0.85)
    uneven = learn(pairs, decide(pairs, truth, crowd), LIMITS)[0].curve
    at = np.array([0.35, 0.55, 0.75])
    assert np.allclose(curved(at, even), curved(at, uneven), atol=0.12)


@pytest.mark.parametrize(
    ("choose", "words"),
    [
        (lambda pairs, truth: in_review(pairs, 60), "perlu 100"),
        (lambda pairs, truth: in_review(pairs, 300, 0.6, 0.85), "di setiap bagian"),
        (lambda pairs, truth: in_review(pairs, 300, 0.9, 0.99), "perlu 100"),
    ],
)
def test_labels_that_cannot_teach_are_refused_in_words(choose, words):
    pairs, truth = world(real=shy)
    (lesson,) = learn(pairs, decide(pairs, truth, choose(pairs, truth)), LIMITS)
    assert len(lesson.curve) == 0
    assert words in lesson.refused


def test_labels_of_one_kind_are_refused():
    pairs, truth = world(real=shy)
    rows = [at for at in in_review(pairs, 3000) if truth[at]]
    parts = [decide(pairs, truth, rows[at : at + 25], oleh=f"petugas {at}") for at in range(0, 300, 25)]
    (lesson,) = learn(pairs, pl.concat(parts), LIMITS)
    assert "masing-masing perlu 20" in lesson.refused


def test_clerks_who_contradict_each_other_teach_nothing():
    pairs, truth = world(real=shy)
    rows = in_review(pairs, 400)
    both = pl.concat([decide(pairs, truth, rows), decide(pairs, ~truth, rows[:100], oleh="b")])
    (lesson,) = learn(pairs, both, LIMITS)
    assert "berbeda jawaban" in lesson.refused


def test_a_clerk_who_says_yes_to_everything_is_not_heard():
    pairs, truth = world(real=shy)
    good = decide(pairs, truth, in_review(pairs, 500))
    rows = in_review(pairs, 800)[500:]
    stamp = decide(pairs, pl.Series([True] * len(truth)), rows, oleh="cap")
    alone, with_stamp = learn(pairs, good, LIMITS)[0], learn(pairs, pl.concat([good, stamp]), LIMITS)[0]
    assert with_stamp.report["dibuang"] - alone.report["dibuang"] == len(rows)
    assert with_stamp.report["label"] == alone.report["label"]


def test_pairs_whose_names_are_alike_in_nothing_stay_with_the_clerk():
    curve = [(0.4, 0.9), (0.6, 0.95)]
    pairs = frame(pl.DataFrame({"l": [0, 1, 2], "r": [0, 1, 2], "peluang": [LIMITS.open, 0.5, 0.9995],
                                "cara": ["model", "model", "nik"]}))  # fmt: skip
    made = calibrate(pairs, curve, LIMITS, single=False)["peluang"].to_list()
    assert made == [LIMITS.open, pytest.approx(0.925), 0.9995]


def test_candidates_of_one_person_still_share_one_chance():
    pairs = frame(pl.DataFrame({"l": [0, 0], "r": [0, 1], "peluang": [0.5, 0.45], "cara": "model"}))
    assert calibrate(pairs, [(0.4, 0.9), (0.6, 0.95)], LIMITS, single=True)["peluang"].sum() == pytest.approx(1)


labels = st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans(), st.floats(0.1, 5)), min_size=3, max_size=60)


@settings(deadline=None)
@given(labels)
def test_the_curve_never_falls(rows):
    stated, truth, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    curve = fit(stated, truth, weights)
    values = curved(np.linspace(0, 1, 301), curve)
    assert (np.diff(values) >= -1e-12).all()
    assert ((values >= 0) & (values <= 1)).all()
    assert [x for x, _ in curve] == sorted({x for x, _ in curve})


@settings(deadline=None)
@given(labels, labels)
def test_two_lessons_in_a_row_are_one_curve(first, second):
    curves = [fit(*(np.array(column, dtype=float) for column in zip(*rows, strict=True))) for rows in (first, second)]
    grid = np.linspace(0.01, 0.99, 99)
    once, twice = composed(*curves), curved(curved(grid, curves[0]), curves[1])
    assert (curved(grid - 0.002, once) <= twice + 1e-3).all()
    assert (curved(grid + 0.002, once) >= twice - 1e-3).all()


def test_gain_is_asked_of_labels_kept_aside():
    rng = np.random.default_rng(5)
    stated = rng.uniform(0.3, 0.85, 400)
    honest, wrong = (rng.random(400) < stated).astype(float), (rng.random(400) < 1.15 - stated).astype(float)
    assert not gains(stated, honest, np.ones(400))
    assert gains(stated, wrong, np.ones(400))


def test_a_taught_model_is_a_file_with_its_own_version(tmp_path):
    pairs, truth = world(real=shy)
    lessons = learn(pairs, decide(pairs, truth, in_review(pairs, 600)), LIMITS)
    write_json(taught(None, lessons), tmp_path / "m.json")
    model = read_model(tmp_path / "m.json")
    assert model.version.startswith(f"{load().version}-k")
    assert model.parameters == load().parameters
    assert np.allclose(model.curves["peserta"], lessons[0].curve)
    again = taught(tmp_path / "m.json", lessons)
    assert again["dasar"] == load().version
    assert again["versi"] not in {model.version, load().version}


@pytest.mark.parametrize("text", ["{}", "[1]", "x", '{"versi": 1, "parameter": []}'])
def test_a_file_that_is_no_model_is_refused_in_words(tmp_path, text):
    (tmp_path / "m.json").write_text(text, "utf-8")
    with pytest.raises(Problem, match="m.json"):
        read_model(tmp_path / "m.json")


def test_a_curve_that_falls_is_refused(tmp_path):
    data = taught(None, []) | {"kalibrasi": {"peserta": {"titik": [[0.3, 0.5], [0.5, 0.4]]}}}
    write_json(data, tmp_path / "m.json")
    with pytest.raises(Problem, match="peserta"):
        read_model(tmp_path / "m.json")
