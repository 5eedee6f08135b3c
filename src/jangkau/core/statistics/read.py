"""A file of weighted microdata as a sample: which column says what is told by the caller, cells are checked."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.kernel.problems import Problem
from jangkau.core.register_files import open_table
from jangkau.core.statistics.design import Floats, Ints, Lonely, make_design
from jangkau.core.statistics.measures import Sample

ALL = "SEMUA"
_TRUTH = {word: digit for digit, words in (("1", ("TRUE", "true")), ("0", ("FALSE", "false"))) for word in words}
_MISSING = ["", "NA", "NAN", "NULL", "."]


@dataclass(frozen=True)
class Columns:
    """Names of the columns of a file; None: the file has none such."""

    value: str
    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    fpc: str | None = None
    by: str | None = None
    divisor: str | None = None


@dataclass(frozen=True)
class Microdata:
    """A sample, the rows of each domain by its label, a second variable; how many rows had no value or domain, and
    columns whose points, read as decimal points, could be thousands.
    """

    sample: Sample
    domains: dict[str, Ints]
    divisor: Floats | None
    no_value: int = 0
    no_domain: int = 0
    pointed: tuple[str, ...] = ()


def read_microdata(path: Path, columns: Columns, lonely: Lonely = Lonely.FAIL) -> Microdata:
    """The file (CSV, Parquet, xlsx) as a sample.

    A row without a value is not counted but stays in the design. Raises SURVEI_TIDAK_ADA, BERKAS_RUSAK, SURVEI_KOLOM,
    SURVEI_ANGKA, SURVEI_KOSONG (weight, strata or first unit missing), SURVEI_BOBOT, SURVEI_TANPA_BARIS and what the
    design raises.
    """
    if not path.is_file():
        raise Problem("SURVEI_TIDAK_ADA", berkas=path.name)
    table = open_table(path, path.name)
    if table.is_empty():
        raise Problem("SURVEI_TANPA_BARIS", berkas=path.name)
    value = _numbers(table, columns.value, path.name)
    weight = _weights(table, columns.weight, path.name)
    fpc = None if columns.fpc is None else _whole(_numbers(table, columns.fpc, path.name), columns.fpc)
    strata, psu = (_codes(table, name, path.name) for name in (columns.strata, columns.psu))
    design = make_design(weight, strata, psu, fpc, lonely)
    domains, no_domain = _domains(table, columns.by, path.name)
    divisor = None if columns.divisor is None else _numbers(table, columns.divisor, path.name)
    pointed = tuple(name for name in (columns.value, columns.weight) if name and _pointed(table, name, path.name))
    return Microdata(Sample(design, value), domains, divisor, int(np.isnan(value).sum()), no_domain, pointed)


def read_numbers(path: Path, names: list[str]) -> list[Floats]:
    """Columns of the file as numbers, NaN where it has none, in the order of its rows. Raises as `read_microdata`."""
    table = open_table(path, path.name)
    return [_numbers(table, name, path.name) for name in names]


def _column(table: pl.DataFrame, name: str, file: str) -> pl.Series:
    found = next((column for column in table.columns if column.strip() == name.strip()), None)
    if found is None:
        raise Problem("SURVEI_KOLOM", kolom=name, berkas=file, ada=", ".join(table.columns[:30]))
    return table[found]


def _numbers(table: pl.DataFrame, name: str, file: str) -> Floats:
    """A column as numbers, NaN where the file has none."""
    raw = _column(table, name, file)
    if not raw.dtype.is_numeric():
        text = _words(raw).replace(_TRUTH)
        raw = text.str.replace(r"^(-?\d+),(\d+)$", "$1.$2").cast(pl.Float64, strict=False)
        _refuse(name, raw.is_null() & text.is_not_null(), text)
        _refuse(name, _unclear(text, ","), text)
    found = raw.cast(pl.Float64)
    _refuse(name, found.is_infinite().fill_null(value=False), found)
    return found.fill_null(float("nan")).to_numpy()


def _pointed(table: pl.DataFrame, name: str, file: str) -> bool:
    raw = _column(table, name, file)
    return raw.dtype == pl.String and bool(_unclear(_words(raw), ".").any())


def _unclear(text: pl.Series, mark: str) -> pl.Series:
    """Cells such as 1,234, where no other cell of the column tells whether the mark parts thousands or decimals."""
    marked = text.str.contains(mark, literal=True).fill_null(value=False)
    groups = text.str.contains(rf"^-?[1-9]\d{{0,2}}[{mark}]\d{{3}}$").fill_null(value=False)
    return groups & bool((marked == groups).all())


def _refuse(name: str, wrong: pl.Series, shown: pl.Series) -> None:
    if wrong.any():
        first = int(wrong.arg_true()[0])
        raise Problem("SURVEI_ANGKA", kolom=name, jumlah=int(wrong.sum()), urut=first + 1, teks=str(shown[first])[:40])


def _words(raw: pl.Series) -> pl.Series:
    text = raw.cast(pl.String).str.strip_chars()
    return text.set(text.str.to_uppercase().is_in(_MISSING).fill_null(value=True), None)


def _whole(values: Floats, name: str) -> Floats:
    lacking = np.flatnonzero(np.isnan(values))
    if len(lacking):
        raise Problem("SURVEI_KOSONG", kolom=name, jumlah=len(lacking), urut=int(lacking[0]) + 1)
    return values


def _weights(table: pl.DataFrame, name: str | None, file: str) -> Floats:
    if name is None:
        return np.ones(len(table))
    weight = _whole(_numbers(table, name, file), name)
    if (weight < 0).any() or not (weight > 0).any():
        raise Problem("SURVEI_BOBOT", kolom=name, jumlah=int((weight < 0).sum()))
    return weight


def _codes(table: pl.DataFrame, name: str | None, file: str) -> Ints | None:
    if name is None:
        return None
    text = _words(_column(table, name, file))
    lacking = text.is_null()
    if lacking.any():
        raise Problem("SURVEI_KOSONG", kolom=name, jumlah=int(lacking.sum()), urut=int(lacking.arg_true()[0]) + 1)
    return text.rank("dense").to_numpy().astype(np.int64)


def _domains(table: pl.DataFrame, name: str | None, file: str) -> tuple[dict[str, Ints], int]:
    if name is None:
        return {ALL: np.arange(len(table))}, 0
    text = _words(_column(table, name, file))
    rows = pl.DataFrame({"nama": text, "baris": np.arange(len(table))}).drop_nulls()
    if rows.is_empty():
        raise Problem("SURVEI_KOSONG", kolom=name, jumlah=len(table), urut=1)
    number = pl.col("nama").cast(pl.Float64, strict=False)
    grouped = rows.group_by("nama").agg("baris").sort(number, "nama", nulls_last=True)
    found = zip(grouped["nama"].to_list(), grouped["baris"], strict=True)
    return {label: np.sort(place.to_numpy()) for label, place in found}, text.null_count()
