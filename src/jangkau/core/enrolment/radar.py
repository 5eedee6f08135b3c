"""Lapse radar: whose membership ends in the months ahead if nobody pays on, and what paying on would cost."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule
from jangkau.core.law.membership import Flags, timeline
from jangkau.core.tables.reconciliation import BRIDGES, MOST_BRIDGED, RADAR
from jangkau.core.tables.schema import Frame

AHEAD = 12
_PRICED_BY = ["jenis", "tarif", "pekerjaan", "penghasilan"]


def radar(orang: Frame, bulan: Frame, dana: Frame, as_of: int, book: Book | None = None) -> Frame:
    """RADAR: the first ending of each person from the month after `as_of` to twelve months ahead, sorted by `id`.

    In: `orang` one row a person: `id`, `kode_desa`, `pekerjaan` (occupation tag), `penghasilan` (null = lowest wage
    base); `bulan` the months that count as paid: `id`, `bulan` (index), `dana`; `dana` DANA (kode, jenis, tarif).
    A gap that the law allows ends nothing; a later payment after an ending is a new registration. The bridge is paid
    from the month after the last, by the terms of the fund that paid the last. Raises LawUndefinedOn.
    Source: PP 44/2015, Permenaker 5/2021, Permenaker 1/2025 (the wait), PP 50/2025 (reliefs that end).
    """
    book = book or Book.load()
    months = polars(bulan).select("id", "bulan", "dana").filter(pl.col("bulan") <= as_of + AHEAD)
    if months.is_empty():
        return RADAR.empty()
    ends = _ends(months, as_of, book).join(months, left_on=["id", "terakhir"], right_on=["id", "bulan"], how="left")
    terms = polars(dana).select(pl.col("kode").alias("dana"), "jenis", pl.col("tarif").fill_null("AUTO"))
    known = ends.join(terms, on="dana", how="left").join(polars(orang), on="id", how="left")
    return RADAR.check(frame(_bridged(known.rename({"kode_desa": "wilayah"}), book).sort("id")))


def totals(found: Frame, by: list[str]) -> pl.DataFrame:
    """RADAR added up: `orang`, `hilang_penuh` and every bridge, one row for each combination of `by`, in its order."""
    sums = [pl.col(name).cast(pl.Int64).sum() for name in ("hilang_penuh", *BRIDGES)]
    return polars(found).group_by(by).agg(pl.len().cast(pl.Int64).alias("orang"), *sums).sort(by)


def _ends(months: pl.DataFrame, as_of: int, book: Book) -> pl.DataFrame:
    """`id`, `terakhir`, `henti`, `hilang_penuh`: people alike in every month are asked of the law once."""
    ids, first, grid = _grid(months, as_of + AHEAD)
    patterns, person = _alike(grid)
    line = timeline(patterns, first, book=book)
    ahead = line.lapse.copy()
    ahead[:, : max(as_of + 1 - first, 0)] = False
    which = ahead.argmax(axis=1)
    at = np.arange(len(patterns))
    places = np.arange(patterns.shape[1])
    before = np.where(patterns & (places < which[:, None]), places, -1)
    full = np.asarray(line.waited)[at, np.maximum(which - 1, 0)]
    columns = {"terakhir": first + before.max(axis=1), "henti": first + which, "hilang_penuh": full}
    table = pl.DataFrame({name: column[person] for name, column in columns.items()})
    return table.with_columns(ids).filter(pl.Series(np.asarray(ahead.any(axis=1))[person]))


def _grid(months: pl.DataFrame, until: int) -> tuple[pl.Series, int, Flags]:
    """Person x month, whether paid, from the first month paid by anybody."""
    first = int(months["bulan"].min())  # type: ignore[arg-type]
    people = months.select("id").unique().sort("id").with_row_index("baris")
    place = months.join(people, on="id", maintain_order="left")["baris"].to_numpy()
    grid = np.zeros((people.height, until - first + 1), np.bool_)
    grid[place, months["bulan"].to_numpy() - first] = True
    return people["id"], first, grid


def _alike(grid: Flags) -> tuple[Flags, NDArray[np.int64]]:
    """The distinct rows of a grid, and which of them each row is."""
    packed = np.ascontiguousarray(np.packbits(grid, axis=1))
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).reshape(-1)
    _, where, which = np.unique(keys, return_index=True, return_inverse=True)
    return grid[where], which.reshape(-1)


def _bridged(people: pl.DataFrame, book: Book) -> pl.DataFrame:
    """The people with what one to twelve months after their last cost; those who pay alike are priced once."""
    kinds = people.select(*_PRICED_BY, "terakhir").unique().sort(*_PRICED_BY, "terakhir")
    parts = [_priced(part, book) for part in kinds.partition_by("terakhir")]
    if not parts:
        return people.with_columns(pl.lit(0, pl.Int64).alias(name) for name in BRIDGES)
    return people.join(pl.concat(parts), on=[*_PRICED_BY, "terakhir"], how="left", nulls_equal=True)


def _priced(kinds: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Kinds of payments whose last month is the same, with the price of the months after it."""
    asked = kinds.rename({"jenis": "pembayar", "pekerjaan": "sektor"}).with_columns(segmen=pl.lit("BPU"))
    last = int(kinds["terakhir"][0])
    due = schedule(frame(asked), range(last + 1, last + 1 + MOST_BRIDGED), book).cumsum(axis=0)
    return kinds.with_columns(pl.Series(name, row) for name, row in zip(BRIDGES, due, strict=True))
