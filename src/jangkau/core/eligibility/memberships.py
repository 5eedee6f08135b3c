"""What a person's rows in the insurer's register say: active, up for renewal, or not a member.

Each membership is judged on its own: one that blocks is enough, whatever the others say.
"""

import narwhals as nw

from jangkau.core.eligibility.links import links_to
from jangkau.core.kernel.month import month_index_expr, month_of
from jangkau.core.law.book import Book
from jangkau.core.law.membership import active_expr, longest_arrears, waiting_months
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

NOT_SUBSIDISED = ("SENDIRI", "PEMBERI_KERJA", "")


def judged(peserta: Frame, settings: Settings, book: Book) -> Frame:
    """The member rows with `akhir` (last paid month, an index), `bersubsidi`, `habis` and `menghalangi`.

    In: PESERTA. `bersubsidi`: a known payer other than the person or the employer; an unknown payer is not taken
    for a subsidy. `habis`: ends before the first month planned. `menghalangi`: active on `per` and not a subsidised
    membership that ends before `mulai`, which is up for renewal. A row without a readable month is never active.
    """
    payer = nw.col("pembayar").str.strip_chars().str.to_uppercase().fill_null("")
    end = month_index_expr("dibayar_sampai")
    return (
        peserta.with_columns(end.alias("akhir"), bersubsidi=~payer.is_in(NOT_SUBSIDISED))
        .with_columns(
            active_expr("akhir", month_of(settings.per), book).alias("aktif"),
            habis=(nw.col("akhir") < settings.start).fill_null(value=False),
        )
        .with_columns(menghalangi=nw.col("aktif") & ~(nw.col("bersubsidi") & nw.col("habis")))
    )


def memberships(usulan: Frame, tautan: Frame, peserta: Frame, settings: Settings, book: Book) -> Frame:
    """What the member rows say of each person linked to one: `id_pekerja`, five flags and `akhir`.

    In: USULAN, TAUTAN, PESERTA. `terdaftar`: a settled link to any member row, active or lapsed. `aktif`: one of those
    rows blocks. `lanjutan`: the last membership, the one paid the furthest, is subsidised and ends before `mulai`;
    where two were paid to the same month, both must be. `tanpa_tunggu`: such a membership still stands when `mulai` is
    paid and its wait for the full death benefit is over. `tinjau_peserta`: a row still under review would block.
    `akhir`: the last month paid of any settled row, an index.
    """
    links = links_to("peserta", usulan, tautan)
    linked = peserta.join(links, left_on="kpj", right_on="id_register", how="semi")
    rows = links.join(judged(linked, settings, book), left_on="id_register", right_on="kpj", how="left")
    rows = rows.with_columns(cocok=nw.col("keputusan") == "cocok", blocks=nw.col("menghalangi").fill_null(value=False))
    people = rows.group_by("id_pekerja").agg(
        terdaftar=nw.col("cocok").any(),
        aktif=(nw.col("cocok") & nw.col("blocks")).any(),
        tinjau_peserta=(~nw.col("cocok") & nw.col("blocks")).any(),
    )
    people = people.join(_renewals(rows, settings, book), on="id_pekerja", how="left")
    return people.with_columns(nw.col("lanjutan", "tanpa_tunggu").fill_null(value=False)).sort("id_pekerja")


def _renewals(rows: Frame, settings: Settings, book: Book) -> Frame:
    """A gap as long as the arrears allowed makes the next payment a new registration, which waits again."""
    known = rows.filter(nw.col("cocok") & ~nw.col("akhir").is_null())
    last = known.filter(nw.col("akhir") == nw.col("akhir").max().over("id_pekerja"))
    renewed = nw.col("bersubsidi") & nw.col("habis")
    unpaid, paid = settings.start - nw.col("akhir") - 1, nw.col("akhir") - month_index_expr("mulai") + 1
    stands = (unpaid < longest_arrears(settings.start, book)) & (paid >= waiting_months(settings.start, "BPU", book))
    last = last.with_columns(terus=(renewed & stands).fill_null(value=False), baru=renewed)
    return last.group_by("id_pekerja").agg(
        lanjutan=nw.col("baru").all(), tanpa_tunggu=nw.col("terus").all(), akhir=nw.col("akhir").max()
    )
