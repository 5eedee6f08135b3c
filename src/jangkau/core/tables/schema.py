"""How a table is declared, and the check that runs where it crosses a border."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import narwhals as nw
from narwhals.dtypes import DType
from narwhals.typing import IntoFrame

from jangkau.core.kernel.problems import Problem

Frame = nw.DataFrame[Any]


class Privacy(StrEnum):
    """What a column may reveal; drives masking, redaction, exports and suppression."""

    IDENTIFIER = "pengenal"
    PERSONAL = "pribadi"
    SENSITIVE = "peka"
    PUBLIC = "umum"


@dataclass(frozen=True)
class Column:
    """One column: `choices` limits its values, `required` forbids null. Of a `limit`, null means anything goes: a row
    whose limit cannot be read is not used.
    """

    name: str
    dtype: DType
    meaning: str
    privacy: Privacy
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    limit: bool = False


@dataclass(frozen=True)
class Table:
    """A declared table: one row per `row`, unique on `key`."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Column names in declared order."""
        return [column.name for column in self.columns]

    @property
    def schema(self) -> dict[str, DType]:
        """Column name -> dtype, in declared order."""
        return {column.name: column.dtype for column in self.columns}

    def empty(self) -> Frame:
        """The table with no rows, on the default engine."""
        return self.conform(nw.from_dict({name: [] for name in self.names}, self.schema, backend="polars"))

    def check(self, native: IntoFrame) -> Frame:
        """The frame with exactly the declared columns, in order. Raises TABEL_SALAH at the first fault.

        Extra columns are left out; a missing column, another dtype, a null, a value outside the choices or
        a key that stands twice is a fault.
        """
        frame = collect(native)
        self._need(frame)
        frame = frame.select(self.names)
        for column in self.columns:
            self._check_column(frame, column)
        if self.key and frame.select(self.key).is_duplicated().any():
            self._fail(f"kunci {', '.join(self.key)} tidak unik")
        return frame

    def conform(self, native: IntoFrame) -> Frame:
        """`check` after casting, and after adding as null the optional columns that are missing."""
        frame = collect(native)
        missing = [c for c in self.columns if c.name not in frame.columns and not c.required]
        frame = frame.with_columns(nw.lit(None).cast(c.dtype).alias(c.name) for c in missing)
        self._need(frame)
        wrong = [c for c in self.columns if frame.schema[c.name] != c.dtype]
        return self.check(frame.with_columns(nw.col(c.name).cast(c.dtype) for c in wrong))

    def _need(self, frame: Frame) -> None:
        missing = [name for name in self.names if name not in frame.columns]
        if missing:
            self._fail(f"kolom {', '.join(missing)} tidak ada")

    def _check_column(self, frame: Frame, column: Column) -> None:
        series = frame[column.name]
        if series.dtype != column.dtype:
            self._fail(f"kolom {column.name} bertipe {series.dtype}, bukan {column.dtype}")
        if column.required and series.null_count():
            self._fail(f"kolom {column.name} kosong pada {series.null_count()} baris")
        if column.choices and not series.drop_nulls().is_in(column.choices).all():
            self._fail(f"kolom {column.name} berisi nilai selain {', '.join(column.choices)}")

    def _fail(self, cause: str) -> None:
        raise Problem("TABEL_SALAH", tabel=self.name, sebab=cause)


def collect(native: IntoFrame) -> Frame:
    """Any frame that Narwhals knows, as an eager Narwhals frame; a lazy one comes to the default engine."""
    frame = nw.from_native(native)
    return frame.collect("polars") if isinstance(frame, nw.LazyFrame) else frame


def columns(*groups: Column | Iterable[Column]) -> tuple[Column, ...]:
    """Flatten columns and groups of columns."""
    flat: list[Column] = []
    for group in groups:
        flat.extend([group] if isinstance(group, Column) else group)
    return tuple(flat)
