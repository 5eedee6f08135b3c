"""Train m and u with Splink on a province, and write them as the versioned data that `model.py` reads.

Fixed levels (see `comparisons.py`) are reasoned, not trained: equality of numbers is never seen in random pairs, and
borrowed or neighbouring numbers are too rare for EM to settle on.
"""

import logging
from typing import Any

import splink
from splink import DuckDBAPI, Linker

from jangkau.core.linkage.comparisons import MISSING_LABEL, TRAINING_RULES, Comparison, Parameters, term_columns
from jangkau.core.linkage.dialects import Dialect
from jangkau.core.linkage.model import Model, usable
from jangkau.core.linkage.score import columns
from jangkau.core.linkage.side import Side

LEAST = 1e-4


def train(
    linker: Linker,
    model: Model,
    *,
    rules: tuple[str, ...] = TRAINING_RULES,
    max_pairs: float = 2e7,
    seed: int = 1,
    trust: float = 0.5,
) -> Parameters:
    """m and u of every level, learned by `linker`. Raises ValueError where a level is left without.

    u by random sampling, m by EM once per rule; a comparison is not trained by a rule that uses its columns, so that
    between them the rules must reach every comparison. `trust`: weight of what was learned against what `model` says,
    so that one province's habits do not become everybody's. The same tables and seed give the same values but for the
    order of sums.
    """
    linker.training.estimate_u_using_random_sampling(max_pairs, seed, min_count_per_level=None, num_chunks=1)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    values = {c.name: _blended(c, learned, model, trust) for c, learned in _learned(linker, model)}
    bare = [(name, label) for name, levels in values.items() for label, pair in levels.items() if not usable(pair)]
    if bare:
        raise ValueError(f"without m or u: {bare}")
    return values


def described(data: str, *, max_pairs: float, seed: int, trust: float) -> dict[str, Any]:
    """What a model was trained on and with, to be kept beside its numbers."""
    return {
        "data": data,
        "pasangan_acak": int(max_pairs),
        "benih": seed,
        "kepercayaan": trust,
        "aturan": list(TRAINING_RULES),
        "splink": splink.__version__,
    }


def tables_here(model: Model, *sides: Side) -> list[Any]:
    """Prepared lists as Splink takes them, in a DuckDB of their own."""
    api = DuckDBAPI()
    wanted = [*columns(model), *(f"tf_{term}" for term in term_columns(model.comparisons))]
    tables = [side.table(wanted).to_arrow() for side in sides]
    return [api.register(table, dataset_display_name=f"latih_{at}") for at, table in enumerate(tables)]


def splink_linker(
    tables: list[Any], model: Model, dialect: Dialect = "duckdb", *, rules: tuple[str, ...] = TRAINING_RULES
) -> Linker:
    """Splink over two tables, from the settings of `model`, for training by `rules` and for checking."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = model.splink(dialect) | {"blocking_rules_to_generate_predictions": list(rules)}
    return Linker(tables, settings, log_level=None)


def _learned(linker: Linker, model: Model) -> list[tuple[Comparison, dict[str, Any]]]:
    """Each comparison with the levels that Splink now holds, by label."""
    saved = {c["output_column_name"]: c["comparison_levels"] for c in linker.misc.save_model_to_json()["comparisons"]}
    pairs = []
    for comparison in model.comparisons:
        found = {level["label_for_charts"]: level for level in saved[comparison.name]}
        if set(found) - {MISSING_LABEL} != {level.label for level in comparison.levels}:
            raise ValueError(f"{comparison.name} lost levels in training")
        pairs.append((comparison, found))
    return pairs


def _blended(
    comparison: Comparison, learned: dict[str, Any], model: Model, trust: float
) -> dict[str, tuple[float, float]]:
    """Fixed levels, and what was never seen, as before; the rest a mean of before and learned."""
    before = model.parameters[comparison.name]
    values = dict(before)
    free = [level.label for level in comparison.levels if not level.fixed]
    for label in free:
        m, u = (learned[label].get(f"{which}_probability") for which in "mu")
        values[label] = (_mean(before[label][0], m, trust), _mean(before[label][1], u, trust))
    # A fixed level takes pairs away from the first free one; that one gets what the others leave.
    if free and len(free) < len(values):
        values[free[0]] = (max(1 - sum(values[label][0] for label in free[1:]), LEAST), values[free[0]][1])
    return values


def _mean(before: float, learned: Any, trust: float) -> float:
    return (1 - trust) * before + trust * learned if isinstance(learned, float) and learned > 0 else before
