"""An edition: figures that were counted, made into tables that may be published, together with all editions before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.disclosure.attack import Attack, attack
from jangkau.core.disclosure.cells import Cells, Ints, gather
from jangkau.core.disclosure.protect import Flags, Pattern, protect
from jangkau.core.disclosure.rules import Rules
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.tables.figures import ANGKA, Tie
from jangkau.core.tables.open_data import EDISI, TERBUKA

# Units of which one is, or tells about, a person. Others (rupiah, months) are published where they are budget facts.
OF_PEOPLE = ("persen", "orang", "klaim")
BUDGET_LEVEL = 4  # digits of a region's code: province and kabupaten
_LEVELS = {2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa"}
_NAME = ("nama", "sumber", "per")
_SPOT = ("wilayah", "potongan", "kelas")


@dataclass(frozen=True)
class Edition:
    """`public`: TERBUKA, what everybody may read. `kept`: EDISI, the same with all counts, never published. `summary`:
    by indicator and level how many figures there are and why which are closed. `attack`: what an attacker found.
    """

    public: pl.DataFrame
    kept: pl.DataFrame
    summary: pl.DataFrame
    attack: Attack


def publishable(figures: pl.DataFrame) -> pl.DataFrame:
    """Those figures (ANGKA) that an edition may hold: counted ones with a count, of people or of the budget."""
    people = pl.col("satuan").is_in(OF_PEOPLE)
    budget = (pl.col("wilayah").str.len_chars() <= BUDGET_LEVEL) & (pl.col("potongan") == "")
    known: pl.DataFrame = ANGKA.conform(figures).to_native()
    return known.filter(pl.col("asal") == "dihitung", pl.col("pembilang").is_not_null(), people | budget)


def make(
    figures: pl.DataFrame, before: list[pl.DataFrame], rules: Rules, progress: Progress | None = None,
    ties: Sequence[Tie] = (),
) -> Edition:  # fmt: skip
    """The edition of some figures (ANGKA). `before`: EDISI of all that has been published, the oldest first. `ties`:
    which counts of other names tell of one another.

    What an edition has published stays known, what it has closed stays closed. Deterministic, whatever the order of
    rows. Raises TERBUKA_KOSONG, TERBUKA_TAK_TERLINDUNG, and TERBUKA_TERBONGKAR where the attack finds anything.
    """
    own = publishable(figures).sort(TERBUKA.key).unique(TERBUKA.key, keep="first", maintain_order=True)
    if own.is_empty():
        raise Problem("TERBUKA_KOSONG")
    own = _numbered(own, before)
    people, budget = own.filter(pl.col("satuan").is_in(OF_PEOPLE)), own.filter(~pl.col("satuan").is_in(OF_PEOPLE))
    earlier = [table.filter(pl.col("satuan").is_in(OF_PEOPLE)).select(people.columns) for table in before]
    cells = gather(pl.concat([people, *earlier], how="vertical_relaxed"), ties)
    pattern = protect(cells, rules, progress)
    found = attack(cells, pattern.closed, rules, progress)
    if not found.held:
        raise Problem("TERBUKA_TERBONGKAR", jumlah=len(found.exposed))
    part, whole = cells.part[: len(people)], cells.whole[: len(people)]
    told = people.with_columns(
        buka_pembilang=pl.Series(_open(part, pattern.closed)), buka_penyebut=pl.Series(_open(whole, pattern.closed)),
    )  # fmt: skip
    kept = pl.concat([told, budget.with_columns(buka_pembilang=True, buka_penyebut=True)]).sort(TERBUKA.key)
    return Edition(_public(kept), kept.select(EDISI.names), _summary(told, cells, pattern, part, whole), found)


def _open(place: Ints, closed: Flags) -> Flags:
    return ~np.where(place >= 0, closed[place], False)


def _public(kept: pl.DataFrame) -> pl.DataFrame:
    both = pl.col("buka_pembilang") & pl.col("buka_penyebut")
    shown = kept.with_columns(
        pl.when("buka_pembilang").then("pembilang").alias("pembilang"),
        pl.when("buka_penyebut").then("penyebut").alias("penyebut"),
        pl.when(both).then("nilai").alias("nilai"),
        pl.when(both).then(pl.lit("terbit")).otherwise(pl.lit("ditutup")).alias("status"),
    )
    table: pl.DataFrame = TERBUKA.check(shown.select(TERBUKA.names)).to_native()
    return table


def _summary(told: pl.DataFrame, cells: Cells, pattern: Pattern, part: Ints, whole: Ints) -> pl.DataFrame:
    """indikator, tingkat, angka, and how many are closed: kecil, nol, sisa, selisih, pelindung."""
    reason = _reason(part, whole, pattern)
    named = {1: "kecil", 2: "nol", 3: "sisa", 4: "selisih", 5: "pelindung"}
    level = pl.col("wilayah").str.len_chars().replace_strict(_LEVELS, default="desa", return_dtype=pl.String)
    rows = told.select("indikator", tingkat=level).with_columns(sebab=pl.Series(reason))
    counts = [(pl.col("sebab") == number).sum().alias(name) for number, name in named.items()]
    order = pl.col("tingkat").replace_strict({name: n for n, name in _LEVELS.items()}, return_dtype=pl.Int64)
    return rows.group_by("indikator", "tingkat").agg(pl.len().alias("angka"), *counts).sort("indikator", order)


def _reason(part: Ints, whole: Ints, pattern: Pattern) -> Ints:
    """Of each figure the first rule that closes a count of it; 5 where it only protects others, 0 where it is open."""
    why = np.where(pattern.small > 0, pattern.small, np.where(pattern.closed, 5, 9))
    sides = [np.where(place >= 0, why[place], 9) for place in (part, whole)]
    first = np.minimum(*sides)
    return np.where(first == 9, 0, first).astype(np.int64)


def _numbered(own: pl.DataFrame, before: list[pl.DataFrame]) -> pl.DataFrame:
    """The figures with the number of each count: the newest edition's, or the next where its counts were revised."""
    nothing = {f"buka_{side}": pl.lit(None, pl.Boolean) for side in ("pembilang", "penyebut")}
    numbers = {}
    for side in ("pembilang", "penyebut"):
        numbers[f"cetak_{side}"] = _number(own, side, before)
    return own.with_columns(**numbers, **nothing).select(EDISI.names)


def _number(own: pl.DataFrame, side: str, before: list[pl.DataFrame]) -> pl.Series:
    known = pl.concat([_counts(table, one) for table in before for one in ("pembilang", "penyebut")] or [_NONE])
    last = known.filter(pl.col("cetak") == pl.col("cetak").max().over(_NAME)).unique([*_NAME, *_SPOT])
    fresh = pl.concat([_counts(own.with_columns(**{f"cetak_{one}": 0}), one) for one in ("pembilang", "penyebut")])
    both = fresh.join(last, on=[*_NAME, *_SPOT], suffix="_dulu", nulls_equal=True)
    revised = both.group_by(_NAME).agg(beda=(pl.col("nilai") != pl.col("nilai_dulu")).any())
    newest = last.group_by(_NAME).agg(pl.col("cetak").max()).join(revised, on=_NAME, how="left", nulls_equal=True)
    number = newest.with_columns(cetak=pl.col("cetak") + pl.col("beda").fill_null(value=False).cast(pl.Int64))
    named = own.select("per", nama=f"nama_{side}", sumber=f"sumber_{side}")
    found = named.join(number, on=_NAME, how="left", nulls_equal=True, maintain_order="left")
    return found["cetak"].fill_null(0).cast(pl.Int64)


def _counts(table: pl.DataFrame, side: str) -> pl.DataFrame:
    named = table.select(
        *_SPOT, "per", nama=f"nama_{side}", sumber=f"sumber_{side}", nilai=side,
        cetak=pl.col(f"cetak_{side}").cast(pl.Int64),
    )  # fmt: skip
    return named.filter(pl.col("nilai").is_not_null())


_NONE = pl.DataFrame(
    schema={**dict.fromkeys(_SPOT, pl.String), "per": pl.Date, "nama": pl.String, "sumber": pl.String,
            "nilai": pl.Float64, "cetak": pl.Int64}
)  # fmt: skip
