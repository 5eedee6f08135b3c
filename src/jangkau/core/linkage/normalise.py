"""Both sides of a linkage in one comparable form, made once per frame and kept as DuckDB tables.

A name is normalised once however many rows of however many frames bear it: the frames share one dictionary.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import narwhals as nw

from jangkau.core.identity.names import normalise_frame
from jangkau.core.identity.nik import is_placeholder
from jangkau.core.tables.schema import Frame

Connection = duckdb.DuckDBPyConnection

COMMON_AT_LEAST = 100
COMMON_SHARE = 0.02
SMOOTHING = 20_000
USUAL_SHARES = {"desa": 0.001, "kec": 0.01, "kab": 0.12}
PLACE_SMOOTHING = 1_000

_COLUMNS = (
    "rid", "nik", "nikt", "n15", "n12", "n10", "z10", "nama", "lahir", "jk", "kk", "kab", "kec", "desa", "hp",
)  # fmt: skip
_FILLERS = [str(digit) * 16 for digit in range(10)] + ["1234567890123456", "0123456789012345"]


@contextmanager
def connection(threads: int, memory: str) -> Iterator[Connection]:
    """An in-memory DuckDB; what does not fit goes to a private folder that is gone afterwards.

    Every query whose order matters orders its rows.
    """
    with TemporaryDirectory(prefix="jangkau-") as folder:
        config: dict[str, Any] = {"threads": threads, "memory_limit": memory, "temp_directory": folder}
        con = duckdb.connect(":memory:", config=config)
        try:
            yield con
        finally:
            con.close()


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
        jk=nw.col("jenis_kelamin").cast(nw.String()),
        kab=_prefix("tempat", 4),
        kec=_prefix("tempat", 6),
        desa=_prefix("tempat", 10),
        hp=_first_of([c for c in ("no_hp",) if c in have]),
    )
    return side.select(_COLUMNS)


def dictionary(con: Connection, sides: Iterable[Frame], population: Frame) -> None:
    """Table `kamus`: every distinct name of `sides` with its forms, telling words (`kata`) and letters (`huruf`).

    A word that one person in fifty of the `population` bears, such as MUHAMMAD, tells little: it counts only in a
    name that has no other.
    """
    forms(con, nw.concat([side.select("nama") for side in sides]).drop_nulls().unique())
    words = "[" + ", ".join(f"'{word}'" for word in _common_words(con, population)) + "]::VARCHAR[]"
    con.execute(
        "CREATE OR REPLACE TABLE kamus AS SELECT * EXCLUDE (semua), "
        f"CASE WHEN NOT list_has_any(semua, {words}) OR list_has_all({words}, semua) THEN semua "
        f"ELSE list_filter(semua, lambda k: NOT list_contains({words}, k)) END AS kata FROM kamus_kata"
    )


def forms(con: Connection, names: Frame) -> None:
    """Table `kamus_kata`: distinct `names` (nama) as `nama_asli` with their forms and all their words (`semua`)."""
    con.register("bentuk", normalise_frame(names, "nama").to_arrow())
    con.execute(
        "CREATE OR REPLACE TEMP TABLE kamus_kata AS SELECT nama AS nama_asli, nullif(nama_baku, '') AS nama, "
        "nullif(nama_bunyi, '') AS bunyi, nullif(kata_pertama, '') AS awal, nullif(kata_akhir, '') AS akhir, "
        "list_distinct(string_split(nullif(nama_bunyi, ''), ' ')) AS semua, "
        "nullif(array_to_string(list_sort(string_split(replace(nama_baku, ' ', ''), '')), ''), '') AS huruf FROM bentuk"
    )
    con.unregister("bentuk")


def _common_words(con: Connection, population: Frame) -> list[str]:
    con.register("masuk", population.select(nama_asli="nama").to_arrow())
    found = con.execute(
        "SELECT kata FROM (SELECT unnest(semua) AS kata, n FROM kamus_kata JOIN "
        "(SELECT nama_asli, count(*) AS n FROM masuk GROUP BY nama_asli) USING (nama_asli)) "
        "WHERE regexp_full_match(kata, '[A-Z]+') GROUP BY kata "
        f"HAVING sum(n) >= greatest({COMMON_AT_LEAST}, {COMMON_SHARE} * (SELECT count(*) FROM masuk)) ORDER BY kata"
    ).fetchall()
    con.unregister("masuk")
    return [row[0] for row in found]


def store(con: Connection, table: str, side: Frame) -> None:
    """Keep a comparable frame as a DuckDB table, its names replaced by their forms in `kamus`."""
    con.register("masuk", side.rename({"nama": "nama_asli"}).to_arrow())
    con.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT masuk.* EXCLUDE (nama_asli), "
        "kamus.* EXCLUDE (nama_asli) FROM masuk LEFT JOIN kamus USING (nama_asli)"
    )
    con.unregister("masuk")


def frequencies(con: Connection, table: str, columns: Iterable[str] = ("bunyi", "lahir")) -> float:
    """How common each value of `columns` is in `table`, as tables `tf_<column>`; returns the rarest.

    Smoothed towards the rarest, so that a register of three rows does not call every name common.
    """
    people = con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    rarest = 1 / (SMOOTHING + int(people[0]))
    for column in columns:
        con.execute(
            f"CREATE OR REPLACE TABLE tf_{column} AS SELECT {column}, count(*) * {rarest!r} AS tf_{column} "
            f"FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}"
        )
    return rarest


def place_shares(con: Connection, table: str) -> dict[str, float]:
    """How often two persons of `table` share kab, kec and desa."""
    counts = {}
    for level in USUAL_SHARES:
        groups = f"SELECT count(*) AS n FROM {table} WHERE {level} IS NOT NULL GROUP BY {level}"
        people, pairs = con.execute(f"SELECT sum(n), sum(n * n) FROM ({groups})").fetchone() or (None, None)
        counts[level] = (float(people or 0), float(pairs or 0))
    return shares_of(counts)


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
