"""Train m and u with Splink on a province, and write them as the versioned data that `model.py` reads.

Fixed levels (see `comparisons.py`) are reasoned, not trained: equality of numbers is never seen in random pairs, and
borrowed or neighbouring numbers are too rare for EM to settle on.
"""

import logging
from typing import Any

from splink import DuckDBAPI, Linker

from jangkau.core.linkage.comparisons import COMPARISONS, MISSING_LABEL, Parameters
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection

# A comparison is not trained by a rule that uses its columns; between them these rules reach every comparison.
RULES = (
    "l.lahir = r.lahir AND l.awal = r.awal",
    "l.bunyi = r.bunyi AND l.desa = r.desa",
    "l.nikt = r.nikt",
)
LEAST = 1e-4


def train(con: Connection, left: str, right: str, model: Model, *, max_pairs: float = 2e7, seed: int = 1) -> Parameters:
    """m and u of every level, from two stored comparable tables. Raises ValueError where a level stays untrained.

    u by random sampling, m by EM once per rule; a level that EM never saw keeps the value that `model` has. The same
    tables and seed give the same values.
    """
    linker = _linker(con, left, right, model)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=max_pairs, seed=seed, min_count_per_level=None, num_chunks=1
    )
    for rule in RULES:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    return parameters_of(linker, model)


def _linker(con: Connection, left: str, right: str, model: Model) -> Linker:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    frames = [api.register(table, dataset_display_name=f"latih_{table}") for table in (left, right)]
    return Linker(frames, model.splink())


def parameters_of(linker: Linker, model: Model) -> Parameters:
    """The values that a Splink linker now holds, fixed levels and levels never seen as in `model`."""
    saved = {c["output_column_name"]: c["comparison_levels"] for c in linker.misc.save_model_to_json()["comparisons"]}
    trained: Parameters = {}
    for comparison in COMPARISONS:
        found = {level["label_for_charts"]: level for level in saved[comparison.name]}
        found.pop(MISSING_LABEL)
        if set(found) != {level.label for level in comparison.levels}:
            raise ValueError(f"{comparison.name} lost levels in training")
        trained[comparison.name] = {
            level.label: _values(found[level.label], model.parameters[comparison.name][level.label], fixed=level.fixed)
            for level in comparison.levels
        }
    return trained


def _values(level: dict[str, Any], before: tuple[float, float], *, fixed: bool) -> tuple[float, float]:
    if fixed:
        return before
    m, u = (level.get(f"{which}_probability") for which in "mu")
    return _value(m, before[0]), _value(u, before[1])


def _value(trained: Any, before: float) -> float:
    return min(max(float(trained), LEAST**2), 1.0) if isinstance(trained, float) and trained > 0 else before
