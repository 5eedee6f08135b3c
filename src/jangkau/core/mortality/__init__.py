"""How many deaths to expect: a population table by age and sex, cited, and how far people on a list may lie from it.

It is an assumption, not law: `asumsi.yaml` names its source and how weak it is.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.schema import Frame

Rates = NDArray[np.float64]
_SEX = {"L": 0, "P": 1}
_OLDEST = 100


@dataclass(frozen=True)
class Mortality:
    """Deaths a year per person by sex (L, P, unknown) and whole year of age 0-100; multiples of it as a range."""

    yearly: Rates
    low: float
    middle: float
    high: float
    source: str

    def monthly(self, people: Frame, year: int) -> Rates:
        """Chance of each person to die in one month of a year: `jenis_kelamin`, `tanggal_lahir`; NaN without a birth.

        An unknown sex takes the mean of both. Ages are taken in the middle of the year.
        """
        born = people["tanggal_lahir"].dt.year().cast(nw.Float64).to_numpy()
        age = np.clip(np.nan_to_num(year - born, nan=0), 0, _OLDEST).astype(np.int64)
        codes = people["jenis_kelamin"].replace_strict([*_SEX, None], [*_SEX.values(), 2], return_dtype=nw.Int64)
        return np.where(np.isnan(born), np.nan, self.yearly[codes.to_numpy(), age] / 12)


@cache
def mortality() -> Mortality:
    """The table and range of this release."""
    folder = files("jangkau.core.mortality")
    given = load_yaml((folder / "asumsi.yaml").read_text("utf-8"))
    table = pl.read_csv((folder / given["tabel"]).read_bytes()).sort("usia")
    ages = np.arange(_OLDEST + 1)
    rows = []
    for sex in _SEX:
        mine = table.filter(pl.col("jenis_kelamin") == sex)
        rows.append(mine["mx"].to_numpy()[np.searchsorted(mine["usia"].to_numpy(), ages, side="right") - 1])
    yearly = np.stack([*rows, np.mean(rows, axis=0)])
    many = given["pengali"]
    words = f"{given['sumber']}. {given['sumber_pengali'].strip()}"
    return Mortality(yearly, many["bawah"], many["tengah"], many["atas"], words)
