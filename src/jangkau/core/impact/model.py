"""Consumption of a person as a survey tells it: a fitted model as data, and what it says of a household."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import FiniteFloat, TypeAdapter, ValidationError
from scipy.special import ndtri
from typing_extensions import TypedDict

from jangkau.core.impact.equations import Cells
from jangkau.core.impact.exposure import Exposure
from jangkau.core.impact.parameters import SHIFT, Floats, Parameter
from jangkau.core.kernel.faults import placed
from jangkau.core.kernel.problems import Problem

_CERTAIN = 1.96  # standard errors on either side of a range


class Coefficient(TypedDict):
    """A term of the regression, with its standard error by the survey's design."""

    nama: str
    nilai: FiniteFloat
    galat_baku: FiniteFloat


class Share(TypedDict):
    """People below the line in a class: by the survey, by the model, and those more likely than not to be."""

    baris: int
    miskin_survei: FiniteFloat
    miskin_model: FiniteFloat
    rentan: FiniteFloat


class ClassShare(Share):
    """The same of one class."""

    kelas: str


class Spread(TypedDict):
    """Breusch-Pagan: the statistic and its p-value."""

    nilai: FiniteFloat
    peluang: FiniteFloat


class Shape(TypedDict):
    """Skewness and kurtosis."""

    kemiringan: FiniteFloat
    kurtosis: FiniteFloat


class Diagnosis(TypedDict):
    """How well a model fits the survey it was made from."""

    baris: int
    baris_tidak_dipakai: int
    garis: FiniteFloat
    r2: FiniteFloat
    breusch_pagan: Spread
    sisaan: Shape
    ragam_dilantai: FiniteFloat
    semua: Share
    menurut_desil: list[ClassShare]
    menurut_wilayah: list[ClassShare]
    koefisien: list[Coefficient]


@dataclass(frozen=True)
class Model:
    """Log consumption of a person a month, and the variance of what it leaves open, by rank, size and region.

    Rank q is the normal score of the decile's middle. `rata`: of 1, q, q squared, ln size, and a dummy of each region
    but the first; `kovarian` of these, by the survey's design; `ragam`: of 1, q, ln size; never below `lantai`.
    `bagian`: weighted share of each of `wilayah`; `ukuran`: weighted mean of ln size. `diagnosa`: how well it fits.
    """

    sumber: str
    per: str
    wilayah: list[str]
    bagian: list[FiniteFloat]
    ukuran: FiniteFloat
    rata: list[FiniteFloat]
    kovarian: list[list[FiniteFloat]]
    ragam: list[FiniteFloat]
    lantai: FiniteFloat
    diagnosa: Diagnosis

    def middle(self, x: Floats) -> Floats:
        """Log of the median consumption, of rows of `terms`."""
        return np.asarray(x @ np.array(self.rata))

    def spread(self, x: Floats) -> Floats:
        """Standard deviation of log consumption around it."""
        return np.asarray(np.sqrt(np.maximum(x[:, [0, 1, 3]] @ np.array(self.ragam), self.lantai)))

    def terms(self, decile: Floats, size: Floats, places: list[str]) -> Floats:
        """Terms of each household; one in a region that the survey did not visit takes the average of all regions,
        one whose size is unknown (NaN) the average size.
        """
        log_size = np.where(np.isnan(size), self.ukuran, np.log(np.where(np.isnan(size), 1.0, size)))
        known = {code: at for at, code in enumerate(self.wilayah)}
        shares = np.eye(len(self.wilayah)) if self.wilayah else np.zeros((0, 0))
        place = np.array([shares[known[code]] if code in known else self.bagian for code in places])
        return design_of(decile, log_size, place.reshape(len(places), len(self.wilayah)))


def design_of(decile: Floats, log_size: Floats, place: Floats) -> Floats:
    """1, q, q squared, ln size, and a column of each region but the first. `place`: share of each region in a row."""
    q = ndtri((decile - 0.5) / 10)
    return np.column_stack([np.ones(len(q)), q, q**2, log_size, place[:, 1:]])


def by_survey(e: Exposure, model: Model) -> Exposure:
    """The same people with consumption and its spread from the model instead of published figures."""
    x = model.terms(e.cells.decile, e.cells.size, e.places)
    cells = Cells(**vars(e.cells) | {"middle": model.middle(x), "spread": model.spread(x)})
    return replace(e, cells=cells)


def survey_range(e: Exposure, model: Model, known: dict[str, Parameter]) -> dict[str, Parameter]:
    """The assumptions with the survey's own error: how far consumption of these people may lie from the model."""
    people = np.bincount(e.kind, minlength=len(e.spread)) @ e.spread
    x = np.average(model.terms(e.cells.decile, e.cells.size, e.places), axis=0, weights=people + 1e-12)
    error = float(np.sqrt(max(x @ np.array(model.kovarian) @ x, 0.0)))
    ends = (float(np.exp(side * _CERTAIN * error)) for side in (-1, 1))
    low, high = ends
    said = f"{model.sumber}, {model.per}"
    return known | {SHIFT: replace(known[SHIFT], rendah=low, tinggi=high, rujukan=said, keyakinan="sedang")}


def model_text(model: Model) -> str:
    """The model as JSON."""
    return json.dumps(asdict(model), ensure_ascii=False, indent=1) + "\n"


def write_model(model: Model, path: Path) -> None:
    """The model as a JSON file."""
    path.write_text(model_text(model), encoding="utf-8")


def read_model(content: bytes, file: str) -> Model:
    """A model written by `write_model`, whole and finite. Raises PENGATURAN_SALAH."""
    try:
        model = TypeAdapter(Model).validate_json(content, strict=True)
    except ValidationError as error:
        raise Problem("PENGATURAN_SALAH", berkas=file, sebab=placed(error.errors()[0])) from None
    terms = 4 + max(0, len(model.wilayah) - 1)
    shapes = (len(model.rata), len(model.kovarian), *map(len, model.kovarian))
    if set(shapes) != {terms} or len(model.ragam) != 3 or len(model.bagian) != len(model.wilayah) or model.lantai <= 0:
        raise Problem("PENGATURAN_SALAH", berkas=file, sebab="banyaknya koefisien tidak cocok dengan wilayahnya")
    return model
