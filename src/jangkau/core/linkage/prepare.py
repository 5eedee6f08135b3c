"""Lists made ready to be linked: comparable rows, names with their forms, how common each is, keys to find them by."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.identity.dictionary import NameDictionary
from jangkau.core.identity.name_columns import FORMS
from jangkau.core.identity.name_reader import reader
from jangkau.core.linkage.blocks import RULES, Index, index
from jangkau.core.linkage.household import with_homes
from jangkau.core.linkage.integers import numbered
from jangkau.core.linkage.keys import Mask, Places
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import COMMON_AT_LEAST, COMMON_SHARE, SMOOTHING, USUAL_SHARES, comparable, shares_of
from jangkau.core.linkage.side import NAME, Numbers, Side
from jangkau.core.tables.schema import Frame

_COMMON = rf"\b(?:{'|'.join(sorted(reader().umum))})\b ?"
_SHAPED = (
    pl.col("nama").alias("nama_asli"), pl.col("nama_baku").alias("nama"), pl.col("nama_bunyi").alias("bunyi"),
    pl.col("kata_pertama").alias("awal"), pl.col("kata_akhir").alias("akhir"), "huruf", pl.col("kata").alias("semua"),
    pl.col("kata").list.eval(pl.element().str.head(1)).list.unique().list.sort().alias("inisial"),
    pl.col("kata_pertama").str.head(3).alias("awal3"), pl.col("kata_akhir").str.head(1).alias("akhir1"),
    pl.col("kata_pertama").str.head(1).alias("awal1"),
    pl.col("kata_pertama").str.tail((pl.col("kata_pertama").str.len_chars() // 2).clip(1, 3)).alias("ujung"),
)  # fmt: skip


@dataclass(frozen=True)
class Census:
    """What is counted in the population, the only register that is a census, and used for every other list.

    `common`: words of names that tell little; `shares`: how often two persons share a place; `rarest`: the frequency
    of a name or date that it does not hold; `names` and `dates`: how common each sound and birth date is.
    """

    common: tuple[str, ...]
    shares: dict[str, float]
    rarest: float
    names: pl.DataFrame
    dates: pl.DataFrame

    def model(self, model: Model) -> Model:
        """The model for lists of this population."""
        return model.for_register(self.shares, self.rarest)


@dataclass(frozen=True)
class Prepared:
    """The population register, ready to be searched."""

    side: Side
    index: Index
    census: Census


def prepare_population(penduduk: Frame, known: pl.DataFrame | None = None) -> Prepared:
    """PENDUDUK, row number = rid, its key in `rows["id"]`.

    `known`: names with FORMS of an earlier snapshot, which are not normalised again.
    """
    told = bare(penduduk, known)
    counted = Side(numbered(told.rows), told.names)
    census = _census(counted)
    side = _counted(Side(counted.rows, _telling(told.names, census)), census)
    side = Side(side.rows.with_columns(id=penduduk["nik"].to_native()), side.names)
    return Prepared(side, index(side, np.arange(len(side), dtype=np.int32), RULES), census)


def prepare_list(frame: Frame, census: Census, known: pl.DataFrame | None = None, *, asked: bool = False) -> Side:
    """Any other list, to be linked with that population; `asked`: it is searched for, never searched in."""
    return _of_population(bare(frame, known), census, asked=asked)


def with_lists(population: Callable[[], Prepared], lists: dict[str, Frame]) -> tuple[Prepared, dict[str, Side]]:
    """A population and lists to be linked with it, which are read while it is prepared."""
    with ThreadPoolExecutor(1) as pool:
        begun = pool.map(bare, lists.values())
        made = population()
        return made, {table: _of_population(side, made.census) for table, side in zip(lists, begun, strict=True)}


def _of_population(side: Side, census: Census, *, asked: bool = False) -> Side:
    told = Side(numbered(side.rows), _telling(side.names, census))
    return told if asked else _counted(told, census)


def bare(frame: Frame, known: pl.DataFrame | None = None) -> Side:
    """Comparable rows, and names with what can be said of them without a population."""
    rows = comparable(frame)
    dictionary = NameDictionary(None if known is None else known.select(*FORMS))
    ids = dictionary.ids(rows["nama"])
    at, named = ids.fill_null(0).to_numpy(), ids.is_not_null().to_numpy()
    used, place = _used(at, named, len(dictionary))
    names = polars(dictionary.table).select(pl.all().gather(pl.Series(used))).select(*_SHAPED)
    number = pl.when(pl.Series(named)).then(pl.Series(place))
    return Side(rows.drop("nama").with_columns(number.alias(NAME)), names.with_columns(inti=_core(names["nama"])))


def _used(ids: Numbers, named: Mask, size: int) -> tuple[Places, Numbers]:
    """Which of `size` names are borne, and the number of each row's name among those."""
    borne = np.zeros(size, np.bool_)
    borne[ids[named]] = True
    number = np.cumsum(borne, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(borne), number.take(ids, mode="clip") if size else np.zeros(len(ids), np.int32)


def _core(names: pl.Series) -> pl.Series:
    """Normalised names without words such as MUHAMMAD or SITI, where others are left."""
    some = names.str.contains_any(sorted(reader().umum)).fill_null(False).arg_true()
    bare = names.gather(some).str.replace_all(_COMMON, "").str.strip_chars_end()
    return names.clone().scatter(
        some, pl.select(pl.when(bare != "").then(bare).otherwise(names.gather(some))).to_series()
    )


def _census(side: Side) -> Census:
    people = len(side)
    rarest = 1 / (SMOOTHING + people)
    borne = side.rows[NAME].drop_nulls().value_counts().rename({NAME: "nomor"})
    names = side.names.select("bunyi", "semua").with_row_index("nomor").with_columns(pl.col("nomor").cast(pl.Int32))
    counted = names.join(borne, on="nomor", how="inner")
    sounds = counted.drop_nulls("bunyi").group_by("bunyi").agg(tf_bunyi=pl.col("count").sum() * rarest)
    dates = side.rows.drop_nulls("lahir").group_by("lahir").agg(tf_lahir=pl.len() * rarest)
    shares = shares_of({level: _group_sizes(side.rows, level) for level in USUAL_SHARES})
    return Census(_common_words(counted, people), shares, rarest, sounds.sort("bunyi"), dates.sort("lahir"))


def _common_words(counted: pl.DataFrame, people: int) -> tuple[str, ...]:
    """Words that one person in fifty bears, such as MUHAMMAD."""
    words = counted.select("count", kata="semua").explode("kata").group_by("kata").agg(pl.col("count").sum())
    common = words.filter(
        pl.col("count") >= max(COMMON_AT_LEAST, COMMON_SHARE * people), pl.col("kata").str.contains("^[A-Z]+$")
    )
    return tuple(common["kata"].sort())


def _group_sizes(rows: pl.DataFrame, level: str) -> tuple[float, float]:
    sizes = rows.select(f"{level}_id").drop_nulls().group_by(f"{level}_id").len().select(pl.col("len").cast(pl.Float64))
    return sizes.select(pl.col("len").sum()).item(), sizes.select((pl.col("len") ** 2).sum()).item()


def _telling(names: pl.DataFrame, census: Census) -> pl.DataFrame:
    """Names with the words that tell one person from another, and the integers that stand for all texts."""
    telling = pl.col("semua").list.set_difference(pl.lit(list(census.common), dtype=pl.List(pl.String)))
    return numbered(names.with_columns(kata=pl.when(telling.list.len() > 0).then(telling).otherwise("semua")))


def _counted(side: Side, census: Census) -> Side:
    """A side with how common each name sound and birth date is, and who is easily taken for a relative."""
    counted = Side(
        side.rows.join(census.dates, on="lahir", how="left", maintain_order="left"),
        side.names.join(census.names, on="bunyi", how="left", maintain_order="left"),
    )
    return with_homes(counted)


def known_names(side: Side) -> pl.DataFrame:
    """The names of a prepared list as FORMS, to be reused by the next snapshot."""
    return side.names.select(
        nama="nama_asli", nama_baku="nama", nama_bunyi="bunyi", kata_pertama="awal", kata_akhir="akhir",
        huruf="huruf", kata="semua",
    )  # fmt: skip
