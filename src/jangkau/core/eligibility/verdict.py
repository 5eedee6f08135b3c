"""The verdict: every reason that holds, none of them meaning eligible.

PERLU_TINJAUAN says that a clerk's decision on an undecided link could change the verdict. It is not given to a
person who is refused whatever the clerk decides, so the review queue holds only links that matter:

* a link under review to the population register may change identity, age, death and place; it cannot lift
  a reason that rests on the list's own words or on a settled membership, nor an age outside the programme's
  where every row under review is outside it too;
* a link under review to a member row matters where that row would make the person SUDAH_AKTIF;
* a link under review to the welfare register changes points, never the verdict.
"""

from functools import reduce
from operator import or_

import narwhals as nw

from jangkau.core.eligibility.ages import age_expr
from jangkau.core.engine import from_columns
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

REASONS = (
    "NIK_TIDAK_DITEMUKAN",
    "PERLU_TINJAUAN",
    "MENINGGAL",
    "USIA_KURANG",
    "USIA_LEBIH",
    "SUDAH_AKTIF",
    "APARATUR",
    "BUKAN_PEKERJA",
    "DI_LUAR_WILAYAH",
)
_AGES = ("USIA_KURANG", "USIA_LEBIH")


def decide(fakta: Frame, settings: Settings) -> Frame:
    """Verdict and reasons of every person: `id_pekerja`, `layak`, `alasan` in the order of REASONS.

    In: FAKTA. Nothing is decided from an unknown: without a birth date there is no age reason, without a work
    state no BUKAN_PEKERJA.
    """
    holds = _conditions(settings)
    flags = fakta.select("id_pekerja", *(holds[code].fill_null(value=False).alias(code) for code in REASONS))
    mask = reduce(lambda total, i: total + nw.col(REASONS[i]).cast(nw.Int64) * 2**i, range(len(REASONS)), nw.lit(0))
    flags = flags.select("id_pekerja", mask.cast(nw.Int64).alias("sandi"))
    verdicts = flags.join(_lists(flags["sandi"].unique().sort().to_list()), on="sandi", how="left")
    return verdicts.select("id_pekerja", (nw.col("sandi") == 0).alias("layak"), "alasan").sort("id_pekerja")


def _conditions(settings: Settings) -> dict[str, nw.Expr]:
    age = age_expr("tanggal_lahir", settings)
    linked = nw.col("status_tautan") == "cocok"
    holds = {
        "NIK_TIDAK_DITEMUKAN": nw.col("status_tautan") == "tidak",
        "MENINGGAL": nw.col("tanggal_meninggal") <= settings.per,
        "USIA_KURANG": age < settings.usia.min,
        "USIA_LEBIH": age > settings.usia.maks,
        "SUDAH_AKTIF": nw.col("aktif"),
        "APARATUR": nw.col("aparatur"),
        "BUKAN_PEKERJA": nw.col("status_kerja") == "BUKAN_PEKERJA",
        "DI_LUAR_WILAYAH": linked & ~nw.col("kode_desa").str.starts_with(settings.provinsi),
    }
    # The list's birth date gives way to the register's, so an age reason is certain only with a settled link.
    lasting = [
        (linked & condition if code in _AGES else condition).fill_null(value=False) for code, condition in holds.items()
    ]
    return {**holds, "PERLU_TINJAUAN": nw.col("tinjau") & ~reduce(or_, lasting)}


def _lists(masks: list[int]) -> Frame:
    """Each distinct set of reasons, once, as a list of text: a province has a few dozen."""
    lists = [[code for i, code in enumerate(REASONS) if mask >> i & 1] for mask in masks]
    frame = from_columns({"sandi": masks, "alasan": lists})
    return frame.with_columns(nw.col("sandi").cast(nw.Int64), nw.col("alasan").cast(nw.List(nw.String())))
