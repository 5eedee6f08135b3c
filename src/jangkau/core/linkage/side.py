"""One list in comparable form: a row a record, a row a distinct name, kept apart so that a name is held once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

Numbers = np.ndarray[Any, np.dtype[np.int32]]
NAME = "id_nama"


@dataclass(frozen=True)
class Side:
    """`rows`: the row number is the record's `rid`; `names`: the row number is what `rows["id_nama"]` holds.

    A list without a dictionary of names has all its columns in `rows`.
    """

    rows: pl.DataFrame
    names: pl.DataFrame

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rids: Numbers, columns: Sequence[str], suffix: str = "") -> pl.DataFrame:
        """The `columns` of records, one row a rid."""
        own = [name for name in columns if name in self.rows.columns]
        shared = [name for name in columns if name not in own]
        place = pl.Series(rids)
        taken = self.rows.select(pl.col(name).gather(place).alias(name + suffix) for name in own)
        if shared:
            names = self.rows[NAME].gather(place)
            told = self.names.select(pl.col(name).gather(names).alias(name + suffix) for name in shared)
            return pl.concat([taken, told], how="horizontal") if own else told
        return taken

    def table(self, columns: Sequence[str]) -> pl.DataFrame:
        """Every record with these columns, and its `rid`."""
        rids = np.arange(len(self), dtype=np.int32)
        return self.take(rids, columns).insert_column(0, pl.Series("rid", rids))


def whole(rows: pl.DataFrame) -> Side:
    """A side of one table that holds every column."""
    return Side(rows, pl.DataFrame())
