"""What a reconciliation may find about a covered person, in order: the first that holds is the main finding."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from jangkau.core.tables.reconciliation import UNPAID

Condition = Callable[[int], pl.Expr]
"""From the month of the snapshot (index) to an expression; null is no."""


def _never(as_of: int) -> pl.Expr:
    return pl.lit(value=False)


def _after_death(as_of: int) -> pl.Expr:
    return pl.col("bulan") > pl.col("wafat")


def _from_now(as_of: int) -> pl.Expr:
    return pl.col("bulan") >= as_of


def _paid_by_now(as_of: int) -> pl.Expr:
    return pl.col("bayar_pertama") <= as_of


@dataclass(frozen=True)
class Kind:
    """One finding. `holds` reads a person (see `reconcile`); `frees` and `refunds` read each of his months.

    `proposal` is what to do: hentikan, kembalikan, tanyakan, lanjutkan, perbaiki, tunggu. `frees`: unpaid months that
    stopping lets go; `refunds`: paid months to be asked back. `follows`: the enrolment's step follows the register.
    `reason`: of `selesai`, for a finding that ends the enrolment.
    """

    name: str
    proposal: str
    holds: Condition
    frees: Condition = _never
    refunds: Condition = _never
    follows: bool = False
    reason: str = ""


KINDS = (
    Kind(
        "meninggal", "hentikan", lambda as_of: pl.col("wafat") <= as_of, _after_death, _after_death, reason="meninggal"
    ),  # the month of death itself is covered
    Kind(
        "menjadi_formal",
        "hentikan",
        lambda as_of: pl.col("formal_kpj").is_not_null(),
        lambda as_of: pl.col("bulan") >= pl.col("formal_sejak"),
        reason="formal",
    ),
    Kind(
        "dibayar_lain",
        "kembalikan",
        lambda as_of: pl.col("bulan_ganda") > 0,
        lambda as_of: pl.col("ganda"),
        lambda as_of: pl.col("ganda"),
    ),
    Kind(
        "pindah",
        "hentikan",
        lambda as_of: pl.col("bulan_luar") > 0,
        lambda as_of: pl.col("luar") & _from_now(as_of),
        reason="pindah",
    ),
    Kind(
        "usia_lewat",
        "hentikan",
        lambda as_of: pl.col("usia_lewat_sejak") <= as_of,
        lambda as_of: pl.col("bulan") >= pl.col("usia_lewat_sejak"),
        reason="usia",
    ),
    Kind("belum_tercatat", "tunggu", lambda as_of: pl.col("masih_wajar") & (pl.col("bulan_tidak_tercatat") > 0)),
    Kind("menunggu", "tunggu", lambda as_of: ~_paid_by_now(as_of).fill_null(value=False)),
    Kind(
        "tidak_dikenal",
        "tanyakan",
        lambda as_of: pl.col("akhir").is_null(),
        _from_now,
        lambda as_of: pl.lit(value=True),
    ),
    Kind(
        "lapse",
        "lanjutkan",
        lambda as_of: pl.col("status") == "non-aktif",
        _from_now,
        lambda as_of: pl.col("bulan") > pl.col("akhir"),
        follows=True,
    ),
    Kind("kpj_berbeda", "perbaiki", lambda as_of: pl.col("kpj") != pl.col("kpj_register"), follows=True),
    Kind("menunggak", "lanjutkan", lambda as_of: pl.col("status") == "tunggakan", follows=True),
    Kind("aktif", "lanjutkan", lambda as_of: pl.col("status") == "aktif", follows=True),
)
NAMES = tuple(kind.name for kind in KINDS)
ACTING = tuple(kind.name for kind in KINDS if (kind.frees, kind.refunds) != (_never, _never))
READ = ("wafat", "formal_sejak", "usia_lewat_sejak", "akhir")  # of a person, by the conditions on his months
BY_NAME = {kind.name: kind for kind in KINDS}


def named(table: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """The people with `jenis`, the main finding, and `juga`, the others that hold, joined by |.

    Each set of findings is worded once: people have a few dozen of them.
    """
    bits = (kind.holds(as_of).fill_null(value=False).cast(pl.Int64) * 2**at for at, kind in enumerate(KINDS))
    coded = table.with_columns(sandi=pl.sum_horizontal(*bits))
    masks = coded["sandi"].unique().to_list()
    words = [[name for at, name in enumerate(NAMES) if mask >> at & 1] for mask in masks]
    named = {"sandi": masks, "jenis": [held[0] for held in words], "juga": ["|".join(held[1:]) for held in words]}
    texts = {"sandi": pl.Int64, "jenis": pl.String, "juga": pl.String}
    return coded.join(pl.DataFrame(named, schema=texts), on="sandi", how="left").drop("sandi")


def proposed(as_of: int) -> pl.Expr:
    """What becomes of one month under its person's main finding: lepas, kembali, or null."""
    unpaid = pl.col("keadaan").is_in(UNPAID)
    frees, refunds = (_of_kind(as_of, which) for which in ("frees", "refunds"))
    return pl.when(unpaid & frees).then(pl.lit("lepas")).when(~unpaid & refunds).then(pl.lit("kembali")).alias("usul")


def _of_kind(as_of: int, which: str) -> pl.Expr:
    chosen = pl.lit(value=False)
    for kind in KINDS:
        chosen = pl.when(pl.col("jenis") == kind.name).then(getattr(kind, which)(as_of)).otherwise(chosen)
    return chosen.fill_null(value=False)
