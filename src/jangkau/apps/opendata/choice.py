"""What an edition is to hold."""

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from django.conf import settings

from jangkau.core.disclosure import Rules

LEVELS = {"kabupaten": 4, "kecamatan": 6, "desa": 10}


@dataclass(frozen=True)
class Choice:
    """Indicators, the lowest level of regions, cuts beside everyone, and the threshold."""

    indikator: tuple[str, ...]
    tingkat: str
    potongan: tuple[str, ...]
    ambang: int

    @staticmethod
    def read(told: dict[str, Any]) -> "Choice":
        """As it was kept."""
        return Choice(tuple(told["indikator"]), told["tingkat"], tuple(told["potongan"]), told["ambang"])

    def written(self) -> dict[str, Any]:
        """To keep."""
        return asdict(self)

    @property
    def rules(self) -> Rules:
        """The rules of disclosure; the interval kept open is as wide as the threshold."""
        return Rules(ambang=self.ambang, lebar=self.ambang)

    def of(self, figures: pl.DataFrame) -> pl.DataFrame:
        """The figures (ANGKA) that it asks for."""
        return figures.filter(
            pl.col("indikator").is_in(self.indikator),
            pl.col("wilayah").str.len_chars() <= LEVELS[self.tingkat],
            pl.col("potongan").is_in(["", *self.potongan]),
        )


def threshold() -> int:
    """The least threshold of this installation."""
    return int(settings.JANGKAU_OPENDATA_THRESHOLD)
