"""How good the decisions are, against a truth: precision, recall, F1, what is left to review, reliability."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from jangkau.core.engine import polars
from jangkau.core.linkage.proportions import Share
from jangkau.core.tables.schema import Frame


@dataclass(frozen=True)
class Score:
    """Counts of one register. `tinjau` counts as not decided: a true pair left to review is missed by F1.

    `benar`, `salah`: pairs decided `cocok` that are true or not; `terlewat`: true pairs that are not decided `cocok`;
    `dipertimbangkan`: true pairs that stand in `tautan` at all; `tinjau`: rows left to review, `berguna` those among
    them whose true pair is offered; `baris`: rows judged.
    """

    register: str
    benar: int
    salah: int
    terlewat: int
    tinjau: int
    baris: int
    dipertimbangkan: int
    berguna: int

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
        return self._f1(self.benar)

    @property
    def f1_reviewed(self) -> float:
        """F1 once clerks have answered every review rightly; a row counts once, whatever it is offered."""
        return self._f1(self.benar + self.berguna)

    def _f1(self, found: int) -> float:
        true = self.benar + self.terlewat
        return 2 * found / (found + self.salah + true) if found + self.salah + true else 1.0

    @property
    def review(self) -> float:
        """Share of proposal rows with a pair left to review."""
        return self.tinjau / self.baris if self.baris else 0.0

    def as_dict(self) -> dict[str, Any]:
        """F1, and every rate with numerator, denominator and interval, for JSON."""
        true = self.benar + self.terlewat
        shares = {
            "presisi": Share(self.benar, self.benar + self.salah),
            "perolehan": Share(self.benar, true),
            "dipertimbangkan": Share(self.dipertimbangkan, true),
            "tinjau": Share(self.tinjau, self.baris),
            "tinjau_berguna": Share(self.berguna, self.tinjau),
        }
        return {"baris": self.baris, "f1": self.f1, "f1_sesudah_tinjau": self.f1_reviewed} | {
            name: share.as_dict() for name, share in shares.items()
        }


def evaluate(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> Score:
    """The score of one register, over the proposals that the truth knows.

    `proposals`: id_usulan, nik (true, null when the person is nobody known); `rows`: id_register, nik (true).
    """
    judged = judge(tautan, register, proposals, rows)
    decided = judged.filter(pl.col("keputusan") == "cocok")
    true = int(decided["benar"].sum())
    review = judged.filter(pl.col("keputusan") == "tinjau")
    return Score(
        register,
        benar=true,
        salah=len(decided) - true,
        terlewat=true_pairs(proposals, rows).height - true,
        tinjau=review["id_usulan"].n_unique(),
        baris=polars(proposals)["id_usulan"].n_unique(),
        dipertimbangkan=int(judged["benar"].sum()),
        berguna=review.filter("benar")["id_usulan"].n_unique(),
    )


def judge(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> pl.DataFrame:
    """The pairs of one register and the judged proposals, with `benar`: whether both sides are truly one person."""
    pairs = polars(tautan.filter(nw.col("register") == register))
    pairs = pairs.join(polars(proposals).select("id_usulan"), "id_usulan", how="semi", maintain_order="left")
    truth = true_pairs(proposals, rows).with_columns(benar=pl.lit(True))
    joined = pairs.join(truth, on=["id_usulan", "id_register"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("benar").fill_null(False))


def outcomes(tautan: Frame, register: str, proposals: Frame, rows: Frame) -> pl.DataFrame:
    """One row a judged proposal: id_usulan; `ada` in the register; `benar` all its pairs found; `salah`; `tinjau`."""
    judged = judge(tautan, register, proposals, rows)
    decided = pl.col("keputusan") == "cocok"
    given = judged.group_by("id_usulan").agg(
        (decided & pl.col("benar")).sum().alias("ditemukan"),
        (decided & ~pl.col("benar")).any().alias("salah"),
        (pl.col("keputusan") == "tinjau").any().alias("tinjau"),
    )
    wanted = true_pairs(proposals, rows).group_by("id_usulan").agg(pl.len().alias("dicari"))
    lines = polars(proposals).select("id_usulan").unique(maintain_order=True)
    for part in (wanted, given):
        lines = lines.join(part, "id_usulan", how="left", maintain_order="left")
    lines = lines.with_columns(pl.col("dicari", "ditemukan").fill_null(0), pl.col("salah", "tinjau").fill_null(False))
    known = pl.col("dicari") > 0
    return lines.select(
        "id_usulan", "salah", "tinjau", ada=known, benar=known & (pl.col("ditemukan") >= pl.col("dicari"))
    )


def reliability(judged: pl.DataFrame, steps: int = 10) -> pl.DataFrame:
    """Per band of probability: pairs, mean probability stated, share truly one person with its 95 % interval."""
    band = (pl.col("peluang") * steps).floor().clip(0, steps - 1).cast(pl.Int64).alias("pita")
    groups = judged.group_by(band).agg(
        pl.len().alias("pasangan"), pl.col("peluang").mean(), pl.col("benar").sum().alias("k")
    )
    groups = groups.sort("pita")
    limits = [Share(k, n).interval() for k, n in groups.select("k", "pasangan").rows()]
    return groups.select(
        "pita",
        "pasangan",
        "peluang",
        benar=pl.col("k") / pl.col("pasangan"),
        bawah=pl.Series([low for low, _ in limits], dtype=pl.Float64),
        atas=pl.Series([high for _, high in limits], dtype=pl.Float64),
    )


def true_pairs(proposals: Frame, rows: Frame) -> pl.DataFrame:
    """`id_usulan` and `id_register` of every pair that is one person; a member with two numbers has two."""
    known = polars(proposals).drop_nulls("nik").select("id_usulan", "nik")
    joined = known.join(polars(rows).drop_nulls("nik").select("id_register", "nik"), on="nik", maintain_order="left")
    return joined.select("id_usulan", "id_register")
