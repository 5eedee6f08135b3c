"""Which rows of the insurer's register are a covered person's: by member number, then by certain NIK.

A name and a birth date alike are only a hint for a clerk, never a match.
"""

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise_frame
from jangkau.core.identity.nik import valid_nik_expr
from jangkau.core.kernel.month import month_index_expr

MEMBER = ("segmen", "pembayar", "awal", "akhir")


def certain_nik(table: pl.DataFrame) -> pl.DataFrame:
    """The table with `nik` only where its 16 digits can be a true NIK, else null."""
    sure = polars(frame(table).select(valid_nik_expr("nik").alias("sure")))["sure"]
    return table.with_columns(nik=pl.when(sure).then("nik"))


def member_rows(people: pl.DataFrame, peserta: pl.DataFrame) -> pl.DataFrame:
    """Every register row of every person: `id`, `cara`, `kpj_register`, `kita` (our own number), MEMBER; a row once.

    In: TERCAKUP with certain NIKs; PESERTA. A row under our number that names another certain NIK and not the same
    birth date is somebody else's, and left out.
    """
    reach = pl.col("kpj").is_in(people["kpj"].drop_nulls().implode()) | pl.col("nik").is_in(
        people["nik"].drop_nulls().implode()
    )
    near = peserta.filter(reach)
    near = polars(
        frame(near).with_columns(
            month_index_expr("mulai").alias("awal"), month_index_expr("dibayar_sampai").alias("akhir")
        )
    ).select(
        pl.col("kpj").alias("kpj_register"),
        pl.col("nik").alias("nik_register"),
        pl.col("tanggal_lahir").alias("lahir_register"),
        pl.col("segmen").fill_null("BPU"),
        pl.col("pembayar").str.strip_chars().str.to_uppercase().replace("", None),
        "awal",
        "akhir",
    )
    return pl.concat([_by_number(people, near), _by_nik(people, near)]).unique(
        ["id", "kpj_register"], keep="first", maintain_order=True
    )


def hints(people: pl.DataFrame, peserta: pl.DataFrame) -> pl.DataFrame:
    """`id`, `calon_kpj` (the lowest number), `calon` (how many) of people whose name and birth date a row shares."""
    asked = people.filter(pl.col("tanggal_lahir").is_not_null() & pl.col("nama").is_not_null())
    near = peserta.join(asked, on="tanggal_lahir", how="semi")
    key = ["nama_baku", "tanggal_lahir"]
    left, right = (
        polars(normalise_frame(frame(part), "nama")).filter(pl.col("nama_baku") != "") for part in (asked, near)
    )
    pairs = left.select("id", *key).join(right.select(pl.col("kpj").alias("calon_kpj"), *key), on=key)
    return pairs.group_by("id").agg(pl.col("calon_kpj").min(), calon=pl.len().cast(pl.Int64))


def _by_number(people: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    ours = people.join(near, left_on="kpj", right_on="kpj_register", how="inner", coalesce=False)
    same_birth = (pl.col("tanggal_lahir") == pl.col("lahir_register")).fill_null(value=False)
    doubt = ~same_birth & (pl.col("nik") != pl.col("nik_register")).fill_null(value=False)
    stranger = certain_nik(ours.filter(doubt).select("id", "kpj", nik="nik_register")).drop_nulls("nik")
    return _rows(ours.join(stranger, on=["id", "kpj"], how="anti"), "kpj")


def _by_nik(people: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    return _rows(people.join(near, left_on="nik", right_on="nik_register", how="inner"), "nik")


def _rows(pairs: pl.DataFrame, way: str) -> pl.DataFrame:
    return pairs.select("id", pl.lit(way).alias("cara"), "kpj_register", pl.lit(way == "kpj").alias("kita"), *MEMBER)
