"""Reading figures: the counting's own, those typed in, and those that others published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.conf import settings as site

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.monitoring.models import Counting, Figure, file_of
from jangkau.core.coverage import Indicator, indicators
from jangkau.core.identity.regions import LEVELS
from jangkau.core.tables.figures import ANGKA

SMALL, CHANGED = "kecil", "perubahan.parquet"
AHEAD, TRIED, STEPS = "ramalan.parquet", "uji_ramalan.parquet", "corong.parquet"
CHANGES: dict[str, Any] = {
    **dict.fromkeys(("wilayah", "segmen", "langkah"), pl.String), "orang": pl.Int64, "perubahan": pl.Int64,
    "sejak": pl.Date, "sampai": pl.Date,
}  # fmt: skip
_OPEN = {"kewajiban", "dana", "angkatan_kerja"}  # sources that tell nothing about a person
_TYPES = {"Date": pl.Date, "Float64": pl.Float64, "String": pl.String}
SCHEMA: dict[str, Any] = {name: _TYPES[str(kind)] for name, kind in ANGKA.schema.items()}


def newest() -> Counting | None:
    """The counting in use."""
    return Counting.objects.first()


def angka(counting: Counting) -> pl.DataFrame:
    """Every figure of a counting (ANGKA), by region."""
    return pl.concat([pl.read_parquet(counting.folder / file_of(length)) for length in LEVELS])


def of_region(counting: Counting, code: str, *wanted: str) -> pl.DataFrame:
    """All figures of one region: every cut and day; of the indicators `wanted`, where any is named."""
    rows = _scan(counting, len(code)).filter(pl.col("wilayah") == code)
    return _only(rows, wanted).collect()


def below(counting: Counting, code: str, *wanted: str) -> pl.DataFrame:
    """The uncut figures of the regions directly below one."""
    deeper = [length for length in LEVELS if length > len(code)]
    if not deeper:
        return pl.DataFrame(schema=SCHEMA)
    inside = pl.col("wilayah").is_between(pl.lit(code), pl.lit(code + ":"))  # ":" follows "9"
    return _only(_scan(counting, deeper[0]).filter(inside, pl.col("potongan") == ""), wanted).collect()


def _scan(counting: Counting, length: int) -> pl.LazyFrame:
    return pl.scan_parquet(counting.folder / file_of(length))


def _only(rows: pl.LazyFrame, wanted: Iterable[str]) -> pl.LazyFrame:
    names = list(wanted)
    return rows.filter(pl.col("indikator").is_in(names)) if names else rows


def typed(code: str, *wanted: str) -> pl.DataFrame:
    """Figures of one region that were typed in and not withdrawn, as ANGKA."""
    found = Figure.objects.filter(wilayah=code, withdrawn_at=None)
    found = found.filter(indikator__in=wanted) if wanted else found
    rows = [{**row, "asal": "diketik"} for row in found.values(*(name for name in ANGKA.names if name != "asal"))]
    told = pl.DataFrame(rows, schema=SCHEMA)
    share = (100.0 * pl.col("pembilang") / pl.col("penyebut")).round(4)
    return told.with_columns(nilai=pl.col("nilai").fill_null(share))


def veiled(rows: pl.DataFrame, user: User, code: str) -> pl.DataFrame:
    """Adds `kecil`: for who may see no persons there, counts below the threshold are taken out and marked."""
    if allowed(user, "people.view", code):
        return rows.with_columns(pl.lit(value=False).alias(SMALL))
    return closed(rows)


def closed(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `kecil`: counts of persons below the threshold are taken out and marked, for readers who may see none."""
    least = site.JANGKAU_SMALL_CELLS
    persons = [known.kode for known in indicators().values() if set(_names(known)) - _OPEN]
    few = [
        pl.col(name).is_between(0, least, closed="none").fill_null(value=False) for name in ("pembilang", "penyebut")
    ]
    hidden = pl.col("indikator").is_in(persons) & (few[0] | few[1])
    told = rows.with_columns(hidden.alias(SMALL))
    numbers = ("pembilang", "penyebut", "nilai", "galat_baku", "bawah", "atas")
    return told.with_columns(pl.when(~pl.col(SMALL)).then(pl.col(name)).alias(name) for name in numbers)


def _names(indicator: Indicator) -> list[str]:
    return [name for source in indicator.sumber for name in source.split(" dan ")]


@dataclass(frozen=True)
class At:
    """Where a page looks: a region, an indicator, and the day; None is the newest."""

    code: str
    indicator: Indicator
    per: date | None = None


def series(rows: pl.DataFrame, code: str, cut: str = "") -> pl.DataFrame:
    """The figures of one indicator over time, uncut or by one cut."""
    return rows.filter(pl.col("indikator") == code, pl.col("potongan") == cut).sort("per", "kelas")


def on(rows: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """The rows of a day; of the newest day where none is given."""
    return rows.filter(pl.col("per") == (pl.lit(day) if day else pl.col("per").max()))


def changes(counting: Counting, code: str) -> pl.DataFrame:
    """How people covered in a region came and went, from snapshot to snapshot and over a year: PERUBAHAN with `sejak`
    and `sampai`."""
    rows = _beside(counting, CHANGED, CHANGES)
    return rows.filter(pl.col("wilayah") == code) if len(rows) else pl.DataFrame(schema=CHANGES)


def ahead(counting: Counting, code: str, indicator: str) -> pl.DataFrame:
    """The months to come as this counting forecast them: ANGKA; empty where it could not."""
    rows = _beside(counting, AHEAD, SCHEMA)
    return rows.filter(pl.col("wilayah") == code, pl.col("indikator") == indicator).sort("per")


def tried(counting: Counting, code: str) -> pl.DataFrame:
    """How far forecasts lay from what came, by months ahead: UJI_RAMALAN."""
    return _beside(counting, TRIED, {"wilayah": pl.String, "jarak": pl.Int64}).filter(pl.col("wilayah") == code)


def steps(counting: Counting, code: str) -> pl.DataFrame:
    """From list to claim, one row a step: CORONG."""
    return _beside(counting, STEPS, {"wilayah": pl.String, "urut": pl.Int64}).filter(wilayah=code).sort("urut")


def _beside(counting: Counting, name: str, schema: dict[str, Any]) -> pl.DataFrame:
    path = counting.folder / name
    return pl.read_parquet(path) if path.is_file() else pl.DataFrame(schema=schema)
