"""Who falls out of membership when the money ends, and what it would cost to bridge the gap."""

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_of
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule as law_schedule
from jangkau.core.law.membership import longest_arrears
from jangkau.core.planning.build import Built
from jangkau.core.planning.schedule import Schedule
from jangkau.core.tables.settings import Settings

PLANNED, RENEWAL = "RENCANA", "LANJUTAN"
_KEY = ["kelompok", "terakhir", "wilayah", "jenis", "tarif", "pekerjaan", "dasar"]


def lapses(built: Built, dealt: Schedule, settings: Settings, book: Book) -> pl.DataFrame:
    """People by the month (index) in which their membership ends if nobody pays on, kabupaten and group.

    Columns: kelompok, bulan, wilayah, orang, jembatan_sebulan, jembatan. RENCANA are the people whom the plan pays,
    to its last month; LANJUTAN those whose subsidised membership still stands on `per`, ends before the plan, and is
    not paid on by it. A membership ends after the law's unpaid months (`keanggotaan.batas_tunggakan`). `jembatan` is
    what paying all those months would cost, `jembatan_sebulan` the first of them: by the terms of the fund that paid
    the last month, in full for LANJUTAN.
    """
    people = _ending(built, dealt, settings).filter(_stands(settings, book))
    grouped = people.group_by(_KEY).agg(orang=pl.len().cast(pl.Int64)).sort(_KEY)
    ends = [_priced(part, int(last), book) for (last,), part in grouped.partition_by("terakhir", as_dict=True).items()]
    if not ends:
        empty = {"kelompok": pl.String, "bulan": pl.Int64, "wilayah": pl.String}
        return pl.DataFrame(schema=empty | dict.fromkeys(("orang", "jembatan_sebulan", "jembatan"), pl.Int64))
    columns = ["kelompok", "bulan", "wilayah"]
    table = pl.concat(ends)
    totals = [pl.col(name).sum() for name in ("orang", "jembatan_sebulan", "jembatan")]
    return table.group_by(columns).agg(totals).sort(columns, descending=[True, False, False])


def _stands(settings: Settings, book: Book) -> pl.Expr:
    """People of the plan, and others whose membership has not ended yet: the law of long ago is not asked."""
    today = month_of(settings.per)
    return (pl.col("kelompok") == PLANNED) | (pl.col("terakhir") + longest_arrears(today, book) >= today)


def _ending(built: Built, dealt: Schedule, settings: Settings) -> pl.DataFrame:
    """One row a person whose payments end: last month paid (index), kabupaten, and what decides his price."""
    last = np.full(built.people.height, -1, np.int64)
    final = dealt.run_first + dealt.run_months == settings.bulan
    last[dealt.run_person[final]] = dealt.run_fund[final]
    kinds = pl.Series([fund.kind for fund in built.funds], dtype=pl.String)
    rates = pl.Series([fund.rate for fund in built.funds], dtype=pl.String)
    by = pl.Series(np.maximum(last, 0)) if built.funds else pl.Series(np.zeros(built.people.height, np.int64))
    table = built.people.with_columns(
        dibayar=pl.Series(last >= 0),
        jenis=kinds.gather(by) if built.funds else pl.lit(None, pl.String),
        tarif=rates.gather(by) if built.funds else pl.lit(None, pl.String),
        wilayah=pl.col("kode_desa").str.slice(0, 4),
        dasar=pl.col("penghasilan") if settings.dasar_iuran == "penghasilan" else pl.lit(None, pl.Int64),
    )
    ends = settings.start + settings.bulan - 1
    paid = table.filter("dibayar").with_columns(kelompok=pl.lit(PLANNED), terakhir=pl.lit(ends, pl.Int64))
    waiting = table.filter(~pl.col("dibayar") & pl.col("lanjutan") & pl.col("akhir").is_not_null()).with_columns(
        kelompok=pl.lit(RENEWAL), terakhir=pl.col("akhir"), jenis=pl.lit("APBD_PROV"), tarif=pl.lit("PENUH")
    )
    return pl.concat([paid.select(_KEY), waiting.select(_KEY)])


def _priced(groups: pl.DataFrame, last: int, book: Book) -> pl.DataFrame:
    """The groups that were paid to the same month: when they end, and the price of every month until then."""
    limit = longest_arrears(last, book)
    asked = groups.select(
        pembayar="jenis", tarif="tarif", sektor="pekerjaan", penghasilan="dasar", segmen=pl.lit("BPU")
    )
    due = law_schedule(frame(asked), range(last + 1, last + 1 + max(limit, 1)), book)
    each = groups["orang"].to_numpy()
    return groups.with_columns(
        bulan=pl.lit(last + limit + 1, pl.Int64),
        jembatan_sebulan=pl.Series(due[0] * each),
        jembatan=pl.Series(due[:limit].sum(axis=0) * each),
    )
