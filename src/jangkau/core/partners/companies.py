"""The register of companies as it is imported: their numbers stay as they are, what cannot be one is left out."""

from pathlib import Path
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.register_files import note, read_register
from jangkau.core.tables.partners import PERUSAHAAN
from jangkau.core.tables.schema import Frame

NUMBERS = ("nib", "npp", "npwp")  # in the order in which a company is known by them
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")
_RIGHT = {"nib": r"^\d{13}$", "npwp": r"^\d{15,16}$", "npp": r"^[0-9A-Z]{4,20}$"}


def clean(kind: str, text: str) -> str | None:
    """A number as it is kept: without points, blanks and strokes; None where it cannot be one of its kind."""
    found = pl.select(_cleaned(kind, pl.lit(text))).item()
    return None if found is None else str(found)


def read_companies(path: Path, shown: str, notes: list[dict[str, Any]]) -> Frame:
    """A file (CSV, xlsx, Parquet) as PERUSAHAAN; what is wrong is added to `notes` as rows of MASALAH.

    A number that cannot be one of its kind is left out, never mended; a row without any number cannot be known again
    and is left out, and so is a later row with a number seen before. Raises BERKAS_RUSAK, TABEL_SALAH.
    """
    rows = polars(read_register(path, shown, PERUSAHAAN, notes))
    typed = rows.with_columns(_cleaned(name, pl.col(name)).alias(name) for name in NUMBERS)
    for name in NUMBERS:
        lost = typed[name].null_count() - rows[name].null_count()
        if lost:
            notes.append(note("PERUSAHAAN_NOMOR", shown, kolom=name, jumlah=lost))
    known = typed.filter(pl.any_horizontal(pl.col(NUMBERS).is_not_null()))
    if len(known) < len(typed):
        notes.append(note("PERUSAHAAN_TANPA_NOMOR", shown, jumlah=len(typed) - len(known)))
    single = known
    for name in NUMBERS:
        single = single.filter(pl.col(name).is_null() | pl.col(name).is_first_distinct())
    if len(single) < len(known):
        notes.append(note("PERUSAHAAN_GANDA", shown, jumlah=len(known) - len(single)))
    return PERUSAHAAN.check(frame(single.with_columns(_programmes().alias("program"))))


def _cleaned(kind: str, text: pl.Expr) -> pl.Expr:
    bare = text.str.to_uppercase().str.replace_all(r"[\s.\-/']", "")
    return pl.when(bare.str.contains(_RIGHT[kind])).then(bare)


def _programmes() -> pl.Expr:
    """Known programmes, whatever stands between them, in one order."""
    words = pl.col("program").str.to_uppercase().str.extract_all("[A-Z]+")
    kept = [pl.when(words.list.contains(name)).then(pl.lit(name)) for name in PROGRAMMES]
    return pl.when(pl.col("program").is_not_null()).then(pl.concat_list(kept).list.drop_nulls().list.join("|"))
