"""Residents whose work has an employer, beside the members: where companies must be that have not registered them.

A suspicion, never a verdict: words of an identity card may be old, and an employer may have its seat elsewhere.
"""

from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise_frame
from jangkau.core.kernel.month import month_index_expr, month_of
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.law.book import Book
from jangkau.core.law.membership import active_expr
from jangkau.core.partners.workers import WAGE_EARNERS
from jangkau.core.tables.schema import Frame

BY_EMPLOYER, OTHERWISE, NOWHERE = "pemberi_kerja", "lain", "belum"
RESIDENT = ("nik", "nama", "tanggal_lahir", "kode_desa", "pekerjaan", "tanggal_meninggal")
MEMBER = ("nik", "nama", "tanggal_lahir", "segmen", "dibayar_sampai")
_EMPLOYED = (WAGE_EARNERS, "JAKON")


@cache
def groups() -> dict[str, str]:
    """Each group of employees, and what it is called."""
    return {name: told["sebut"] for name, told in _declared().items()}


@cache
def _declared() -> dict[str, dict[str, str]]:
    return dict(load_yaml((files("jangkau.core.partners") / "karyawan.yaml").read_text("utf-8")))


def employees(penduduk: Frame, peserta: Frame, on: date, ages: tuple[int, int], book: Book) -> pl.DataFrame:
    """Living residents of those ages (first and last) who are employed by what the register calls their work.

    In: the columns RESIDENT of PENDUDUK, MEMBER of PESERTA. Returns `nik`, `nama`, `tanggal_lahir`, `kode_desa`,
    `kelompok`, and `keadaan`: an active member BY_EMPLOYER, OTHERWISE, or NOWHERE. Met by NIK, else by normalised name
    and birth date: who may be a member counts as one, so that nobody is suspected for a slip of the pen.
    """
    here = _employed(polars(penduduk), on, ages)
    members = _active(polars(peserta), on, book)
    by_number = here.select("nik").join(_best(members.drop_nulls("nik"), ["nik"]), on="nik")
    left = here.join(by_number, on="nik", how="anti")
    by_name = _named(left).join(_best(_named(_born_alike(members, left)), ["nama_baku", "tanggal_lahir"]),
                                on=["nama_baku", "tanggal_lahir"]).select("nik", "rank")  # fmt: skip
    found = pl.concat([by_number, by_name]).group_by("nik").agg(pl.col("rank").min())
    words = pl.col("rank").replace_strict({0: BY_EMPLOYER, 1: OTHERWISE}, default=NOWHERE, return_dtype=pl.String)
    told = here.join(found, on="nik", how="left").with_columns(words.alias("keadaan"))
    return told.select("nik", "nama", "tanggal_lahir", "kode_desa", "kelompok", "keadaan").sort("kode_desa", "nik")


def _employed(penduduk: pl.DataFrame, on: date, ages: tuple[int, int]) -> pl.DataFrame:
    first, last = (date(on.year - age, on.month, min(on.day, 28)) for age in (ages[1] + 1, ages[0]))
    alive = pl.col("tanggal_meninggal").is_null() | (pl.col("tanggal_meninggal") > on)
    old_enough = pl.col("tanggal_lahir").is_between(first, last)
    known = penduduk.filter(alive, old_enough, pl.col("kode_desa").is_not_null())
    return known.with_columns(_group().alias("kelompok")).filter(pl.col("kelompok").is_not_null())


def _group() -> pl.Expr:
    """The group that a written work belongs to; null for everybody else."""
    text = pl.col("pekerjaan").str.to_lowercase().str.replace_all(r"[^a-z]+", " ")
    hits = [pl.when(text.str.contains(rf"\b(?:{'|'.join(told['kata'])})\b")).then(pl.lit(name))
            for name, told in _declared().items()]  # fmt: skip
    return pl.coalesce(hits)


def _active(peserta: pl.DataFrame, on: date, book: Book) -> pl.DataFrame:
    """Active members with `rank`: 0 by an employer, 1 otherwise."""
    dated = polars(frame(peserta).with_columns(month_index_expr("dibayar_sampai").alias("akhir")))
    live = polars(frame(dated).filter(active_expr("akhir", month_of(on), book)))
    rank = pl.when(pl.col("segmen").is_in(_EMPLOYED)).then(0).otherwise(1)
    return live.with_columns(rank.alias("rank"))


def _born_alike(members: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    return members.join(people.select("tanggal_lahir"), on="tanggal_lahir", how="semi")


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    named = polars(normalise_frame(frame(rows), "nama")).drop_nulls("tanggal_lahir")
    return named.filter(pl.col("nama_baku") != "")


def _best(members: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return members.group_by(by).agg(pl.col("rank").min())


def counted(people: pl.DataFrame) -> pl.DataFrame:
    """By kecamatan (`wilayah`) and `kelompok`: how many in each `keadaan`."""
    state = pl.col("keadaan")
    sums = [(state == name).sum().alias(name) for name in (BY_EMPLOYER, OTHERWISE, NOWHERE)]
    by = [pl.col("kode_desa").str.slice(0, 6).alias("wilayah"), "kelompok"]
    return people.group_by(by).agg(sums).sort("wilayah", "kelompok")


def unlisted(live: pl.DataFrame, known: set[str]) -> pl.DataFrame:
    """Company numbers with active wage earners that no known company has: `npp`, `wilayah` (where most live, kabupaten;
    null where nowhere is said), `orang`.

    In: `jangkau.core.partners.workers.active` with `kode_wilayah`.
    """
    rows = live.drop_nulls("npp").filter(~pl.col("npp").is_in(sorted(known)), pl.col("npp").str.len_chars() > 0)
    places = rows.group_by("npp", "kode_wilayah").len("n").sort("n", "kode_wilayah", descending=[True, False])
    most = places.group_by("npp", maintain_order=True).agg(pl.col("kode_wilayah").first().alias("wilayah"))
    return rows.group_by("npp").len("orang").join(most, on="npp").sort("orang", "npp", descending=[True, False])
