"""Points from the programme's own weights (`bobot`), with every part shown."""

from functools import reduce
from operator import add
from typing import Any

import narwhals as nw

from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings, Weights

_GOES_ON = "_lanjutan"


def score(fakta: Frame, settings: Settings) -> Frame:
    """Points of every person: `id_pekerja`, `poin`, `rincian_poin`, sorted by person.

    In: FAKTA. `rincian_poin` is JSON text with the parts that are not zero in the order of the settings
    (`{"desil":100,"perempuan":10}`); the parts add up to `poin`. `lanjutan` is named for whoever it holds, with 0 where
    it earns nothing: targets ask for it. An unknown fact earns nothing.
    """
    parts = _parts(settings.bobot)
    goes_on = nw.col("lanjutan").fill_null(value=False).alias(_GOES_ON)
    points = fakta.select("id_pekerja", goes_on, *(part.cast(nw.Int64).alias(name) for name, part in parts.items()))
    texts = [_text(name) for name in parts]
    detail = nw.concat_str(nw.lit("{"), nw.concat_str(*texts, separator=",", ignore_nulls=True), nw.lit("}"))
    total = reduce(add, (nw.col(name) for name in parts))
    return points.select("id_pekerja", total.alias("poin"), detail.alias("rincian_poin")).sort("id_pekerja")


def _text(name: str) -> nw.Expr:
    earned = nw.col(name) != 0
    told = earned | nw.col(_GOES_ON) if name == "lanjutan" else earned
    return nw.when(told).then(nw.concat_str(nw.lit(f'"{name}":'), nw.col(name).cast(nw.String)))


def _parts(weights: Weights) -> dict[str, nw.Expr]:
    return {
        "desil": _looked_up("desil", weights.desil),
        "perempuan": _if(nw.col("jenis_kelamin") == "P", weights.perempuan),
        "disabilitas": _if(nw.col("disabilitas") == 1, weights.disabilitas),
        "kepala_keluarga": _if(nw.col("hubungan") == "KEPALA", weights.kepala_keluarga),
        "lanjutan": _if(nw.col("lanjutan"), weights.lanjutan),
        "risiko": _looked_up("pekerjaan", weights.risiko),
    }


def _if(holds: nw.Expr, points: int) -> nw.Expr:
    return nw.when(holds.fill_null(value=False)).then(nw.lit(points)).otherwise(nw.lit(0))


def _looked_up(column: str, points: dict[Any, int]) -> nw.Expr:
    return reduce(add, (_if(nw.col(column) == value, earned) for value, earned in points.items()), nw.lit(0))
