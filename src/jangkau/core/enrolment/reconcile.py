"""The monthly reconciliation: our books beside a new snapshot of the insurer's members, one finding a person.

Matching: core/enrolment/matching. What may be found, and in which order: core/enrolment/findings.
"""

from dataclasses import dataclass

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.findings import ACTING, READ, named, proposed
from jangkau.core.enrolment.matching import certain_nik, hints, member_rows
from jangkau.core.law.book import Book
from jangkau.core.law.membership import longest_arrears
from jangkau.core.tables.reconciliation import BULAN_USUL, PAID, TEMUAN, UNPAID
from jangkau.core.tables.schema import Frame

AGE_LIMIT = "keanggotaan.usia_daftar"
FORMAL = ("PU", "JAKON")


@dataclass(frozen=True)
class When:
    """The month of the snapshot, the province (2 digits), and for how many months a payment may stay unseen."""

    as_of: int
    province: str
    grace: int = 1


@dataclass(frozen=True)
class Reconciled:
    """TEMUAN, one row a person, and BULAN_USUL, the months that its proposals touch; both sorted by `id`."""

    temuan: Frame
    bulan: Frame


def reconcile(  # noqa: PLR0917
    tercakup: Frame, bulan: Frame, dana: Frame, peserta: Frame, penduduk: Frame, when: When, book: Book | None = None
) -> Reconciled:
    """Exactly one main finding for every person covered, with its evidence and the months to let go or ask back.

    In: TERCAKUP, BULAN_IURAN, DANA (kode, jenis, wilayah), PESERTA, PENDUDUK. A date of death after the month of the
    snapshot is not looked at. Another payer is one that none of the person's own funds is; a row without a readable
    start counts for its last month only. A person of whom no month up to the snapshot is paid waits (`menunggu`),
    unless what the registers say forbids paying at all. Raises LawUndefinedOn.
    Source: PP 44/2015 and Permenaker 5/2021 (arrears, age of registration).
    """
    people = certain_nik(polars(tercakup).with_columns(kpj=pl.col("kpj").str.strip_chars().replace("", None)))
    members = polars(peserta)
    rows = member_rows(people, members)
    months = _months(polars(bulan), polars(dana))
    twice = _twice(rows, months)
    table = (
        people.join(_population(people, polars(penduduk)), on="id", how="left")
        .join(_chosen(rows), on="id", how="left")
        .join(_formal(rows, when, book), on="id", how="left")
        .join(_other(twice), on="id", how="left")
    )
    doubled = twice.select("id", "bulan", ganda=pl.lit(value=True)).unique()
    months = months.join(doubled, on=["id", "bulan"], how="left").join(table.select("id", "desa_kini"), on="id")
    months = months.with_columns(pl.col("ganda").fill_null(value=False), _outside(when))
    table = table.join(_paid(months, table, when), on="id", how="left")
    table = named(table.with_columns(*_judged(when, book or Book.load())), when.as_of)
    strangers = people.join(rows, on="id", how="anti")
    return _result(table.join(hints(strangers, members), on="id", how="left"), months, when)


def _months(months: pl.DataFrame, funds: pl.DataFrame) -> pl.DataFrame:
    """The months with `jenis_dana` and `wilayah_dana`, the digits before which the fund's money ends."""
    terms = funds.select(
        pl.col("kode").alias("dana"),
        pl.col("jenis").alias("jenis_dana"),
        pl.col("wilayah").fill_null("").str.replace_all(r"\D", "").alias("wilayah_dana"),
    )
    return months.join(terms, on="dana", how="left")


def _twice(rows: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Our months that a row outside formal work shows as paid by a known payer who is none of the person's funds."""
    own = months.select("id", pl.col("jenis_dana").alias("pembayar")).unique()
    known = pl.col("pembayar").is_not_null() & pl.col("akhir").is_not_null()
    other = rows.filter(~pl.col("segmen").is_in(FORMAL) & known).join(own, on=["id", "pembayar"], how="anti")
    pairs = other.with_columns(pl.col("awal").fill_null(pl.col("akhir"))).join(months.select("id", "bulan"), on="id")
    return pairs.filter(pl.col("bulan").is_between("awal", "akhir"))


def _chosen(rows: pl.DataFrame) -> pl.DataFrame:
    """The row that stands for the person's membership: not formal work, paid the furthest, our own number first."""
    order = rows.filter(~pl.col("segmen").is_in(FORMAL)).sort(
        "id", "akhir", "kita", "kpj_register", descending=[False, True, True, False], nulls_last=True
    )
    return order.unique("id", keep="first", maintain_order=True).drop("kita", "segmen")


def _formal(rows: pl.DataFrame, when: When, book: Book | None) -> pl.DataFrame:
    """The active membership as a wage earner or in construction that began first; without a start, now."""
    standing = pl.col("akhir") >= when.as_of - longest_arrears(when.as_of, book)
    work = rows.filter(pl.col("segmen").is_in(FORMAL) & standing)
    work = work.with_columns(pl.col("awal").fill_null(when.as_of)).filter(pl.col("awal") <= when.as_of)
    first = work.sort("id", "awal", "kpj_register").unique("id", keep="first", maintain_order=True)
    return first.select("id", formal_kpj="kpj_register", formal_segmen="segmen", formal_sejak="awal")


def _other(twice: pl.DataFrame) -> pl.DataFrame:
    """How many months are paid twice, and by whom: the row that reaches the furthest."""
    order = twice.sort("id", "akhir", "kpj_register", descending=[False, True, False])
    first = pl.col("kpj_register", "pembayar").first()
    named = order.group_by("id").agg(first, bulan_ganda=pl.col("bulan").n_unique().cast(pl.Int64))
    return named.rename({"kpj_register": "lain_kpj", "pembayar": "lain_pembayar"})


def _population(people: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Month of death and present village of everybody whose certain NIK the population register knows."""
    died = pl.col("tanggal_meninggal")
    found = people.select("id", "nik").join(population.select("nik", "kode_desa", "tanggal_meninggal"), on="nik")
    return found.select(
        "id", desa_kini="kode_desa", wafat=died.dt.year().cast(pl.Int64) * 12 + died.dt.month().cast(pl.Int64) - 1
    )


def _outside(when: When) -> pl.Expr:
    """Whether the person now lives where the fund of this month may not pay."""
    home = pl.col("desa_kini")
    reached = home.str.starts_with(when.province) & home.str.starts_with(pl.col("wilayah_dana").fill_null(""))
    return (~reached).fill_null(value=False).alias("luar")


def _paid(months: pl.DataFrame, table: pl.DataFrame, when: When) -> pl.DataFrame:
    """What our own months say of each person: paid from and to, not shown by the register, out of reach from now on."""
    ends = months.join(table.select("id", "akhir"), on="id", how="left")
    paid, month = pl.col("keadaan") == PAID, pl.col("bulan")
    unseen = paid & (month > pl.col("akhir").fill_null(-1))
    due = pl.col("luar") & pl.col("keadaan").is_in(UNPAID) & (month >= when.as_of)
    return ends.group_by("id").agg(
        bayar_pertama=month.filter(paid).min(),
        dibayar_kita=month.filter(paid).max(),
        bulan_tidak_tercatat=unseen.sum().cast(pl.Int64),
        bulan_luar=due.sum().cast(pl.Int64),
    )


def _judged(when: When, book: Book) -> list[pl.Expr]:
    """`status` of the membership, the first month past the age limit, and whether a payment may be unseen still."""
    as_of, born, end = when.as_of, pl.col("tanggal_lahir"), pl.col("akhir")
    limit, years = longest_arrears(as_of, book), int(book.value(AGE_LIMIT, as_of))
    birthday = (born.dt.year().cast(pl.Int64) + years) * 12 + born.dt.month().cast(pl.Int64) - 1
    standing = pl.when(end >= as_of - limit).then(pl.lit("tunggakan")).otherwise(pl.lit("non-aktif"))
    state = pl.when(end >= as_of).then(pl.lit("aktif")).when(end.is_not_null()).then(standing)
    counts = ("bulan_tidak_tercatat", "bulan_luar", "bulan_ganda")
    return [
        state.alias("status"),
        (birthday + (born.dt.day() > 1).cast(pl.Int64)).alias("usia_lewat_sejak"),
        (as_of - pl.col("bulan_bayar") <= when.grace).fill_null(value=False).alias("masih_wajar"),
        *(pl.col(name).fill_null(0) for name in counts),
    ]


def _result(table: pl.DataFrame, months: pl.DataFrame, when: When) -> Reconciled:
    touched = _touched(table, months, when.as_of)
    sums = [
        touched.filter(pl.col("usul") == word)
        .group_by("id")
        .agg(pl.col("bulan").min().alias(f"{word}_dari"), _count(word), pl.col("iuran").sum().alias(f"rupiah_{word}"))
        for word in ("lepas", "kembali")
    ]
    full = table.join(sums[0], on="id", how="left").join(sums[1], on="id", how="left").sort("id")
    zero = ("calon", *(f"{unit}_{word}" for unit in ("bulan", "rupiah") for word in ("lepas", "kembali")))
    full = full.with_columns(pl.col(name).fill_null(0) for name in zero)
    return Reconciled(TEMUAN.check(frame(full)), BULAN_USUL.check(frame(touched)))


def _count(word: str) -> pl.Expr:
    return pl.len().cast(pl.Int64).alias(f"bulan_{word}")


def _touched(table: pl.DataFrame, months: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """The months that the main findings let go or ask back, with `usul`."""
    people = table.filter(pl.col("jenis").is_in(ACTING)).select("id", "jenis", *READ)
    asked = months.join(people, on="id").with_columns(proposed(as_of))
    return asked.filter(pl.col("usul").is_not_null()).sort("id", "bulan")
