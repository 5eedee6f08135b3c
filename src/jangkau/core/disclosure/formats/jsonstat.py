"""JSON-stat 2.0 (https://json-stat.org/full/): one dataset, sparse values, `Q` where a figure is closed."""

from typing import Any

import polars as pl
from pydantic_core import to_json

from jangkau.core.disclosure.formats.about import CLOSED_TEXT, LICENCE, LICENCE_URL, SOURCE, Dataset

CLOSED = "Q"  # as in SDMX's CL_OBS_STATUS: suppressed


def dataset(one: Dataset) -> bytes:
    """The dataset as JSON."""
    rows = one.coded
    axes = {
        "wilayah": rows["wilayah"].unique().sort().to_list(), "kelas": list(one.classes),
        "per": rows["per"].unique().sort().cast(pl.String).to_list(), "ukuran": list(one.measures),
    }  # fmt: skip
    flat = _flat(one, axes)
    told = {
        "version": "2.0", "class": "dataset", "label": f"{one.name} ({one.about.title})", "source": SOURCE,
        "updated": one.about.day.isoformat(), "note": [one.definition, CLOSED_TEXT],
        "link": {"license": [{"href": LICENCE_URL, "label": LICENCE}]},
        "id": list(axes), "size": [len(codes) for codes in axes.values()],
        "role": {"time": ["per"], "geo": ["wilayah"], "metric": ["ukuran"]},
        "dimension": _dimensions(one, axes),
        "value": {str(place): _number(value) for place, value in flat if value is not None},
        "status": {str(place): CLOSED for place, value in flat if value is None},
    }  # fmt: skip
    return to_json(told) + b"\n"


def _flat(one: Dataset, axes: dict[str, list[str]]) -> list[tuple[int, float | None]]:
    """(place in row-major order, value) of every figure that the dataset holds."""
    found: list[tuple[int, float | None]] = []
    places = [{code: at for at, code in enumerate(codes)} for codes in axes.values()]
    named = one.coded.with_columns(pl.col("per").cast(pl.String), buka=pl.col("status") == "terbit")
    for row in named.select("wilayah", "kelas_kode", "per", "buka", *one.measures).iter_rows():
        base = 0
        for place, codes, key in zip(places[:3], list(axes.values())[:3], row[:3], strict=True):
            base = base * len(codes) + place[key]
        values = row[4:]
        start = base * len(one.measures)
        # A value that an open figure does not have, such as a share of nobody, is left out, not closed.
        found += [(start + at, value) for at, value in enumerate(values) if value is not None or not row[3]]
    return found


def _dimensions(one: Dataset, axes: dict[str, list[str]]) -> dict[str, Any]:
    names = {
        "wilayah": ("Wilayah", {code: one.about.regions.get(code, code) for code in axes["wilayah"]}),
        "kelas": ("Kelas", one.classes),
        "per": ("Tanggal", {day: day for day in axes["per"]}),
        "ukuran": ("Ukuran", one.measures),
    }
    told: dict[str, Any] = {
        key: {"label": label, "category": {"index": axes[key], "label": labels}}
        for key, (label, labels) in names.items()
    }
    told["ukuran"]["category"]["unit"] = {"nilai": {"label": one.unit}}
    return told


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
