"""Who is covered for how long by a plan, and how likely death and accident are meanwhile, from the tables of OUT."""

from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
import numpy as np
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.impact.cover import cover, wage_paid
from jangkau.core.impact.equations import Cells, published
from jangkau.core.impact.parameters import Floats, place_of
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.mortality import mortality
from jangkau.core.statistics.design import Ints
from jangkau.core.tables.schema import Frame

DECILES = 10
_LONGEST = 120  # months that anybody is paid


@dataclass(frozen=True)
class Exposure:
    """People that a plan pays, one row each, in the order of `people`.

    `people`: id_pekerja, jenis_kelamin, usia, desil (0 unknown), wilayah (4 digits), iuran, bulan. `funds`: who pays
    whom: baris (of `people`), dana, bagian (of his months), iuran. `kind`: household kind of each, a row of `spread`,
    whose columns are `cells` (an unknown decile is a tenth of each), `places` their regions. `stretch`: which months
    each is paid, a row of `months` (stretch, due, year): how many at each benefit of a death that occurs (`due`,
    rupiah) in each of `years`. `chance`: to die in a month, by the population table. `wage`: rupiah for a month unable
    to work.
    """

    people: pl.DataFrame
    funds: pl.DataFrame
    kind: Ints
    cells: Cells
    places: list[str]
    spread: Floats
    stretch: Ints
    due: Floats
    years: list[int]
    months: Floats
    chance: Floats
    wage: float

    @property
    def start(self) -> int:
        """The first month planned (index), 0 where nobody is paid."""
        return int(self.people["awal"].min() or 0)  # type: ignore[arg-type]

    @property
    def deaths(self) -> Floats:
        """Chance of each person to die while covered."""
        return np.asarray(self.chance * self.months.sum(axis=(1, 2))[self.stretch])

    @property
    def pair(self) -> Ints:
        """Kind and stretch of each person as one place."""
        return self.kind * len(self.months) + self.stretch

    @cached_property
    def sums(self) -> tuple[Floats, Floats]:
        """Monthly chances of death summed, and people, by (kind, stretch): all that a total asks of a crowd."""
        shape = len(self.spread), len(self.months)
        size = shape[0] * shape[1]
        dying = np.bincount(self.pair, self.chance, minlength=size).astype(np.float64)
        return dying.reshape(shape), np.bincount(self.pair, minlength=size).astype(np.float64).reshape(shape)


def exposure(pekerja: Frame, rencana: Frame, book: Book, sizes: pl.DataFrame | None = None) -> Exposure:
    """PEKERJA and RENCANA as exposures. `sizes`: nik, anggota (people in the household), where a register tells them.

    A member who goes on is counted as new: whether his membership still stands is not in these tables. Raises
    TABEL_SALAH where the plan pays somebody whom PEKERJA does not have, and LawUndefinedOn.
    """
    rows = _rows(polars(rencana))
    people = _paid(polars(pekerja), rows, sizes)
    stretches, stretch = _stretches(people)
    due, years, months = cover(stretches, book)
    chance = _chance(people, years[0] if years else 0)
    wage = wage_paid(stretches[0][0], book) if stretches else 0.0
    return Exposure(people, _funds(people, rows), *_kinds(people), stretch, due, years, months, chance, wage)


def _rows(rencana: pl.DataFrame) -> pl.DataFrame:
    """The rows that pay somebody, checked; `awal` the month index."""
    rows = rencana.filter(pl.col("dana").is_not_null())
    if rows.select(pl.any_horizontal(pl.col("bulan_mulai", "jumlah_bulan", "iuran_total").is_null()).any()).item():
        raise Problem("TABEL_SALAH", tabel="rencana", sebab="orang yang dibayar tanpa bulan atau iuran")
    rows = rows.filter(pl.col("jumlah_bulan") > 0)
    if int(rows["jumlah_bulan"].max() or 0) > _LONGEST:  # type: ignore[arg-type]
        raise Problem("TABEL_SALAH", tabel="rencana", sebab=f"jumlah_bulan lebih dari {_LONGEST}")
    for text in rows["bulan_mulai"].unique():
        month_index(text)
    year, month = (pl.col("bulan_mulai").str.slice(*part).cast(pl.Int64) for part in ((0, 4), (5, 2)))
    return rows.with_columns((year * 12 + month - 1).alias("awal"))


def _paid(pekerja: pl.DataFrame, rows: pl.DataFrame, sizes: pl.DataFrame | None) -> pl.DataFrame:
    """One row a person paid: first month, months, premium."""
    runs = rows.group_by("id_pekerja").agg(pl.min("awal"), pl.sum("jumlah_bulan"), pl.sum("iuran_total"))
    known = pekerja.select("id_pekerja", "nik", "jenis_kelamin", "tanggal_lahir", "desil", "kode_desa")
    people = runs.join(known, on="id_pekerja", how="inner").sort("id_pekerja")
    if people.height < runs.height:
        raise Problem("TABEL_SALAH", tabel="rencana", sebab=f"{runs.height - people.height} orang tidak ada di pekerja")
    decile = pl.when(pl.col("desil").is_between(1, DECILES)).then("desil").otherwise(0)
    size = pl.lit(None, pl.Int64).alias("anggota")
    if sizes is not None:
        people, size = people.join(sizes, on="nik", how="left"), pl.col("anggota")
    return people.select(
        "id_pekerja", "awal", "jenis_kelamin", "tanggal_lahir",
        decile.alias("desil"), pl.col("kode_desa").str.slice(0, 4).alias("wilayah"),
        pl.col("jumlah_bulan").alias("bulan"), pl.col("iuran_total").alias("iuran"),
        size.clip(1, 15).cast(pl.Float64).alias("anggota"),
        (pl.col("awal") // 12 - pl.col("tanggal_lahir").dt.year()).alias("usia"),
    )  # fmt: skip


def _funds(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    whose = people.select("id_pekerja", "bulan").with_row_index("baris")
    shares = rows.join(whose, on="id_pekerja", how="inner").sort("baris", "awal", "dana")
    share = pl.col("jumlah_bulan") / pl.col("bulan")
    return shares.select("baris", "dana", share.alias("bagian"), pl.col("iuran_total").alias("iuran"))


def _stretches(people: pl.DataFrame) -> tuple[list[tuple[int, int]], Ints]:
    """Distinct (first month, months), and which of them each person has."""
    both = people.select("awal", "bulan")
    distinct = both.unique().sort("awal", "bulan").with_row_index("nomor")
    number = both.join(distinct, on=["awal", "bulan"], how="left", maintain_order="left")["nomor"]
    return list(distinct.select("awal", "bulan").iter_rows()), number.to_numpy().astype(np.int64)


def _chance(people: pl.DataFrame, year: int) -> Floats:
    """Chance to die in a month; who has no birth date dies like the rest on average."""
    if not people.height:
        return np.zeros(0)
    chance = mortality().monthly(frame(people), year)
    known = chance[~np.isnan(chance)]
    return np.where(np.isnan(chance), known.mean() if len(known) else 0.0, chance)


def _kinds(people: pl.DataFrame) -> tuple[Ints, Cells, list[str], Floats]:
    both = people.select(pl.col("wilayah").fill_null(""), "desil", "anggota")
    kinds = both.unique().sort("wilayah", "desil", "anggota").with_row_index("nomor")
    number = both.join(kinds, on=["wilayah", "desil", "anggota"], how="left", maintain_order="left", nulls_equal=True)
    parts = kinds.with_columns(
        pl.when(pl.col("desil") > 0)
        .then(pl.concat_list("desil"))
        .otherwise(pl.lit(list(range(1, DECILES + 1)), pl.List(pl.Int64)))
        .alias("bagian")
    ).explode("bagian")
    place = {code: place_of(code) for code in kinds["wilayah"].unique()}
    line, poor = (np.array([place[code][at] for code in parts["wilayah"]], np.float64) for at in (0, 1))
    size = parts["anggota"].fill_null(float("nan")).to_numpy()
    cells = published(line, poor / 100, parts["bagian"].cast(pl.Float64).to_numpy(), size)
    spread = np.zeros((kinds.height, parts.height))
    spread[parts["nomor"].to_numpy(), np.arange(parts.height)] = 1
    spread /= np.maximum(spread.sum(axis=1, keepdims=True), 1)
    return number["nomor"].to_numpy().astype(np.int64), cells, parts["wilayah"].to_list(), spread


def household_sizes(penduduk: Frame) -> pl.DataFrame:
    """People of each NIK's household: nik, anggota, from a population register; the dead do not count."""
    living = polars(penduduk.filter(nw.col("tanggal_meninggal").is_null())).filter(pl.col("no_kk").is_not_null())
    return living.select("nik", pl.len().over("no_kk").cast(pl.Int64).alias("anggota")).unique("nik")
