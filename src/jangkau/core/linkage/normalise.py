"""Both sides of a linkage in one comparable form, made once per frame and kept as a DuckDB table."""

from typing import Any

import duckdb
import narwhals as nw

from jangkau.core.identity import names
from jangkau.core.identity.nik import is_placeholder
from jangkau.core.tables.schema import Frame

Connection = duckdb.DuckDBPyConnection

_TEXT = ("id", "nikt", "nama", "bunyi", "awal", "akhir", "jk", "kab", "kec", "desa", "hp")


def comparable(frame: Frame, key: str) -> Frame:
    """One row per row of `frame`, in its order: `rid` 0, 1, ..., `id` (the key) and the fields that are compared.

    A NIK that is no NIK (placeholder, not 16 digits) is null in `nik`; `nikt` holds the digits as far as they were
    read. A region code fills `kab`, `kec`, `desa` as far as it goes.
    """
    have = set(frame.columns)
    named = _with_names(frame)
    place = _first_of([c for c in ("kode_desa", "kode_wilayah") if c in have])
    digits = _first_of([c for c in ("nik", "nik_dugaan") if c in have])
    sides = named.with_row_index("rid").with_columns(
        nw.col("rid").cast(nw.Int32()), id=nw.col(key), tempat=place, nikt=_clean_digits(digits)
    )
    sides = sides.with_columns(
        nik=_number("nikt"),
        kk=_number("no_kk") if "no_kk" in have else nw.lit(None).cast(nw.Int64()),
        lahir=nw.col("tanggal_lahir").cast(nw.Date()),
        jk=nw.col("jenis_kelamin"),
        kab=_prefix("tempat", 4),
        kec=_prefix("tempat", 6),
        desa=_prefix("tempat", 10),
        hp=nw.col("no_hp") if "no_hp" in have else nw.lit(None),
    )
    return sides.with_columns(nw.col(c).cast(nw.String()) for c in _TEXT).select(
        "rid", "id", "nik", "nikt", "nama", "bunyi", "awal", "akhir", "lahir", "jk", "kk", "kab", "kec", "desa", "hp"
    )  # fmt: skip


def store(con: Connection, table: str, side: Frame, common: list[str]) -> None:
    """Keep a comparable frame as a DuckDB table, with the telling words of its names as a list (`kata`).

    The `common` words tell little; they count only in a name that has no others.
    """
    con.register("masuk", side.to_arrow())
    words = "[" + ", ".join(f"'{word}'" for word in common) + "]::VARCHAR[]"
    con.execute(
        f"CREATE OR REPLACE TABLE {table} AS WITH pecah AS ("
        "SELECT *, list_distinct(string_split(bunyi, ' ')) AS semua FROM masuk) "
        "SELECT * EXCLUDE (semua), "
        f"CASE WHEN NOT list_has_any(semua, {words}) OR list_has_all({words}, semua) THEN semua "
        f"ELSE list_filter(semua, lambda k: NOT list_contains({words}, k)) END AS kata FROM pecah ORDER BY rid"
    )
    con.unregister("masuk")


def common_words(con: Connection, side: Frame) -> list[str]:
    """Name words (letters A-Z) that one person in fifty bears, such as MUHAMMAD and SITI; sorted."""
    con.register("masuk", side.select("bunyi").to_arrow())
    found = con.execute(
        "SELECT kata FROM (SELECT unnest(string_split(bunyi, ' ')) AS kata FROM masuk) WHERE kata SIMILAR TO '[A-Z]+' "
        f"GROUP BY kata HAVING count(*) >= greatest({COMMON_AT_LEAST}, {COMMON_SHARE} * (SELECT count(*) FROM masuk)) "
        "ORDER BY kata"
    ).fetchall()
    con.unregister("masuk")
    return [row[0] for row in found]


COMMON_AT_LEAST = 100
COMMON_SHARE = 0.02


def _with_names(frame: Frame) -> Frame:
    distinct = frame.select("nama").unique(maintain_order=True)
    forms = names.normalise_frame(distinct, "nama")
    joined = frame.join(forms, on="nama", how="left")
    new = {"nama": "nama_baku", "bunyi": "nama_bunyi", "awal": "kata_pertama", "akhir": "kata_akhir"}
    return joined.with_columns(**{to: _blank_to_null(column) for to, column in new.items()})


def _blank_to_null(column: str) -> nw.Expr:
    return nw.when(nw.col(column) != "").then(nw.col(column))


def _first_of(columns: list[str]) -> nw.Expr:
    parts = [nw.col(column).cast(nw.String()) for column in columns]
    return nw.coalesce(*parts) if parts else nw.lit(None).cast(nw.String())


def _clean_digits(digits: nw.Expr) -> nw.Expr:
    """Ten digits at least, and no digits typed only to fill the cell."""
    usable = digits.str.contains(r"^\d{10,16}$") & ~digits.str.contains(r"^\d{6}(0+|1+|9+)$")
    return nw.when(usable & ~digits.is_in(_PLACEHOLDERS)).then(digits)


_PLACEHOLDERS = [
    text for text in (*(str(d) * 16 for d in range(10)), "1234567890123456", "0123456789012345") if is_placeholder(text)
]


def _number(column: str) -> nw.Expr:
    """Sixteen digits as an integer, else null."""
    text = nw.col(column).cast(nw.String())
    return nw.when(text.str.contains(r"^\d{16}$")).then(text).cast(nw.Int64())


def _prefix(column: str, digits: int) -> nw.Expr:
    return nw.when(nw.col(column).str.len_chars() >= digits).then(nw.col(column).str.slice(0, digits))


def frequencies(con: Connection, table: str) -> float:
    """How common each name sound and birth date is in `table`, as tables `tf_bunyi` and `tf_lahir`; returns the rarest.

    Smoothed towards the rarest, so that a register of three rows does not call every name common.
    """
    people = con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    rarest = 1 / (SMOOTHING + int(people[0]))
    for column in ("bunyi", "lahir"):
        con.execute(
            f"CREATE OR REPLACE TABLE tf_{column} AS SELECT {column}, count(*) * {rarest!r} AS tf_{column} "
            f"FROM {table} WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY {column}"
        )
    return rarest


SMOOTHING = 20_000


def place_shares(con: Connection, table: str) -> dict[str, float]:
    """How often two persons of `table` share kab, kec and desa; each at least a little more than the narrower one."""
    shares: dict[str, float] = {}
    narrower = 0.0
    for level, usual in USUAL_SHARES.items():
        query = f"SELECT sum(n), sum(n * n) FROM (SELECT count(*) AS n FROM {table} WHERE {level} IS NOT NULL GROUP BY {level})"
        people, pairs = con.execute(query).fetchone() or (None, None)
        people, pairs = float(people or 0), float(pairs or 0)
        observed = (pairs - people) / (people * (people - 1)) if people > 1 else usual
        weight = people / (people + PLACE_SMOOTHING)
        narrower = shares[level] = max(weight * observed + (1 - weight) * usual, narrower * 1.01)
    return shares


USUAL_SHARES = {"desa": 0.001, "kec": 0.01, "kab": 0.12}
PLACE_SMOOTHING = 1_000


def open_connection(threads: int, memory: str) -> Connection:
    """An in-memory DuckDB that keeps row order out of results (every query that matters orders its rows)."""
    config: dict[str, Any] = {"threads": threads, "memory_limit": memory}
    return duckdb.connect(":memory:", config=config)


__all__ = [
    "Connection", "common_words", "comparable", "frequencies", "open_connection", "place_shares", "store",
]  # fmt: skip
