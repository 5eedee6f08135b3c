"""What clerks have decided outlives every run: a decided pair stays decided, and its rivals learn from it."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.register_files import note
from jangkau.core.tables.common import PROPOSALS
from jangkau.core.tables.schema import Frame

BY_CLERK = "petugas"
FILE = "tinjauan"
_MANY = ("peserta", PROPOSALS)  # a proposal may be several rows of these
_SEEN = ("nik", "nama", "tanggal_lahir", "kode_desa")
_SCHEMA = {"l": pl.Int32, "r": pl.Int32, "sama": pl.Boolean}
_GIVEN = dict.fromkeys(("id_usulan", "register", "id_register", "keputusan", "waktu", "sidik"), pl.String)
Said = dict[str, Frame]


@dataclass(frozen=True)
class Decisions:
    """`said`: per register the decided pairs (l, r, sama); `notes`: rows of `masalah` on decisions not applied."""

    said: Said
    notes: list[dict[str, Any]]


def read(tinjauan: Frame | None, rows: Frame, registers: dict[str, pl.Series]) -> Decisions:
    """The decisions (TINJAUAN) that stand, by row numbers of `rows` (USULAN_BACA) and of each register's keys.

    Under `PROPOSALS` both numbers are of `rows`: two proposals that are one person, or are not. The last decision on a
    pair holds. A decision on a row that is gone, or that says something else than when the clerk saw it (`sidik`), is
    not applied but noted.
    """
    said: Said = {}
    counts = {"KEPUTUSAN_LEPAS": 0, "KEPUTUSAN_BERUBAH": 0}
    given = pl.DataFrame(schema=_GIVEN) if tinjauan is None else polars(tinjauan).drop_nulls("keputusan")
    for register, keys in {**registers, PROPOSALS: rows["id_usulan"].to_native()}.items():
        mine = given.filter(pl.col("register") == register)
        last = _last(mine, single=register not in _MANY)
        placed = _placed(last, rows, keys)
        same = placed.filter(pl.col("sidik").is_null() | (pl.col("sidik") == fingerprints(rows, placed["l"])))
        said[register] = frame(same.select("l", "r", sama=pl.col("keputusan") == "cocok").cast(pl.Schema(_SCHEMA)))
        counts["KEPUTUSAN_LEPAS"] += last.height - placed.height
        counts["KEPUTUSAN_BERUBAH"] += placed.height - same.height
    return Decisions(said, [note(code, f"{FILE}.csv", jumlah=count) for code, count in counts.items() if count])


def _last(given: pl.DataFrame, *, single: bool) -> pl.DataFrame:
    """The last decision on each pair; where a proposal is one row of the register, only the last `cocok` is one."""
    timed = given.with_row_index("urut").sort("waktu", "urut", nulls_last=False)
    sides = [pl.min_horizontal("id_usulan", "id_register"), pl.max_horizontal("id_usulan", "id_register")]
    pairs = timed.unique(sides, keep="last", maintain_order=True)
    yes = pl.col("keputusan") == "cocok"
    if not single:
        return pairs
    later = yes & (pl.int_range(pl.len()) < pl.when(yes).then(pl.int_range(pl.len())).max()).over("id_usulan")
    return pairs.with_columns(keputusan=pl.when(later).then(pl.lit("tidak")).otherwise("keputusan"))


def _placed(given: pl.DataFrame, rows: Frame, keys: pl.Series) -> pl.DataFrame:
    lines = pl.DataFrame({"id_usulan": rows["id_usulan"].to_native()}).with_row_index("l")
    known = pl.DataFrame({"id_register": keys}).with_row_index("r")
    return given.join(lines, on="id_usulan").join(known, on="id_register").sort("l", "r")


def fingerprints(rows: Frame, places: pl.Series) -> pl.Series:
    """What each of these rows says, as a short print that holds no personal data."""
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in _SEEN]
    text = polars(rows.select(*_SEEN)).select(pl.concat_str(parts, separator="|"))[places.cast(pl.Int64)].to_series()
    made = [blake2b(value.encode(), digest_size=6).hexdigest() for value in text.to_list()]
    return pl.Series("sidik", made, dtype=pl.String)


def apply(pairs: Frame, said: Frame, *, single: bool) -> Frame:
    """`pairs` (l, r, peluang, cara) as the decisions `said` (l, r, sama) have it.

    A decided pair is certain, whether it was a candidate or not. `single`: at most one r is the person, so that a
    confirmed one leaves nothing to the others, and what a refused one held goes to all that remains.
    """
    kinds = {name: pairs.schema[name] for name in ("l", "r")}
    words = said.with_columns(nw.col(name).cast(dtype) for name, dtype in kinds.items())
    new = words.join(pairs.select("l", "r"), on=["l", "r"], how="anti")
    new = new.select("l", "r", peluang=nw.lit(0.0), cara=nw.lit(BY_CLERK))
    known = nw.concat([pairs.select("l", "r", "peluang", "cara"), new]).join(words, on=["l", "r"], how="left")
    yes, no = nw.col("sama").fill_null(value=False), (~nw.col("sama")).fill_null(value=False)
    known = known.with_columns(ya=yes.cast(nw.Int8()), hilang=nw.when(no).then(nw.col("peluang")).otherwise(0.0))
    decided = ~nw.col("sama").is_null()
    others = _shared() if single else nw.col("peluang")
    if single:
        known = known.with_columns(nw.col("ya").max().over("l"), nw.col("hilang").sum().over("l"))
    chance = nw.when(yes).then(1.0).otherwise(nw.when(no).then(0.0).otherwise(others))
    way = nw.when(decided).then(nw.lit(BY_CLERK)).otherwise(nw.col("cara"))
    return known.with_columns(peluang=chance, cara=way).select("l", "r", "peluang", "cara")


def _shared() -> nw.Expr:
    """The chance of a candidate that no clerk decided, where only one can be the person."""
    left = nw.when(nw.col("hilang") < 1).then(1 - nw.col("hilang")).otherwise(1.0)
    return nw.when(nw.col("ya") == 1).then(0.0).otherwise((nw.col("peluang") / left).clip(upper_bound=1.0))


def unlike(edges: Frame, settled: Frame, said: Frame) -> Frame:
    """`edges` (l, r, peluang: two proposals) without those to a double of a resident that a clerk refused for l."""
    refused = said.filter(~nw.col("sama")).select("l", penduduk="r")
    homes = settled.select(r="l", penduduk="r").join(refused, on="penduduk").select("l", "r")
    kinds = {name: edges.schema[name] for name in ("l", "r")}
    homes = homes.with_columns(nw.col(name).cast(dtype) for name, dtype in kinds.items())
    return edges.join(homes, on=["l", "r"], how="anti")
