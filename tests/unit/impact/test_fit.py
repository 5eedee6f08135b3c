"""The consumption model recovers the law that a survey was drawn from, and is used instead of published figures."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from paid_plans import exposed, paid, person
from scipy.special import ndtri

from jangkau.core.impact import parameters
from jangkau.core.impact.equations import consumption, spread
from jangkau.core.impact.fit import fit
from jangkau.core.impact.households import Asked, read_households
from jangkau.core.impact.model import by_survey, read_model, survey_range, write_model
from jangkau.core.impact.parameters import SHIFT, central
from jangkau.core.kernel.problems import Problem

LINE = 391_000.0
ASKED = Asked("pengeluaran", "desil", "anggota", "bobot", "strata", "psu", "kab")
EFFECT = {"1701": 0.0, "1702": -0.2, "1771": 0.3}


def law(decile, size, kab):
    """Mean and variance of log consumption in the world that the survey is drawn from."""
    q = ndtri((decile - 0.5) / 10)
    return 13.6 + 0.4 * q + 0.05 * q**2 - 0.35 * np.log(size) + kab, 0.05 + 0.02 * q + 0.02 * np.log(size)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    rng, n = np.random.default_rng(3), 12_000
    decile, size = rng.integers(1, 11, n), rng.integers(1, 9, n)
    kab = rng.choice(list(EFFECT), n)
    mean, variance = law(decile, size, np.array([EFFECT[k] for k in kab]))
    y = mean + np.sqrt(np.maximum(variance, 0.005)) * rng.standard_normal(n)
    table = pl.DataFrame({
        "pengeluaran": np.exp(y), "desil": decile, "anggota": size, "bobot": rng.uniform(0.5, 2, n), "kab": kab,
        "strata": rng.integers(1, 5, n), "psu": rng.integers(1, 200, n),
    })  # fmt: skip
    path = tmp_path_factory.mktemp("survei") / "survei.csv"
    table.write_csv(path)
    return path


@pytest.fixture(scope="module")
def model(survey):
    return fit(read_households(survey, ASKED), LINE, "Survei contoh", "2025-03")


def test_coefficients_come_back_within_their_errors(model):
    true = [13.6, 0.4, 0.05, -0.35, -0.2, 0.3]
    for row, expected in zip(model.diagnosa["koefisien"], true, strict=True):
        assert abs(row["nilai"] - expected) < 4 * row["galat_baku"], row
        assert row["galat_baku"] < 0.02
    assert model.ragam == pytest.approx([0.05, 0.02, 0.02], abs=0.012)


def test_the_errors_are_those_of_repeated_surveys(survey):
    homes, rng, found = read_households(survey, replace(ASKED, strata=None, psu=None)), np.random.default_rng(8), []
    mean, variance = law(
        homes.decile, np.exp(homes.log_size), np.array([EFFECT[p] for p in homes.places])[homes.region]
    )
    for _ in range(60):
        y = mean + np.sqrt(np.maximum(variance, 0.005)) * rng.standard_normal(len(mean))
        found.append(fit(replace(homes, y=y), LINE, "x", "2025-03"))
    spread_of = np.std([m.rata for m in found], axis=0)
    told = np.mean([np.sqrt(np.diag(m.kovarian)) for m in found], axis=0)
    assert told == pytest.approx(spread_of, rel=0.35)


def test_diagnosis_finds_unequal_variance_and_tells_the_poor_apart(model):
    told = model.diagnosa
    assert told["breusch_pagan"]["peluang"] < 1e-6
    assert told["sisaan"]["kurtosis"] == pytest.approx(3, abs=0.3)
    assert told["semua"]["miskin_model"] == pytest.approx(told["semua"]["miskin_survei"], abs=0.01)
    shares = [row["miskin_model"] for row in told["menurut_desil"]]
    assert shares[0] > shares[4] > shares[9]
    assert sum(row["baris"] for row in told["menurut_wilayah"]) == told["baris"]


def test_equal_variance_is_not_called_unequal(survey):
    homes = read_households(survey, ASKED)
    mean, _ = law(homes.decile, np.exp(homes.log_size), 0.0)
    even = replace(homes, y=mean + 0.3 * np.random.default_rng(1).standard_normal(len(mean)))
    assert fit(even, LINE, "x", "2025-03").diagnosa["breusch_pagan"]["peluang"] > 0.01


def test_people_of_a_plan_take_the_surveys_consumption(model):
    e = exposed(
        [person("a", decile=2, village="1771011001", nik="a")],
        [paid("a")],
        pl.DataFrame({"nik": ["a"], "anggota": [5]}),
    )
    known = parameters(e.start)
    fitted, v = by_survey(e, model), central(known)
    middle, variance = law(2, 5, 0.3)
    assert consumption(v, fitted.cells)[0] == pytest.approx(middle, abs=0.03)
    assert spread(v, fitted.cells)[0] == pytest.approx(np.sqrt(variance), abs=0.03)
    assert consumption(v, e.cells)[0] != pytest.approx(middle, abs=0.03)
    moved = survey_range(fitted, model, known)[SHIFT]
    assert 0.95 < moved.rendah < 1 < moved.tinggi < 1.05


def test_a_region_not_visited_and_a_size_not_known_take_the_average(model):
    x = model.terms(np.array([5.0, 5.0]), np.array([np.nan, np.exp(model.ukuran)]), ["1709", "1709"])
    assert x[0] == pytest.approx(x[1])
    assert x[0][4:] == pytest.approx(model.bagian[1:])


def test_household_totals_are_divided_by_people(survey, tmp_path):
    whole = pl.read_csv(survey).with_columns(pl.col("pengeluaran") * pl.col("anggota"))
    whole.write_csv(tmp_path / "rumah.csv")
    a = read_households(survey, ASKED)
    b = read_households(tmp_path / "rumah.csv", replace(ASKED, household=True))
    assert b.y == pytest.approx(a.y)


def test_a_model_survives_its_file(model, tmp_path):
    write_model(model, tmp_path / "model.json")
    assert read_model((tmp_path / "model.json").read_bytes(), "model.json") == model


@pytest.mark.parametrize(
    "broken",
    [
        {"rata": [1.0]},
        {"lantai": 0.0},
        {"wilayah": ["1701"]},
        {"ragam": "x"},
        {"diagnosa": {}},
        {"ragam": [float("nan"), 0.0, 0.0]},
        {"ukuran": float("inf")},
    ],
)
def test_a_damaged_model_is_refused(model, tmp_path, broken):
    write_model(model, tmp_path / "model.json")
    content = json.loads((tmp_path / "model.json").read_text()) | broken
    with pytest.raises(Problem, match="model.json"):
        read_model(json.dumps(content).encode(), "model.json")


def test_too_few_households_are_refused(survey, tmp_path):
    pl.read_csv(survey).head(40).write_csv(tmp_path / "kecil.csv")
    with pytest.raises(Problem, match="40 baris"):
        fit(read_households(tmp_path / "kecil.csv", ASKED), LINE, "x", "2025-03", "kecil.csv")


def test_consumption_that_is_the_same_everywhere_is_refused(survey, tmp_path):
    pl.read_csv(survey).with_columns(pengeluaran=500_000).write_csv(tmp_path / "datar.csv")
    with pytest.raises(Problem, match="sama di semua keluarga"):
        fit(read_households(tmp_path / "datar.csv", ASKED), LINE, "x", "2025-03", "datar.csv")


def test_consumption_that_follows_the_terms_exactly_is_fitted(survey, tmp_path):
    exact = pl.read_csv(survey).with_columns(pengeluaran=(13 - 0.3 * pl.col("anggota").log()).exp())
    exact.write_csv(tmp_path / "tepat.csv")
    model = fit(read_households(tmp_path / "tepat.csv", ASKED), LINE, "x", "2025-03", "tepat.csv")
    assert model.rata[3] == pytest.approx(-0.3, abs=1e-6)
    write_model(model, tmp_path / "tepat.json")
    assert read_model((tmp_path / "tepat.json").read_bytes(), "tepat.json") == model
