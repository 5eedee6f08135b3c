"""Who pays instead: the next fund for the same people, or the next people for the same money."""

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import contributions
from jangkau.core.tables.reconciliation import UNPAID
from jangkau.core.tables.schema import Frame

REPLACED = {
    "id": pl.Int64, "dana": pl.String, "id_pekerja": pl.String, "mulai": pl.Int64, "bulan": pl.Int64, "iuran": pl.Int64,
}  # fmt: skip


def handover(  # noqa: PLR0917
    bulan: Frame, orang: Frame, dana: Frame, kode: str, first: int, book: Book | None = None
) -> Frame:
    """The unpaid months from `first` on that fund `kode` takes over: `id`, `bulan`, `dana`, `iuran` as they are let
    go, `iuran_baru` as the new fund promises them, `celah` (months just before `first` that nobody pays).

    The months are the same on both sides, so a handover makes no gap; one that was there already is told in `celah`.
    In: BULAN_IURAN; `orang` one row a person: `id`, `pekerjaan`, `penghasilan` (null = lowest wage base); DANA. Months
    of that fund itself are left alone. Raises LawUndefinedOn.
    """
    months = polars(bulan)
    before = months.filter(pl.col("bulan") < first).group_by("id").agg(akhir=pl.col("bulan").max())
    taken = months.filter(pl.col("keadaan").is_in(UNPAID) & (pl.col("bulan") >= first) & (pl.col("dana") != kode))
    known = taken.join(polars(orang), on="id", how="left").join(before, on="id", how="left")
    terms = polars(dana).filter(pl.col("kode") == kode).row(0, named=True)
    asked = known.select(
        "bulan",
        "penghasilan",
        sektor="pekerjaan",
        pembayar=pl.lit(terms["jenis"]),
        tarif=pl.lit(terms["tarif"] or "AUTO"),
    )
    due = polars(contributions(frame(asked), book))["total"].alias("iuran_baru")
    gap = (first - 1 - pl.col("akhir")).fill_null(0).alias("celah")
    return frame(
        known.with_columns(due, gap).select("id", "bulan", "dana", "iuran", "iuran_baru", "celah").sort("id", "bulan")
    )


def replacements(lepas: Frame, tunggu: Frame) -> Frame:
    """REPLACED: for the months that each person lets go, the next one waiting whom the same fund may pay.

    In: `lepas` one row a person and fund: `id`, `dana`, `mulai` (first month, index), `bulan` (how many), `rupiah`;
    `tunggu` one row a person waiting and fund that may pay him: `id_pekerja`, `dana`, `urutan` (1 is next), `iuran` a
    month. Nobody is called twice; the one first in order gets the places that are worth most, for as many
    of their months as their rupiah pay. A fund never pays more than was let go.
    """
    free, queue = polars(lepas), polars(tunggu).sort("dana", "urutan", "id_pekerja")
    waiting = queue.unique(["dana", "id_pekerja"], keep="first", maintain_order=True)
    parts = [pl.DataFrame(schema=REPLACED)]
    called: list[str] = []
    for kode in free["dana"].unique().sort():
        places = free.filter(pl.col("dana") == kode).sort("rupiah", "mulai", "id", descending=[True, False, False])
        next_ = waiting.filter((pl.col("dana") == kode) & ~pl.col("id_pekerja").is_in(called)).head(places.height)
        both = pl.concat([places.head(next_.height), next_.drop("dana")], how="horizontal")
        months = pl.min_horizontal("bulan", pl.col("rupiah") // pl.col("iuran"))
        part = both.with_columns(bulan=months).filter(pl.col("bulan") > 0).select(list(REPLACED))
        called += part["id_pekerja"].to_list()
        parts.append(part)
    return frame(pl.concat(parts).sort("dana", "id"))
