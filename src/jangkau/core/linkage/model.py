"""The trained model: m and u of every level, calibration and thresholds, kept as versioned data (`model.json`)."""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log2
from typing import Any

from jangkau.core.linkage.comparisons import COMPARISONS, Comparison, Parameters, splink_settings
from jangkau.core.linkage.dialects import Dialect
from jangkau.core.tables.settings import Settings

# A shared household number says a little more than a shared village: everyone in the household has it.
HOUSEHOLD_BONUS = 0.6
RAREST = 1e-5
Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Thresholds:
    """Posterior from which a pair is the same person, and from which a clerk should look."""

    cocok: float
    tinjau: float

    @property
    def open(self) -> float:
        """A probability that decides nothing."""
        return (self.tinjau + self.cocok) / 2

    @property
    def rest(self) -> float:
        """What such a probability leaves to one other, still for a clerk."""
        return min(self.open, max(self.tinjau, 1 - self.open))


@dataclass(frozen=True)
class Model:
    """Everything that scoring and deciding need; `version` goes wherever a decision goes.

    `curves`: per register what review decisions taught, points of stated and real probability (see `calibrate`).
    `comparisons`: what is compared, so that another kind of list (other columns, other languages) can use the same
    blocks, scoring and decisions.
    """

    version: str
    parameters: Parameters
    minimum_frequency: float
    slope: float
    found: dict[str, float]
    thresholds: Thresholds
    comparisons: tuple[Comparison, ...] = COMPARISONS
    curves: dict[str, Curve] = field(default_factory=dict)

    def weight(self, comparison: str, label: str) -> float:
        """Match weight log2(m / u) of one level."""
        m, u = self.parameters[comparison][label]
        return log2(m / u)

    def for_register(self, shares: dict[str, float], rarest: float) -> "Model":
        """The model for a register where two persons share desa, kec and kab as often as `shares` says.

        `rarest`: frequency of a name or date that the register does not hold.
        A list from one kabupaten must not count that kabupaten as evidence.
        """
        desa, kec, kab = (shares[level] for level in ("desa", "kec", "kab"))
        chances = {
            "satu KK": HOUSEHOLD_BONUS * desa,
            "desa": desa,
            "kecamatan": kec - desa,
            "kecamatan, desa tak diketahui": kec,
            "kabupaten": kab - kec,
            "kabupaten, kecamatan tak diketahui": kab,
            "lain": 1 - kab,
        }
        old = self.parameters["tempat"]
        new = {label: (m, min(max(chances.get(label, u), RAREST), 1.0)) for label, (m, u) in old.items()}
        return replace(self, parameters=self.parameters | {"tempat": new}, minimum_frequency=rarest)

    def splink(self, dialect: Dialect = "duckdb") -> dict[str, Any]:
        """The same model as Splink settings for an engine, for training and for checking."""
        return splink_settings(self.comparisons, self.parameters, self.minimum_frequency, dialect=dialect)


@cache
def load() -> Model:
    """The model shipped with this version. Raises ValueError where a level has no m or u."""
    return parse(shipped())


def shipped() -> dict[str, Any]:
    """The data of the model shipped with this version."""
    return dict(json.loads((files(__package__) / "model.json").read_text("utf-8")))


def with_limits(model: Model, settings: Settings | None) -> Model:
    """`model` with the thresholds of the programme's own settings, where those name any."""
    if settings is None or settings.ambang is None:
        return model
    return replace(model, thresholds=Thresholds(cocok=settings.ambang.cocok, tinjau=settings.ambang.tinjau))


def parse(data: dict[str, Any], comparisons: tuple[Comparison, ...] = COMPARISONS) -> Model:
    """A model of these comparisons from its JSON data. Raises ValueError where a level has no m or u."""
    parameters: Parameters = {}
    for comparison in comparisons:
        known = data["parameter"].get(comparison.name, {})
        missing = [level.label for level in comparison.levels if not usable(known.get(level.label))]
        if missing:
            raise ValueError(f"{comparison.name} has no m and u for {missing}")
        parameters[comparison.name] = {k: (float(m), float(u)) for k, (m, u) in known.items()}
    return Model(
        version=data["versi"],
        parameters=parameters,
        minimum_frequency=data["frekuensi_terendah"],
        slope=data["kemiringan"],
        found=data["bagian_ditemukan"],
        thresholds=Thresholds(**data["ambang"]),
        comparisons=comparisons,
        curves={name: _curve(name, part["titik"]) for name, part in data.get("kalibrasi", {}).items()},
    )


def _curve(register: str, points: Any) -> Curve:
    """Points that rise from left to right and never fall. Raises ValueError where they do."""
    curve = tuple((float(stated), float(real)) for stated, real in points)
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(curve))
    if not curve or not rising or not all(0 <= value <= 1 for point in curve for value in point):
        raise ValueError(f"kalibrasi {register} tidak naik dari 0 sampai 1")
    return curve


def usable(pair: Any) -> bool:
    """Whether this is an m and a u."""
    return isinstance(pair, list | tuple) and len(pair) == 2 and all(0 < value <= 1 for value in pair)
