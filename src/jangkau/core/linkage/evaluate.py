"""How good the decisions are, against a truth: precision, recall, F1, share left to review, errors by kind."""

from dataclasses import asdict, dataclass
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.tables.schema import Frame


@dataclass(frozen=True)
class Score:
    """Counts of one register. `tinjau` counts as not decided: a true pair left to review is missed by F1."""

    register: str
    benar: int
    salah: int
    terlewat: int
    tinjau: int
    baris: int

    @property
    def precision(self) -> float:
        """Share of `cocok` pairs that are true; 1 when nothing was decided."""
        return self.benar / (self.benar + self.salah) if self.benar + self.salah else 1.0

    @property
    def recall(self) -> float:
        """Share of true pairs that were decided `cocok`; 1 when there are none."""
        return self.benar / (self.benar + self.terlewat) if self.benar + self.terlewat else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def review(self) -> float:
        """Share of proposal rows with a pair left to review."""
        return self.tinjau / self.baris if self.baris else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Counts and rates, for JSON."""
        rates = {"presisi": self.precision, "perolehan": self.recall, "f1": self.f1, "bagian_tinjau": self.review}
        return asdict(self) | rates


def evaluate(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> Score:
    """The score of one register.

    `proposals`: id_usulan, nik (true, null when the person is nobody known); `rows`: id_register, nik (true).
    """
    judged = judge(tautan, register, proposals, rows)
    decided = judged.filter(pl.col("keputusan") == "cocok")
    true = int(decided["benar"].sum())
    total = int(_pairs(proposals, rows).height)
    review = judged.filter(pl.col("keputusan") == "tinjau")["id_usulan"].n_unique()
    return Score(register, true, len(decided) - true, total - true, review, len(proposals))


def judge(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> pl.DataFrame:
    """The pairs of one register with `benar`: whether both sides are truly one person."""
    pairs = polars(tautan.filter(nw.col("register") == register))
    truth = _pairs(proposals, rows).with_columns(benar=pl.lit(True))
    joined = pairs.join(truth, on=["id_usulan", "id_register"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("benar").fill_null(False))


def missed(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> pl.DataFrame:
    """True pairs that were not decided `cocok`, with what was decided instead (null: never considered)."""
    pairs = polars(tautan.filter(nw.col("register") == register)).select(
        "id_usulan", "id_register", "peluang", "keputusan"
    )
    found = _pairs(proposals, rows).join(pairs, on=["id_usulan", "id_register"], how="left", maintain_order="left")
    return found.filter(pl.col("keputusan").ne_missing("cocok"))


def reliability(judged: pl.DataFrame, steps: int = 10) -> pl.DataFrame:
    """Per band of probability: pairs, mean probability stated, share truly one person."""
    band = (pl.col("peluang") * steps).floor().clip(0, steps - 1).cast(pl.Int64).alias("pita")
    groups = judged.group_by(band).agg(pl.len().alias("pasangan"), pl.col("peluang").mean(), pl.col("benar").mean())
    return groups.sort("pita")


def _pairs(proposals: Frame, rows: Frame) -> pl.DataFrame:
    known = polars(proposals).drop_nulls("nik").select("id_usulan", "nik")
    joined = known.join(polars(rows).drop_nulls("nik").select("id_register", "nik"), on="nik", maintain_order="left")
    return joined.select("id_usulan", "id_register")
