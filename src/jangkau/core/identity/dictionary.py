"""Every name ever seen with its comparable forms: a name is normalised once, however many rows and runs bear it.

`NameDictionary(table)` of an earlier one, `ids(column)` (a number a row; only new names are normalised), `table` (one
row a distinct name, row number = id). It is kept with the register whose names it holds (`linkage/store.py`).
"""

from functools import cache
from hashlib import blake2b
from importlib.resources import files

import polars as pl

from jangkau.core import engine
from jangkau.core.identity.name_columns import FORMS, forms
from jangkau.core.identity.name_words import encoded
from jangkau.core.tables.schema import Frame

_MADE_BY = ("name_rules.py", "name_reader.py", "name_words.py", "name_columns.py", "dictionary.py", "data/nama.csv")


@cache
def version() -> str:
    """Names the rules and the code that make the forms; another version makes a kept dictionary worthless."""
    room = files("jangkau.core.identity")
    return blake2b(b"\0".join((room / name).read_bytes() for name in _MADE_BY), digest_size=8).hexdigest()


class NameDictionary:
    """Distinct names and their forms, growing as names come; ids stay what they are.

    `table`, one row a distinct name, row number = id:
    `nama` as written; `nama_baku` normalised; `nama_bunyi` its sounds, sorted; `kata_pertama`, `kata_akhir` first and
    last sound; `huruf` a number equal for names of the same letters in any order; `kata` the distinct sounds that tell
    one person from another. What is no name (no letters, only titles) has null in every form.
    """

    def __init__(self, table: pl.DataFrame | None = None) -> None:
        self._table = pl.DataFrame(schema=FORMS) if table is None else table

    def __len__(self) -> int:
        return len(self._table)

    @property
    def table(self) -> Frame:
        """One row a distinct name; the row number is its id."""
        return engine.frame(self._table)

    def ids(self, names: pl.Series) -> pl.Series:
        """The id (UInt32) of each name, null for null; names not seen before are normalised and added, sorted."""
        asked, row = encoded(names.cast(pl.String))
        numbered = self._numbered(asked)
        new = asked.filter(numbered.is_null())
        if len(new):
            self._table = pl.concat([self._table, forms(new.sort())], rechunk=True)
            numbered = self._numbered(asked)
        return numbered.gather(row)

    def _numbered(self, names: pl.Series) -> pl.Series:
        known = self._table.select("nama", id=pl.int_range(pl.len(), dtype=pl.UInt32))
        return names.alias("nama").to_frame().join(known, on="nama", how="left", maintain_order="left")["id"]

    def forms(self, names: pl.Series) -> Frame:
        """The forms of each name, one row a name in its order; all null for null."""
        ids = self.ids(names)
        return engine.frame(self._table.select(pl.all().gather(ids)).with_columns(nama=names.cast(pl.String)))
