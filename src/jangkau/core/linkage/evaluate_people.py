"""How well proposals were gathered into persons: pairwise and B-cubed (Bagga and Baldwin 1998)."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.core.linkage.proportions import Share


@dataclass(frozen=True)
class Gathered:
    """Pairs of rows that are one person, said and true, and B-cubed over the rows whose person is known."""

    baris: int
    benar: int
    disatukan: int
    satu_orang: int
    b3_presisi: float
    b3_perolehan: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "baris": self.baris,
            "pasangan_presisi": Share(self.benar, self.disatukan).as_dict(),
            "pasangan_perolehan": Share(self.benar, self.satu_orang).as_dict(),
            "b3_presisi": self.b3_presisi,
            "b3_perolehan": self.b3_perolehan,
        }


def gathered(rows: pl.DataFrame) -> Gathered:
    """From one row a proposal: `id_pekerja`, said, and `orang`, true; rows of unknown persons are left out."""
    rows = rows.drop_nulls(["id_pekerja", "orang"])
    cells = rows.group_by("id_pekerja", "orang").agg(pl.len().cast(pl.Int64).alias("n"))
    cells = cells.with_columns(
        pl.col("n").sum().over("id_pekerja").alias("said"), pl.col("n").sum().over("orang").alias("true")
    )
    count = max(len(rows), 1)
    squares = pl.col("n") ** 2
    return Gathered(
        baris=len(rows),
        benar=_pairs(cells["n"]),
        disatukan=_pairs(cells.unique("id_pekerja")["said"]),
        satu_orang=_pairs(cells.unique("orang")["true"]),
        b3_presisi=cells.select((squares / pl.col("said")).sum()).item() / count if len(rows) else 1.0,
        b3_perolehan=cells.select((squares / pl.col("true")).sum()).item() / count if len(rows) else 1.0,
    )


def _pairs(sizes: pl.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())
