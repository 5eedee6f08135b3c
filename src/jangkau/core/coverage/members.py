"""Members counted where their membership is: by kabupaten, segment, sex, age, sector, payer."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from jangkau.core.coverage.ages import UNKNOWN, band_names, bands, day_numbers
from jangkau.core.coverage.panel import Panel
from jangkau.core.coverage.people import GROUPS


def described(panel: Panel, per: date, bounds: Sequence[int]) -> pl.DataFrame:
    """The active memberships of a date with `jenis_kelamin`, `umur` and `kelompok` (FORMAL, INFORMAL or null)."""
    born = day_numbers(panel.people["tanggal_lahir"])
    ages = pl.Series(band_names(bounds), dtype=pl.Categorical)[bands(born, per, bounds)]
    sexes = panel.people["jenis_kelamin"].fill_null(UNKNOWN).cast(pl.Categorical)
    facts = pl.DataFrame({"jenis_kelamin": sexes, "umur": ages})
    rows = panel.rows[per]
    wide = {segment: groups[1] for segment, groups in GROUPS.items() if len(groups) > 1}
    group = pl.col("segmen").cast(pl.String).replace_strict(wide, default=None, return_dtype=pl.String)
    return rows.hstack(facts[rows["orang"]]).with_columns(kelompok=group.cast(pl.Categorical))


def tally(rows: pl.DataFrame, provinsi: str, cut: str = "") -> pl.DataFrame:
    """Distinct people by `wilayah` (the province and its kabupaten) and `kelas` of a cut: column `orang` (Int64).

    A person with two memberships counts once in each kabupaten and class, and once in the whole.
    """
    keys = ["wilayah", "kelas"]
    kelas = pl.col(cut).cast(pl.String).fill_null(UNKNOWN) if cut else pl.lit("")
    single = rows.filter("tunggal").group_by("wilayah", *([cut] if cut else [])).agg(orang=pl.len().cast(pl.Int64))
    several = rows.filter(~pl.col("tunggal"))
    named = [
        part.select(pl.col("wilayah").cast(pl.String), kelas.alias("kelas"), "orang") for part in (single, several)
    ]
    whole = pl.lit(provinsi).alias("wilayah")
    below = named[0].filter(pl.col("wilayah") != provinsi)
    distinct = pl.concat([named[1], named[1].with_columns(whole)]).unique().group_by(keys)
    counted = [below, named[0].with_columns(whole), distinct.agg(orang=pl.len().cast(pl.Int64))]
    return pl.concat(counted).group_by(keys).agg(pl.col("orang").sum())
