"""The order of review: what a clerk should look at first, with both rows side by side."""

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.linkage.clerks import fingerprints
from jangkau.core.linkage.linker import KEYS
from jangkau.core.linkage.thresholds import WORTH
from jangkau.core.tables.schema import Frame

_SIDES = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "kode_desa", "no_kk")
DECISION = ("keputusan", "oleh", "waktu")
HEAD = ("urutan", "id_usulan", "register", "id_register", *DECISION, "peluang", "sidik")


def sheet(usulan: Frame, tautan: Frame, registers: dict[str, Frame], worth: float = WORTH) -> pl.DataFrame:
    """The pairs in review of USULAN and TAUTAN, most informative first, with the columns of TINJAUAN still empty.

    A person comes the earlier, the more expected harm (see `thresholds`) a look at the person's pairs takes away, over
    all registers; the population first, since it settles the others. Columns `usulan_*` and `register_*` are what
    each side says.
    """
    lines = polars(usulan).with_row_index("l")
    pairs = polars(tautan).filter(pl.col("keputusan") == "tinjau")
    pairs = pairs.join(lines.select("l", "id_usulan", "id_pekerja"), on="id_usulan")
    ranked = _ranked(pairs, worth)
    told = ranked.with_columns(fingerprints(usulan, ranked["l"]))
    both = told.join(_side(lines, "id_usulan", "usulan"), on="id_usulan", how="left", maintain_order="left")
    parts = [_side(polars(data), KEYS[name], "register").with_columns(register=pl.lit(name))
             for name, data in registers.items()]  # fmt: skip
    right = pl.concat(parts).rename({"id": "id_register"})
    both = both.join(right, on=["register", "id_register"], how="left", maintain_order="left")
    sides = [f"{side}_{name}" for name in _SIDES for side in ("usulan", "register") if f"{side}_{name}" in both.columns]
    empty = [pl.lit(None, pl.String).alias(name) for name in DECISION]
    return both.with_row_index("urutan", offset=1).with_columns(*empty).select(*HEAD, *sides)


def _ranked(pairs: pl.DataFrame, worth: float) -> pl.DataFrame:
    chance = pl.col("peluang")
    saved = pl.min_horizontal(worth * (1 - chance), chance).alias("manfaat")
    place = pl.col("register").replace_strict({name: at for at, name in enumerate(KEYS)}, return_dtype=pl.Int64)
    ranked = pairs.with_columns(saved.sum().over("id_pekerja"), tempat=place)
    keys = ["manfaat", "id_pekerja", "tempat", "id_usulan", "peluang", "id_register"]
    return ranked.with_columns(pl.col("manfaat").round(9)).sort(
        keys, descending=[True, False, False, False, True, False]
    )


def _side(rows: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """What one side says, its columns with the side's name before them."""
    key_name = "id_usulan" if name == "usulan" else "id"
    place = [pl.col("kode_wilayah").alias("kode_desa")] if "kode_desa" not in rows.columns else []
    full = rows.with_columns(*place) if "kode_wilayah" in rows.columns else rows
    have = [column for column in _SIDES if column in full.columns or name == "register"]
    values = [(pl.col(c) if c in full.columns else pl.lit(None)).cast(pl.String).alias(f"{name}_{c}") for c in have]
    return full.select(pl.col(key).alias(key_name), *values)
