"""A company's own list of workers, linked to the members, counted."""

from datetime import date
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import month_index_expr, month_of
from jangkau.core.law.book import Book
from jangkau.core.law.membership import active_expr
from jangkau.core.tables.schema import Frame

WAGE_EARNERS = "PU"


def active(peserta: Frame, on: date, book: Book) -> pl.DataFrame:
    """Wage earners of PESERTA who are active on a day: kpj, npp (bare), upah, kode_wilayah."""
    native = polars(peserta).filter(pl.col("segmen") == WAGE_EARNERS)
    rows = frame(native).with_columns(month_index_expr("dibayar_sampai").alias("akhir"))
    live = polars(rows.with_columns(aktif=active_expr("akhir", month_of(on), book))).filter(pl.col("aktif"))
    bare = pl.col("npp").str.to_uppercase().str.replace_all(r"[\s.\-/']", "")
    return live.select("kpj", bare.alias("npp"), "upah", "kode_wilayah")


def counted(usulan: Frame, tautan: Frame, live: pl.DataFrame, npp: str | None) -> dict[str, int]:
    """The counts of `duty.Observed` that a list gives.

    In: USULAN (rows with `id_pekerja`, `penghasilan` as the wage of the list), TAUTAN, `active`. A person counts once,
    and as here, else as elsewhere, else as unsure; where a wage stands several times the highest is compared.
    """
    rows = polars(usulan).select("id_usulan", "id_pekerja", "penghasilan")
    links = polars(tautan).filter(pl.col("register") == "peserta", pl.col("keputusan") != "tidak")
    joined = rows.join(links.select("id_usulan", "id_register", "keputusan"), on="id_usulan").join(
        live, left_on="id_register", right_on="kpj"
    )
    sure, ours = pl.col("keputusan") == "cocok", (pl.col("npp") == pl.lit(npp)).fill_null(value=False)
    people = joined.group_by("id_pekerja").agg(
        here=(sure & ours).any(), elsewhere=(sure & ~ours).any(), unsure=(~sure).any(),
        registered=pl.col("upah").filter(sure & ours).max(),
    )  # fmt: skip
    wages = rows.group_by("id_pekerja").agg(pl.col("penghasilan").max())
    return _told(people.join(wages, on="id_pekerja", how="left"), rows["id_pekerja"].n_unique())


def _told(people: pl.DataFrame, listed: int) -> dict[str, int]:
    here, elsewhere = pl.col("here"), pl.col("elsewhere") & ~pl.col("here")
    gap = pl.col("penghasilan") - pl.col("registered")
    both = here & gap.is_not_null()
    told: dict[str, Any] = people.select(
        here=here.sum(), elsewhere=elsewhere.sum(), unsure=(pl.col("unsure") & ~here & ~elsewhere).sum(),
        compared=both.sum(), lower=(both & (gap > 0)).sum(), gap=gap.filter(both & (gap > 0)).sum(),
    ).row(0, named=True)  # fmt: skip
    return {"listed": listed, **{name: int(count or 0) for name, count in told.items()}}


def members_by_company(live: pl.DataFrame) -> dict[str, int]:
    """Active wage earners by company number."""
    return dict(live.drop_nulls("npp").group_by("npp").len().iter_rows())
