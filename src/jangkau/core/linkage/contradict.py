"""When two proposals cannot be one person, whatever a chain of likenesses says."""

from typing import Any

import numpy as np
import polars as pl
from rapidfuzz.distance import JaroWinkler

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise_frame

_TRAITS = ("jangkar", "nik", "nama", "tanggal_lahir", "jenis_kelamin")
STEM = 12
SLIP = 2
ALIKE = 0.88
GENERATION = 13


def contradicting(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs (kelompok, a, b) of rows of one group that contradict each other.

    `rows`: l, kelompok, jangkar (the resident settled on, -1 for none), nik (certain or null), nama,
    tanggal_lahir, jenis_kelamin. Rows of one group that say the same are compared once.
    """
    several = rows.filter(pl.len().over("kelompok") > 1)
    mixed = several.filter(pl.any_horizontal(_various(trait) for trait in _TRAITS))
    if mixed.is_empty():
        return pl.DataFrame(schema={"kelompok": pl.Int64, "a": pl.Int64, "b": pl.Int64})
    kinds = mixed.unique(["kelompok", *_TRAITS], keep="first", maintain_order=True).with_row_index("jenis")
    pairs = kinds.join(kinds, on="kelompok", suffix="_b").filter(pl.col("jenis") < pl.col("jenis_b"))
    apart = pairs.filter(_speaks_against(pairs)).select("kelompok", "jenis", "jenis_b")
    member = mixed.join(kinds.select("kelompok", *_TRAITS, "jenis"), on=["kelompok", *_TRAITS], nulls_equal=True)
    first = member.select("jenis", a=pl.col("l").cast(pl.Int64))
    second = member.select(jenis_b="jenis", b=pl.col("l").cast(pl.Int64))
    return apart.join(first, on="jenis").join(second, on="jenis_b").select("kelompok", "a", "b").sort("a", "b")


def _various(trait: str) -> pl.Expr:
    """Whether rows of the group say more than one thing."""
    known = pl.when(pl.col(trait) >= 0).then(trait) if trait == "jangkar" else pl.col(trait)
    return (known.min().over("kelompok") != known.max().over("kelompok")).fill_null(False)


def _speaks_against(pairs: pl.DataFrame) -> pl.Series:
    """Two residents; a generation between the birth dates; or another name with another date, sex or number.

    A father and a son of one name differ by their dates, twins by names and serials. Under one and the same name a
    wrong digit, a relative's number or a wrong date is the commoner story.
    """
    residents = (pl.col("jangkar") >= 0) & (pl.col("jangkar_b") >= 0) & (pl.col("jangkar") != pl.col("jangkar_b"))
    same_number = (pl.col("nik") == pl.col("nik_b")).fill_null(False)
    sexes = (pl.col("jenis_kelamin") != pl.col("jenis_kelamin_b")).fill_null(False)
    another = pl.col("nama_lain") & (_dates_apart() | sexes | pl.col("serial") | pl.col("lain"))
    against = residents | (~same_number & _generation_apart()) | another
    found = pairs.with_columns(**_numbers(pairs), nama_lain=_other_names(pairs))
    return found.select(against.alias("x"))["x"]


def _other_names(pairs: pl.DataFrame) -> pl.Series:
    """Two names that are neither alike nor one within the other."""
    both = [_sounds(pairs[name]) for name in ("nama", "nama_b")]
    return pl.Series([_unlike(one, other) for one, other in zip(*both, strict=True)], dtype=pl.Boolean)


def _sounds(names: pl.Series) -> list[tuple[str, str]]:
    """The sounds of each name, sorted, and its letters written together."""
    known = pl.DataFrame({"nama": names.drop_nulls().unique(maintain_order=True)}, schema={"nama": pl.String})
    forms = polars(normalise_frame(frame(known), "nama"))
    together = pl.col("nama_baku").str.replace_all(" ", "")
    sound = {
        name: (heard, letters) for name, heard, letters in forms.select("nama", "nama_bunyi", together).iter_rows()
    }
    return [sound.get(name, ("", "")) for name in names]


def _unlike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """`BUDI S` is within `BUDI SANTOSO`; an empty name is within any."""
    short, long = sorted((one[0].split(), other[0].split()), key=len)
    within = all(any(there.startswith(word) for there in long) for word in short)
    return not within and max(map(JaroWinkler.similarity, one, other)) < ALIKE


def _numbers(pairs: pl.DataFrame) -> dict[str, pl.Series]:
    """`serial`: two whole numbers that differ in the last four digits only; `lain`: in more digits than a slip."""
    digits = [_digits(pairs[name]) for name in ("nik", "nik_b")]
    known = (pairs["nik"].is_not_null() & pairs["nik_b"].is_not_null()).to_numpy()
    differ = digits[0] != digits[1]
    stem, serial = differ[:, :STEM].sum(axis=1), differ[:, STEM:].sum(axis=1)
    return {
        "serial": pl.Series(known & (stem == 0) & (serial > 0)),
        "lain": pl.Series(known & (stem + serial > SLIP)),
    }


def _digits(numbers: pl.Series) -> np.ndarray[Any, Any]:
    return np.array(numbers.fill_null("").to_list(), dtype="S16").view("S1").reshape(-1, 16)


def _dates_apart() -> pl.Expr:
    """Fewer than two of day, month and year agree, not even when day and month are swapped or by default 1-1."""
    one, other = pl.col("tanggal_lahir"), pl.col("tanggal_lahir_b")
    day, month, year = (getattr(one.dt, part)() == getattr(other.dt, part)() for part in ("day", "month", "year"))
    swapped = (one.dt.day() == other.dt.month()) & (one.dt.month() == other.dt.day())
    usual = pl.any_horizontal((date.dt.month() == 1) & (date.dt.day() == 1) for date in (one, other))
    known: pl.Expr = (pl.sum_horizontal(day, month, year) < 2) & ~(year & (swapped | usual))
    return known.fill_null(False)


def _generation_apart() -> pl.Expr:
    """Years that only a father and a son explain; on one day of the year a wrong decade does."""
    one, other = pl.col("tanggal_lahir").dt, pl.col("tanggal_lahir_b").dt
    same_day: pl.Expr = (one.day() == other.day()) & (one.month() == other.month())
    return (((one.year() - other.year()).abs() >= GENERATION) & ~same_day).fill_null(False)
