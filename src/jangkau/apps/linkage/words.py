"""The words of names as they sound: old spellings, abbreviations, titles and bin or binti make no difference."""

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise, normalise_frame, phonetic

LONGEST = 29  # letters of a word; two of them and a blank fit a key


def words_of(names: pl.DataFrame) -> pl.DataFrame:
    """person, nama -> person, word: each word once a person, and each two words of one name as a pair (see `pair`).

    Two words that many people bear each may be borne together by few: a pair is found without walking either.
    """
    if names.is_empty():
        return pl.DataFrame(schema={"person": pl.Int64, "word": pl.String})
    distinct = names.select("nama").drop_nulls().unique(maintain_order=True)
    sounds = polars(normalise_frame(frame(distinct), "nama")).select("nama", word=pl.col("nama_bunyi").str.split(" "))
    words = sounds.explode("word").filter(pl.col("word") != "").with_columns(pl.col("word").str.head(LONGEST)).unique()
    both = words.join(words, on="nama", suffix="_b").filter(pl.col("word") < pl.col("word_b"))
    pairs = both.select("nama", pl.concat_str("word", "word_b", separator=" ").alias("word"))
    return names.join(pl.concat([words, pairs]), on="nama").select("person", "word").unique()


def pair(one: str, other: str) -> str:
    """The key of two words of one name, whichever is first."""
    return f"{min(one, other)} {max(one, other)}"


def asked(text: str) -> list[str]:
    """The words that a searched name asks for, in its order."""
    heard = [phonetic(word) for word in normalise(text).split()]
    return [word[:LONGEST] for word in dict.fromkeys(heard) if word]
