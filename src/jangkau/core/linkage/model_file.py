"""Models that learned from review decisions, as files: the shipped model, a curve a register, an own version."""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.calibrate import Points, curved
from jangkau.core.linkage.learn import Lesson
from jangkau.core.linkage.model import Model, parse, shipped
from jangkau.core.outputs import read_json

# A workspace that holds this file is matched with it.
FILE = "model_tautan.json"


def read_model(path: Path | None) -> Model:
    """The model in a file; without a file the one shipped. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK, MODEL_SALAH."""
    return _parsed(path, _data(path))


def model_in(folder: Path, given: Path | None = None) -> Model:
    """The model `given`, else the one that the workspace in `folder` has learned, else the one shipped.

    Raises the problems of `read_model`.
    """
    own = folder / FILE
    return read_model(given or (own if own.is_file() else None))


def _data(path: Path | None) -> dict[str, Any]:
    return shipped() if path is None else read_json(path)


def _parsed(path: Path | None, data: dict[str, Any]) -> Model:
    try:
        return parse(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        cause = str(error) if isinstance(error, ValueError) else "isinya bukan model pencocokan"
        raise Problem("MODEL_SALAH", berkas=path.name if path else "", sebab=cause) from None


def taught(path: Path | None, lessons: list[Lesson]) -> dict[str, Any]:
    """The data of the model in `path` with what the lessons teach on top of what it had learned before.

    `versi` is that of the model that ships, `-k` and a print of the curves, so that two models of one name are one.
    """
    data = _data(path)
    model = _parsed(path, data)
    curves = dict(data.get("kalibrasi", {}))
    for lesson in lessons:
        if lesson.curve:
            points = composed(model.curves.get(lesson.register, ()), lesson.curve)
            curves[lesson.register] = {"titik": points, "label": lesson.report["label"]}
    base = str(data.get("dasar", data["versi"]))
    mark = blake2b(json.dumps(curves, sort_keys=True).encode(), digest_size=4).hexdigest()
    return {"versi": f"{base}-k{mark}", "dasar": base, "kalibrasi": curves} | {
        name: value for name, value in data.items() if name not in {"versi", "dasar", "kalibrasi"}
    }


def composed(first: Points, second: Points) -> list[list[float]]:
    """Points of the curve that applies `first`, then `second`."""
    if not len(first):
        return [list(point) for point in second]
    grid = np.unique(np.round(np.concatenate([[x for x, _ in first], np.linspace(0.001, 0.999, 999)]), 6))
    values = np.maximum.accumulate(curved(curved(grid, first), second))
    return [[float(x), round(float(y), 6)] for x, y in zip(grid, values, strict=True)]
