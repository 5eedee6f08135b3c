"""What register rows say that somebody will look at, and what would follow if a pair were one person, as JSON."""

import narwhals as nw
import polars as pl

from jangkau.core.eligibility.memberships import judged
from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book
from jangkau.core.linkage.linker import KEYS
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

# Settled member rows are kept as well: a person's page tells their months.
_ALWAYS = {"peserta"}
_FLAGS = ("menghalangi", "habis")


def contents(pairs: pl.DataFrame, registers: dict[str, Frame], settings: Settings) -> pl.DataFrame:
    """The register rows of pairs (TAUTAN) that are looked at: register, id_register, isi."""
    taken = pairs.filter(pl.col("keputusan") == "cocok", pl.col("register") == "penduduk")["id_register"].unique()
    parts = [pl.DataFrame(schema={"register": pl.String, "id_register": pl.String, "isi": pl.String})]
    for name, data in registers.items():
        rows = _asked(name, pairs, polars(data))
        if len(rows):
            told = _with_consequences(name, rows, polars(registers["peserta"]), taken, settings)
            text = told.select(pl.struct(pl.exclude(KEYS[name])).struct.json_encode().alias("isi"))
            parts.append(told.select(register=pl.lit(name), id_register=KEYS[name]).with_columns(text["isi"]))
    return pl.concat(parts)


def _asked(name: str, pairs: pl.DataFrame, data: pl.DataFrame) -> pl.DataFrame:
    mine = pairs.filter(pl.col("register") == name)
    if name not in _ALWAYS:
        mine = mine.filter((pl.col("keputusan") == "tinjau") | (pl.col("cara") == "petugas"))
    return data.filter(pl.col(KEYS[name]).is_in(mine["id_register"].unique().implode()))


def _with_consequences(
    name: str, rows: pl.DataFrame, peserta: pl.DataFrame, taken: pl.Series, settings: Settings
) -> pl.DataFrame:
    """`rows` with what being that person would mean: active already, up for renewal, proposed already."""
    if name == "peserta":
        flags = polars(judged(frame(rows), settings, Book.load())).select("kpj", *_FLAGS)
        return rows.join(flags, on="kpj", how="left", maintain_order="left")
    if name != "penduduk":
        return rows
    members = peserta.filter(pl.col("nik").is_in(rows["nik"].implode()))
    known = polars(judged(frame(members), settings, Book.load()).group_by("nik").agg(nw.col(*_FLAGS).any()))
    proposed = pl.col("nik").is_in(taken.implode()).alias("sudah_diusulkan")
    return rows.with_columns(proposed).join(known, on="nik", how="left", maintain_order="left")
