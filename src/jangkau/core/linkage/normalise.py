"""Both sides of a linkage in one comparable form."""

import duckdb
import narwhals as nw

from jangkau.core.identity.nik import is_placeholder
from jangkau.core.tables.schema import Frame

Connection = duckdb.DuckDBPyConnection

COMMON_AT_LEAST = 100
COMMON_SHARE = 0.02
SMOOTHING = 20_000
USUAL_SHARES = {"desa": 0.001, "kec": 0.01, "kab": 0.12}
PLACE_SMOOTHING = 1_000

_COLUMNS = (
    "rid", "nik", "nikt", "n15", "n12", "n10", "z10", "nama", "lahir", "tahun", "jk", "kk", "kab", "kec", "desa", "hp",
)  # fmt: skip
_FILLERS = [str(digit) * 16 for digit in range(10)] + ["1234567890123456", "0123456789012345"]


def comparable(frame: Frame) -> Frame:
    """One row per row of `frame`, in its order: `rid` 0, 1, ... and the fields that are compared, the name still raw.

    A NIK that is no NIK (placeholder, not 16 digits) is null in `nik`; `nikt` holds the digits as far as they were
    read, `n15`, `n12`, `n10` its first and `z10` its last ones. A region code fills `kab`, `kec`, `desa` as far as
    it goes.
    """
    have = set(frame.columns)
    place = _first_of([c for c in ("kode_desa", "kode_wilayah") if c in have])
    digits = _first_of([c for c in ("nik", "nik_dugaan") if c in have])
    side = frame.with_row_index("rid").with_columns(
        nw.col("rid").cast(nw.Int32()), nw.col("nama").cast(nw.String()), tempat=place, nikt=_clean_digits(digits)
    )
    side = side.with_columns(
        nik=_number("nikt"),
        n15=_digits("nikt", 15, 15),
        n12=_digits("nikt", 12, 12),
        n10=_digits("nikt", 10, 10),
        z10=_digits("nikt", -10, 15),
        kk=_number("no_kk") if "no_kk" in have else nw.lit(None).cast(nw.Int64()),
        lahir=nw.col("tanggal_lahir").cast(nw.Date()),
        tahun=nw.col("tanggal_lahir").cast(nw.Date()).dt.year().cast(nw.Int32()),
        jk=nw.col("jenis_kelamin").cast(nw.String()),
        kab=_prefix("tempat", 4),
        kec=_prefix("tempat", 6),
        desa=_prefix("tempat", 10),
        hp=_first_of([c for c in ("no_hp",) if c in have]),
    )
    return side.select(_COLUMNS)


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


def _first_of(columns: list[str]) -> nw.Expr:
    parts = [nw.col(column).cast(nw.String()) for column in columns]
    return nw.coalesce(*parts) if parts else nw.lit(None).cast(nw.String())


def _clean_digits(digits: nw.Expr) -> nw.Expr:
    """Ten digits at least, and no digits typed only to fill the cell."""
    usable = digits.str.contains(r"^\d{10,16}$") & ~digits.str.contains(r"^\d{6}(0+|1+|9+)$")
    fillers = [text for text in _FILLERS if is_placeholder(text)]
    return nw.when(usable & ~digits.is_in(fillers)).then(digits)


def _number(column: str) -> nw.Expr:
    """Sixteen digits as an integer, else null."""
    text = nw.col(column).cast(nw.String())
    return nw.when(text.str.contains(r"^\d{16}$")).then(text).cast(nw.Int64())


def _digits(column: str, count: int, shortest: int) -> nw.Expr:
    """The first (or, negative, the last) digits as an integer, of texts that have at least `shortest`."""
    text = nw.col(column)
    part = text.str.head(count) if count > 0 else text.str.tail(-count)
    return nw.when(text.str.len_chars() >= shortest).then(part).cast(nw.Int64())


def _prefix(column: str, digits: int) -> nw.Expr:
    return nw.when(nw.col(column).str.len_chars() >= digits).then(nw.col(column).str.head(digits))
