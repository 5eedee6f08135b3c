"""How well the consumption model fits the survey it was made from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import chdtrc, ndtr

from jangkau.core.impact.households import Households
from jangkau.core.impact.model import ClassShare, Coefficient, Diagnosis, Share
from jangkau.core.impact.parameters import Floats

_LEAST = np.finfo(float).tiny  # below what anything is divided by
_HALF = 0.5  # more likely poor than not: vulnerable


@dataclass(frozen=True)
class Fitted:
    """Terms of mean and variance, residuals of the first and the last regression, variances and the least of them,
    weights of mean one.
    """

    x: Floats
    z: Floats
    first: Floats
    last: Floats
    variance: Floats
    floor: float
    weight: Floats


def coefficients(names: list[str], beta: Floats, covariance: Floats) -> list[Coefficient]:
    """Each coefficient with its standard error by the survey's design."""
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    return [{"nama": n, "nilai": float(b), "galat_baku": float(e)} for n, b, e in zip(names, beta, errors, strict=True)]


def diagnosis(homes: Households, f: Fitted, line: float, terms: list[Coefficient]) -> Diagnosis:
    """Rows, R2, Breusch-Pagan, shape of the residuals, and the share of poor told by survey and by model.

    `rentan`: share of people more likely than not to be below the line (Chaudhuri, Jalan and Suryahadi 2002).
    """
    chance = ndtr((np.log(line) - (homes.y - f.last)) / np.sqrt(f.variance))
    told = [(homes.y < np.log(line)).astype(float), chance, (chance > _HALF).astype(float)]
    people = f.weight * np.exp(homes.log_size)
    statistic, p = breusch_pagan(f)
    skew, kurtosis = _shape(f.last / np.sqrt(f.variance), f.weight)
    region = np.array([*homes.places, ""])[homes.region]
    return {
        "baris": len(homes.y), "baris_tidak_dipakai": homes.left_out, "garis": line,
        "r2": 1 - _spread(f.last, f.weight) / _spread(homes.y, f.weight),
        "breusch_pagan": {"nilai": statistic, "peluang": p},
        "sisaan": {"kemiringan": skew, "kurtosis": kurtosis},
        "ragam_dilantai": float(np.average(f.variance <= f.floor, weights=f.weight)),
        "semua": _shares(told, people, np.ones(len(people), bool)),
        "menurut_desil": _by(homes.decile.astype(int), told, people),
        "menurut_wilayah": _by(region, told, people) if homes.places else [],
        "koefisien": terms,
    }  # fmt: skip


def classes(told: Diagnosis) -> list[ClassShare]:
    """Everyone, then each decile, then each region."""
    return [{"kelas": "semua", **told["semua"]}, *told["menurut_desil"], *told["menurut_wilayah"]]


def breusch_pagan(f: Fitted) -> tuple[float, float]:
    """Whether the variance differs between households (Koenker's form: n R2 of squared residuals), and its p-value."""
    squared, root = f.first**2, np.sqrt(f.weight)
    beta = np.linalg.lstsq(f.z * root[:, None], squared * root, rcond=None)[0]
    share = 1 - _spread(squared - f.z @ beta, f.weight) / max(_spread(squared, f.weight), _LEAST)
    statistic = float(len(squared) * share)
    return statistic, float(chdtrc(f.z.shape[1] - 1, statistic))


def _spread(values: Floats, weight: Floats) -> float:
    return float(np.average((values - np.average(values, weights=weight)) ** 2, weights=weight))


def _shape(values: Floats, weight: Floats) -> tuple[float, float]:
    """Skewness and kurtosis; 0 and 3 for a normal law."""
    off = values - np.average(values, weights=weight)
    second, third, fourth = (float(np.average(off**power, weights=weight)) for power in (2, 3, 4))
    return third / max(second**1.5, _LEAST), fourth / max(second**2, _LEAST)


def _by(labels: Any, told: list[Floats], people: Floats) -> list[ClassShare]:
    return [{"kelas": str(label), **_shares(told, people, labels == label)} for label in np.unique(labels)]


def _shares(told: list[Floats], people: Floats, here: Any) -> Share:
    survey, model, prone = (float(np.average(column[here], weights=people[here])) for column in told)
    return {"baris": int(here.sum()), "miskin_survei": survey, "miskin_model": model, "rentan": prone}
