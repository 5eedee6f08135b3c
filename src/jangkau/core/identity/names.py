"""Names made comparable by the rules of `data/nama.csv`: one name, or a whole column."""

import polars as pl

from jangkau.core import engine
from jangkau.core.identity.name_columns import forms
from jangkau.core.identity.name_reader import reader
from jangkau.core.identity.name_words import encoded
from jangkau.core.tables.schema import Frame

_ADDED = ("nama_baku", "nama_bunyi", "kata_pertama", "kata_akhir")


def normalise(text: str) -> str:
    """Upper-case words of a name without titles, degrees, bin/binti, notes and nicknames; abbreviations spelled out.

    Nothing but a title (Hj., Bapak) is no name: "". `normalise(normalise(x)) == normalise(x)`.
    """
    return reader().normalise(text)


def phonetic(text: str) -> str:
    """The sounds of a name, words sorted: equal for spellings of one name (SOEKARNO, SUKARNO)."""
    return reader().phonetic(text)


def normalise_frame(frame: Frame, column: str) -> Frame:
    """The frame with `nama_baku`, `nama_bunyi` (sounds, sorted), `kata_pertama` and `kata_akhir` (sounds).

    Null stays null; equal to `normalise` and `phonetic` of each name, "" where there is no name.
    """
    native = engine.polars(frame)
    names, row = encoded(native.get_column(column).cast(pl.String))
    made = forms(names).select(pl.col(_ADDED).fill_null("").gather(row))
    return engine.frame(native.with_columns(made))
