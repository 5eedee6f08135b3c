"""Coverage along a line of budgets: who would be newly covered, and the percentage that comes of it."""

import narwhals as nw

from jangkau.core.coverage.people import active_members, newly_covered
from jangkau.core.law.book import Book
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings


def would_cover(  # noqa: PLR0917
    peserta: Frame, pekerja: Frame, usulan: Frame, tautan: Frame, rencana: Frame, settings: Settings, book: Book
) -> Frame:
    """`id_pekerja` of the people whom being paid would newly cover. In: `rencana` that pays all who could be."""
    active = active_members(peserta, settings, book)
    new = newly_covered(active, pekerja=pekerja, usulan=usulan, tautan=tautan, rencana=rencana, settings=settings)
    return new.select(nw.col("orang").str.replace("baru|", "", literal=True).alias("id_pekerja"))


def along(line: Frame, cakupan: Frame, provinsi: str) -> Frame:
    """The line with `pembilang`, `penyebut`, `persen`, `nama_penyebut` of the province, all segments.

    In: rows with `baru`, the newly covered; CAKUPAN, whose state before is what they come on top of.
    """
    whole = (nw.col("wilayah") == provinsi) & (nw.col("segmen") == "SEMUA") & (nw.col("keadaan") == "sebelum")
    before = cakupan.filter(whole).rows(named=True)[0]
    known = nw.lit(before["penyebut"]).cast(nw.Int64)
    line = line.with_columns(pembilang=nw.col("baru") + before["pembilang"], penyebut=known)
    share = 100.0 * nw.col("pembilang") / nw.when(nw.col("penyebut") > 0).then(nw.col("penyebut"))
    return line.with_columns(persen=share.round(4), nama_penyebut=nw.lit(before["nama_penyebut"]))
