import json
from importlib.resources import files
from unittest.mock import MagicMock

import narwhals as nw
import pytest

from jangkau.core.linkage.comparisons import COMPARISONS, TRAINING_RULES
from jangkau.core.linkage.model import load
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.train import described, splink_linker, tables_here, train


def learned(world, trust):
    rows, people = (nw.from_native(part, eager_only=True) for part in (world.usulan, world.penduduk))
    population = prepare_population(people)
    model = population.census.model(load())
    splink = splink_linker(tables_here(model, prepare_list(rows, population.census), population.side), model)
    return model, train(splink, model, max_pairs=1e5, trust=trust)


def test_training_sets_every_level_and_repeats(world):
    model, first = learned(world, 1.0)
    again = learned(world, 1.0)[1]
    for comparison in COMPARISONS:
        assert list(first[comparison.name]) == [level.label for level in comparison.levels]
        for level in comparison.levels:
            m, u = first[comparison.name][level.label]
            assert 0 < m <= 1
            assert 0 < u <= 1
            # Sums of floats are not added in one order; the model keeps three figures.
            assert again[comparison.name][level.label] == pytest.approx((m, u), rel=1e-9)
            if level.fixed:
                assert (m, u) == model.parameters[comparison.name][level.label]
    assert first["kelamin"]["sama"][0] > 0.95
    assert first["nama"]["sama"][0] == pytest.approx(0.8, abs=0.15)


def test_without_trust_nothing_is_learned(world):
    model, same = learned(world, 0.0)
    assert same["nama"] == model.parameters["nama"]


def test_the_model_says_on_what_it_was_trained():
    told = json.loads(files("jangkau.core.linkage").joinpath("model.json").read_text("utf-8"))["latihan"]
    assert told.keys() == described("", max_pairs=1, seed=1, trust=1).keys()
    assert all(told.values())
    assert told["aturan"] == list(TRAINING_RULES)


def test_a_level_that_training_leaves_without_numbers_is_an_error(monkeypatch):
    class Learned:
        training = MagicMock()

    lost = {level.label: (0.0, 0.5) for level in COMPARISONS[0].levels}
    monkeypatch.setattr(f"{described.__module__}._learned", lambda *_: [(COMPARISONS[0], {})])
    monkeypatch.setattr(f"{described.__module__}._blended", lambda *_: lost)
    with pytest.raises(ValueError, match=COMPARISONS[0].levels[0].label):
        train(Learned(), load())
