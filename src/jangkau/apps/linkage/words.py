"""The words of names as they sound: old spellings, abbreviations, titles and bin or binti make no difference."""

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise, normalise_frame, phonetic

LONGEST = 60


def words_of(names: pl.DataFrame) -> pl.DataFrame:
    """person, nama -> person, word: each word once a person."""
    if names.is_empty():
        return pl.DataFrame(schema={"person": pl.Int64, "word": pl.String})
    distinct = names.select("nama").drop_nulls().unique(maintain_order=True)
    sounds = polars(normalise_frame(frame(distinct), "nama")).select("nama", word=pl.col("nama_bunyi").str.split(" "))
    words = sounds.explode("word").filter(pl.col("word") != "").with_columns(pl.col("word").str.head(LONGEST))
    return names.join(words, on="nama").select("person", "word").unique()


def asked(text: str) -> list[str]:
    """The words that a searched name asks for, in its order."""
    heard = [phonetic(word) for word in normalise(text).split()]
    return [word[:LONGEST] for word in dict.fromkeys(heard) if word]
