"""Fitting consumption to a survey in three steps of feasible generalised least squares, and vulnerability to poverty.

Chaudhuri, Jalan and Suryahadi, "Assessing household vulnerability to poverty from cross-sectional data" (Columbia
University, Discussion Paper 0102-52, 2002), after Amemiya (1977): log consumption is regressed by least squares, its
squared residuals give a variance of each household, and both regressions are repeated with that variance. Weights are
the survey's; errors of the coefficients follow its design (as R's svyglm).
"""

import numpy as np

from jangkau.core.impact.diagnosis import Fitted, coefficients, diagnosis
from jangkau.core.impact.households import Households
from jangkau.core.impact.model import Model, design_of
from jangkau.core.impact.parameters import Floats
from jangkau.core.kernel.problems import Problem

_PER_TERM, _FLOOR = 15, 1e-3


def fit(homes: Households, line: float, source: str, month: str, file: str = "") -> Model:
    """The model of a survey's households. `line`: the extreme line (rupiah) for the diagnosis; `month` of the survey.

    Raises SURVEI_MODEL_KURANG where there are fewer than 15 rows a term, or deciles do not differ, and
    SURVEI_MODEL_DATAR where consumption does not.
    """
    place = np.eye(max(1, len(homes.places)))[homes.region]
    x = design_of(homes.decile, homes.log_size, place)
    if len(x) < _PER_TERM * x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise Problem("SURVEI_MODEL_KURANG", ada=len(x), perlu=_PER_TERM * x.shape[1], berkas=file or source)
    if float(np.ptp(homes.y)) < _FLOOR:
        raise Problem("SURVEI_MODEL_DATAR", berkas=file or source)
    z, weight = x[:, [0, 1, 3]], homes.design.weight[homes.rows]
    weight = weight / weight.mean()
    first = homes.y - x @ _least_squares(x, homes.y, weight)
    variance, floor = _variance(z, first**2, weight)
    fitted = np.maximum(z @ variance, floor)
    beta = _least_squares(x, homes.y, weight / fitted)
    residual = homes.y - x @ beta
    covariance = _covariance(x, residual / fitted, fitted, homes)
    names = ["tetap", "desil", "desil kuadrat", "ln anggota", *homes.places[1:]]
    terms = coefficients(names, beta, covariance)
    told = diagnosis(homes, Fitted(x, z, first, residual, fitted, floor, weight), line, terms)
    shares = np.average(place, axis=0, weights=weight)
    return Model(
        source, month, homes.places, [float(s) for s in shares] if homes.places else [],
        float(np.average(homes.log_size, weights=weight)), beta.tolist(), covariance.tolist(), variance.tolist(), floor,
        told,
    )  # fmt: skip


def _least_squares(x: Floats, y: Floats, weight: Floats) -> Floats:
    root = np.sqrt(weight)
    return np.asarray(np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0])


def _variance(z: Floats, squared: Floats, weight: Floats) -> tuple[Floats, float]:
    """Coefficients of the variance, in two steps of their own, and the least that a variance is taken for."""
    floor = max(_FLOOR, 0.1 * float(np.average(squared, weights=weight)))
    rough = np.maximum(z @ _least_squares(z, squared, weight), floor)
    return _least_squares(z, squared, weight / rough**2), floor


def _covariance(x: Floats, scaled: Floats, variance: Floats, homes: Households) -> Floats:
    """Of the coefficients, linearised under the design. `scaled`: residuals over the variance."""
    weight = homes.design.weight[homes.rows] / variance
    influence = (x * scaled[:, None]) @ np.linalg.inv((x * weight[:, None]).T @ x)
    totals = [homes.design.totals(homes.rows, column) for column in influence.T]
    return np.array([[homes.design.covariance(a, b) for b in totals] for a in totals])
