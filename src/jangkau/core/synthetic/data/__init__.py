"""The room's data: names, jobs, words, rates. All of it our own or cited in its file."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.yaml_text import load_yaml


@cache
def load(name: str) -> Any:
    """The content of `<name>.yaml`."""
    return load_yaml((files(__name__) / f"{name}.yaml").read_text("utf-8"))


@cache
def mortality() -> dict[str, list[tuple[int, float]]]:
    """Sex (L, P) -> (first age, deaths a person-year), youngest first."""
    lines = (files(__name__) / "mortality.csv").read_text("utf-8").splitlines()
    rates: dict[str, list[tuple[int, float]]] = {"L": [], "P": []}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        rates["L" if row["sex"] == "M" else "P"].append((int(row["age"]), float(row["rate"])))
    return rates
