"""Forms of many names at once: each distinct name once, each distinct word once."""

import hashlib

import polars as pl

from jangkau.core import engine
from jangkau.core.identity.names import normalise_frame

FORMS: dict[str, pl.DataType | type[pl.DataType]] = {
    "nama": pl.String,
    "nama_baku": pl.String,
    "nama_bunyi": pl.String,
    "kata_pertama": pl.String,
    "kata_akhir": pl.String,
    "huruf": pl.Int64,
    "kata": pl.List(pl.String),
}


def forms(names: pl.Series) -> pl.DataFrame:
    """FORMS, one row a name in its order; null where a name has no letters."""
    made = engine.polars(normalise_frame(engine.frame(names.alias("nama").to_frame()), "nama"))
    letters = pl.Series([_letters(text) for text in made.get_column("nama_baku").to_list()], dtype=pl.Int64)
    blank = [pl.col(c).replace("", None) for c in ("nama_baku", "nama_bunyi", "kata_pertama", "kata_akhir")]
    made = made.with_columns(*blank, huruf=letters)
    return made.with_columns(
        huruf=pl.when(pl.col("nama_baku").is_not_null()).then("huruf"),
        kata=pl.col("nama_bunyi").str.split(" ").list.unique(maintain_order=True),
    ).select(*FORMS)


def _letters(text: str | None) -> int | None:
    """Equal for texts of the same letters, in any order and with any blanks."""
    return sum(_weight(letter) for letter in text if letter != " ") % 2**63 if text is not None else None


def _weight(letter: str) -> int:
    return int.from_bytes(hashlib.blake2b(letter.encode(), digest_size=7).digest())
