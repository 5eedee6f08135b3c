"""The evidence for the pairs that a clerk will look at, as JSON that the review page draws."""

import json
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage import Engine, Model
from jangkau.core.linkage.explain_link import Why, why_all
from jangkau.core.tables.schema import Frame

LEAST = 0.001
_KEY = ("id_usulan", "register", "id_register")
_SCHEMA = dict.fromkeys((*_KEY, "bukti"), pl.String)


def evidence(
    pairs: pl.DataFrame, rows: Frame, registers: dict[str, Frame], model: Model, engine: Engine
) -> pl.DataFrame:
    """The evidence of every pair of TAUTAN under review, with masked values: the key of the pair, `bukti`."""
    asked = pairs.filter(pl.col("keputusan") == "tinjau").select(*_KEY, "peluang", "keputusan", "cara")
    if asked.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    wanted = polars(rows).filter(pl.col("id_usulan").is_in(asked["id_usulan"].unique().implode()))
    told = why_all(asked.to_dicts(), frame(wanted), registers, model, engine=engine, least=LEAST)
    texts = [json.dumps(_steps(why)) if why else None for why in told]
    return asked.select(_KEY).with_columns(pl.Series("bukti", texts, dtype=pl.String))


def _steps(why: Why) -> list[dict[str, Any]]:
    """Each comparison on the way, bars in bits."""
    return [
        {
            "kiri": step.kiri,
            "kanan": step.kanan,
            "nilai": step.nilai,
            "batang": [[bar.kode, bar.judul, bar.isi, round(bar.bit, 4)] for bar in step.bukti.bars],
            "kosong": list(step.bukti.kosong),
        }
        for step in why.langkah
    ]
