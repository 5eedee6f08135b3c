"""How often settled pairs agree, beside how often the model expects it: the model's m as these lists show it."""

from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.proportions import Share
from jangkau.core.tables.schema import Frame

# Field, and the level of the model that is its plain equality.
FIELDS = {
    "nik": ("nik", "sama"),
    "tanggal_lahir": ("lahir", "sama"),
    "jenis_kelamin": ("kelamin", "sama"),
    "kode_desa": ("tempat", "desa"),
    "nama": ("nama", "sama"),
}


def agreement(decided: Frame, usulan: Frame, penduduk: Frame, model: Model) -> list[dict[str, Any]]:
    """Per field: pairs settled where both sides speak, those that are equal, and the share that the model expects.

    `decided`: pairs (l, r, keputusan), row numbers of `usulan` and `penduduk`. A settled pair was settled because it
    agrees, so a share below what the model expects is a warning and one above it is not.
    """
    pairs = polars(decided.select("l", "r", "keputusan")).filter(keputusan="cocok")
    return [
        {"kolom": field, **_equal(pairs, usulan, penduduk, field).as_dict(), "model": _expected(model, *level)}
        for field, level in FIELDS.items()
    ]


def _equal(pairs: pl.DataFrame, usulan: Frame, penduduk: Frame, field: str) -> Share:
    sides = [_plain(frame[field].to_native())[pairs[side]] for frame, side in ((usulan, "l"), (penduduk, "r"))]
    both = (sides[0] == sides[1]).drop_nulls()
    return Share(int(both.sum()), len(both))


def _plain(values: pl.Series) -> pl.Series:
    return values.str.strip_chars().str.to_uppercase() if values.dtype == pl.String else values


def _expected(model: Model, comparison: str, level: str) -> float | None:
    known = model.parameters.get(comparison, {}).get(level)
    return known[0] if known else None
