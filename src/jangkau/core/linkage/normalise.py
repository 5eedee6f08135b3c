"""Both sides of a linkage in one comparable form."""

import duckdb
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.identity.nik import is_placeholder
from jangkau.core.tables.schema import Frame

Connection = duckdb.DuckDBPyConnection

COMMON_AT_LEAST = 100
COMMON_SHARE = 0.02
SMOOTHING = 20_000
USUAL_SHARES = {"desa": 0.001, "kec": 0.01, "kab": 0.12}
PLACE_SMOOTHING = 1_000

_FIELDS = (
    "nik", "nik_dugaan", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "kode_wilayah", "no_hp",
)  # fmt: skip
_REPEATED = [str(digit) * 16 for digit in range(10)] + ["1234567890123456", "0123456789012345"]
FILLERS = [text for text in _REPEATED if is_placeholder(text)]


def comparable(frame: Frame) -> pl.DataFrame:
    """One row per row of `frame`, in its order: the fields that are compared, the name still raw.

    A NIK that is no NIK (placeholder, not 16 digits) is null in `nik`; `nikt` holds the digits as far as they were
    read, `n15`, `n12`, `n10` its first and `z10` its last ones. A region code fills `kab`, `kec`, `desa` as far as
    it goes.
    """
    rows = polars(frame)
    lacking = [pl.lit(None, pl.String).alias(name) for name in _FIELDS if name not in rows.columns]
    return rows.lazy().with_columns(lacking).select(_READ).select(_COMPARED).collect()


def shares_of(counts: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Shares per level from (people, sum of squared group sizes), each a little more than the narrower one's."""
    shares: dict[str, float] = {}
    narrower = 0.0
    for level, usual in USUAL_SHARES.items():
        people, pairs = counts[level]
        observed = (pairs - people) / (people * (people - 1)) if people > 1 else usual
        weight = people / (people + PLACE_SMOOTHING)
        narrower = shares[level] = max(weight * observed + (1 - weight) * usual, narrower * 1.01)
    return shares


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _clean_digits(digits: pl.Expr) -> pl.Expr:
    """Ten digits at least, and no digits typed only to fill the cell."""
    usable = digits.str.contains(r"^\d{10,16}$") & ~digits.str.contains(r"^\d{6}(0+|1+|9+)$")
    return pl.when(usable & ~digits.is_in(FILLERS)).then(digits)


def _number(column: str) -> pl.Expr:
    """Sixteen digits as an integer, else null."""
    return pl.when(_text(column).str.contains(r"^\d{16}$")).then(_text(column)).cast(pl.Int64)


def _digits(column: str, count: int, shortest: int) -> pl.Expr:
    """The first (or, negative, the last) digits as an integer, of texts that have at least `shortest`."""
    text = pl.col(column)
    part = text.str.head(count) if count > 0 else text.str.tail(-count)
    return pl.when(text.str.len_chars() >= shortest).then(part).cast(pl.Int64)


def _prefix(column: str, digits: int) -> pl.Expr:
    return pl.when(pl.col(column).str.len_chars() >= digits).then(pl.col(column).str.head(digits))


def _day(column: str) -> pl.Expr:
    """Month and day of a date as one number."""
    date = pl.col(column).dt
    return date.month().cast(pl.Int16) * 100 + date.day().cast(pl.Int16)


_READ = (
    _text("nama"), pl.col("tanggal_lahir").cast(pl.Date).alias("lahir"), _text("jenis_kelamin").alias("jk"),
    pl.coalesce(_text("kode_desa"), _text("kode_wilayah")).alias("tempat"), _number("no_kk").alias("kk"),
    _clean_digits(pl.coalesce(_text("nik"), _text("nik_dugaan"))).alias("nikt"), _text("no_hp").alias("hp"),
)  # fmt: skip
_COMPARED = (
    _number("nikt").alias("nik"), "nikt", _digits("nikt", 15, 15).alias("n15"), _digits("nikt", 12, 12).alias("n12"),
    _digits("nikt", 10, 10).alias("n10"), _digits("nikt", -10, 15).alias("z10"), "nama", "lahir",
    pl.col("lahir").dt.year().cast(pl.Int32).alias("tahun"), _day("lahir").alias("hb"), "jk", "kk",
    _prefix("tempat", 4).alias("kab"), _prefix("tempat", 6).alias("kec"), _prefix("tempat", 10).alias("desa"), "hp",
)  # fmt: skip
