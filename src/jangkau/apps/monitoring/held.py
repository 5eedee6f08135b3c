"""What a figure is held against: targets of every series, the nation, and what others say of the same thing."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from jangkau.apps.monitoring import reading
from jangkau.apps.registry import selectors as registry
from jangkau.core import coverage
from jangkau.core.coverage import Indicator
from jangkau.core.coverage.published import NATION
from jangkau.core.engine import frame, polars
from jangkau.core.tables.figures import ANGKA

Row = dict[str, Any]


@dataclass(frozen=True)
class Aim:
    """One target: of which series, for which region and year (None is unknown), in percent or people."""

    nama: str
    wilayah: str
    tahun: int | None
    persen: float | None
    jumlah: int | None
    penyebut: str | None
    sumber: str | None


def aims(code: str, indicator: Indicator) -> list[Aim]:
    """The targets of a region for an indicator, and of the regions above it: its own first, then the nearest year.

    A year or value that nobody named is None, and comes last.
    """
    held = {NATION: 0, code[:2]: 2, code[:4]: 4, code[:6]: 6, code: len(code)}
    rows = [row for row in polars(coverage.targets(registry.targets())).rows(named=True) if row["wilayah"] in held]
    told = [
        Aim(
            row["nama"], row["wilayah"], row["tahun"], row["persen"], row["jumlah"], row["nama_penyebut"], row["sumber"]
        )
        for row in rows
        if _of(row["indikator"], indicator)
    ]
    return sorted(told, key=lambda aim: (-held[aim.wilayah], aim.tahun is None, aim.tahun or 0, aim.nama))


def _of(name: str, indicator: Indicator) -> bool:
    """Whether a target is of the indicator; one that says only `Cakupan ...` is of coverage as a whole."""
    words = name.lower().replace("_", " ").split()
    general = indicator.kode == "cakupan" and words[:1] == ["cakupan"]
    return name.lower() in {indicator.kode, indicator.nama.lower()} or (
        general and not {"rentan", "formal", "informal", "warga"} & {*words}
    )


def next_aim(told: list[Aim], per: date | None) -> Aim | None:
    """The target in percent that the nearest region has for the year of a day, or for the next year."""
    year = per.year if per else 0
    return next((aim for aim in told if aim.tahun and aim.tahun >= year and aim.persen is not None), None)


@cache
def _published() -> pl.DataFrame:
    return polars(coverage.published())


def others(code: str, kode: str) -> pl.DataFrame:
    """What documents say of the same thing, published with the programme or typed in here: ANGKA, by day."""
    told = _published().filter(pl.col("wilayah") == code, pl.col("indikator") == kode, pl.col("potongan") == "")
    typed = reading.typed(code, kode).filter(pl.col("potongan") == "")
    return pl.concat([told.select(ANGKA.names), typed.select(ANGKA.names)]).sort("per", "sumber_pembilang")


def conflicts(own: pl.DataFrame, told: pl.DataFrame) -> list[Row]:
    """Everything that is said of a region and indicator, side by side, the newest first; never averaged."""
    counted = own.filter(pl.col("nilai").is_not_null()).sort("per", descending=True).head(1).select(told.columns)
    return pl.concat([counted, told.sort("per", descending=True)]).rows(named=True) if len(told) else []


def with_breaks(rows: pl.DataFrame) -> list[Row]:
    """Figures that have a value, each with the part of the series it is in (`rangkaian`) and why a part begins."""
    known = rows.filter(pl.col("nilai").is_not_null()).select(ANGKA.names)
    return polars(coverage.with_breaks(frame(known))).sort("per").rows(named=True)
