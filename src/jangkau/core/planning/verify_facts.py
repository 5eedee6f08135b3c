"""What the checker reads out of OUT: who may be paid, by which fund, when and at what price. Its own reading."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_index
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule
from jangkau.core.tables.registers import DANA

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_TYPES: dict[str, Any] = {"anggaran": pl.Int64}


@dataclass(frozen=True)
class Facts:
    """People that may be paid; `trait` groups those whom the same funds may pay at the same prices.

    `allowed` is trait x fund, `valid` fund x month, `rupiah` the price by (payer class, rate class, month).
    """

    people: pl.DataFrame
    trait: Ints
    allowed: Flags
    valid: Flags
    rupiah: Ints
    payer: Ints
    kind: Ints
    funds: pl.DataFrame


def read_facts(tables: dict[str, pl.DataFrame], given: dict[str, Any], book: Book) -> Facts:
    """Everything that decides who may be paid by whom, at what price, when; `given` is the plan's input."""
    funds = pl.DataFrame(given["dana"], schema={name: _TYPES.get(name, pl.String) for name in DANA.names})
    funds = funds.with_columns(pl.col("tarif").fill_null("AUTO"))
    people = _people(tables, funds, by_income=given["dasar_iuran"] == "penghasilan")
    start = month_index(given["mulai"])
    months = range(start, start + given["bulan"])
    traits, trait = _distinct(people, ["kode_desa", "pekerjaan", "desil", "terdaftar", "penghasilan", "dasar"])
    rates, kind = _distinct(traits, ["pekerjaan", "dasar"])
    payers, payer = _distinct(funds, ["jenis", "tarif"])
    asked = payers.join(rates, how="cross").select(
        pembayar="jenis", tarif="tarif", sektor="pekerjaan", penghasilan="dasar", segmen=pl.lit("BPU")
    )
    bills = schedule(frame(asked), months, book).T.reshape(payers.height, rates.height, len(months))
    valid = np.array([[_open(row, month) for month in months] for row in funds.to_dicts()], bool)
    valid = valid.reshape(funds.height, len(months))
    allowed = _allowed(traits, funds)
    bits = np.packbits(allowed, axis=1)
    alike = pl.DataFrame({"kind": kind, **{f"bits{at}": bits[:, at] for at in range(bits.shape[1])}})
    group = _distinct(alike, alike.columns)[1]
    first = np.unique(group, return_index=True)[1]
    return Facts(people, group[trait], allowed[first], valid, bills, payer, kind[first], funds)


def place_of(rows: pl.DataFrame, column: str, keys: pl.Series) -> pl.Series:
    """Where each value of a column stands among keys; null where it does not."""
    known = pl.DataFrame({column: keys}).with_row_index("place")
    return rows.select(column).join(known, on=column, how="left", maintain_order="left")["place"]


def _distinct(rows: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, Ints]:
    """Distinct rows of some columns, and which of them each row is."""
    distinct = rows.select(columns).unique(maintain_order=True)
    place = rows.select(columns).join(
        distinct.with_row_index("place"), on=columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return distinct, place["place"].to_numpy().astype(np.int64)


def _people(tables: dict[str, pl.DataFrame], funds: pl.DataFrame, *, by_income: bool) -> pl.DataFrame:
    """Eligible people: no reason against them, points from kelayakan, the rest from the lists and links."""
    rows = tables["usulan"].select("id_usulan", "id_pekerja", "penghasilan", "berkas", "lembar", "baris")
    linked = tables["tautan"].filter((pl.col("register") == "peserta") & (pl.col("keputusan") == "cocok"))
    member = rows.join(linked.select("id_usulan"), on="id_usulan", how="semi")["id_pekerja"].unique()
    income = (
        rows.filter(pl.col("penghasilan").is_not_null())
        .sort("berkas", "lembar", "baris", "id_usulan")
        .unique("id_pekerja", keep="first", maintain_order=True)
        .select("id_pekerja", "penghasilan")
    )
    asked = bool(funds["syarat"].str.contains("penghasilan").any())
    nothing = pl.lit(None, dtype=pl.Int64)
    sound = tables["kelayakan"].filter(pl.col("layak") & (pl.col("alasan").list.len() == 0))
    people = tables["pekerja"].select("id_pekerja", "kode_desa", "pekerjaan", "desil")
    return (
        people.join(sound.select("id_pekerja", "poin"), on="id_pekerja", how="inner")
        .join(income, on="id_pekerja", how="left")
        .with_columns(terdaftar=pl.col("id_pekerja").is_in(member.implode()))
        .with_columns(dasar=pl.col("penghasilan") if by_income else nothing)
        .with_columns(penghasilan=pl.col("penghasilan") if asked else nothing)
        .sort("id_pekerja")
    )


def _open(row: dict[str, Any], month: int) -> bool:
    start, end = row["berlaku_dari"], row["berlaku_sampai"]
    return (not start or month_index(start) <= month) and (not end or month <= month_index(end))


def _allowed(traits: pl.DataFrame, funds: pl.DataFrame) -> Flags:
    """Trait x fund: area, occupation and conditions, read afresh from the fund's row."""
    columns = [
        traits.select(ok=_area(row) & _job(row) & pl.all_horizontal(pl.lit(True), *_terms(row)))["ok"].to_numpy()
        for row in funds.to_dicts()
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((traits.height, 0), bool)


def _area(row: dict[str, Any]) -> pl.Expr:
    prefix = "".join(c for c in row["wilayah"] or "" if c.isdigit())
    return pl.col("kode_desa").str.starts_with(prefix).fill_null(not prefix) if prefix else pl.lit(True)


def _job(row: dict[str, Any]) -> pl.Expr:
    jobs = [job.strip().upper() for job in (row["pekerjaan"] or "").split("|") if job.strip()]
    return pl.col("pekerjaan").is_in(jobs).fill_null(False) if jobs else pl.lit(True)


def _terms(row: dict[str, Any]) -> list[pl.Expr]:
    return [_term(part.strip().lower()) for part in (row["syarat"] or "").split(";") if part.strip()]


def _term(text: str) -> pl.Expr:
    if text == "belum_terdaftar":
        return ~pl.col("terdaftar")
    if text == "terdaftar":
        return pl.col("terdaftar")
    name, sign, number = re.fullmatch(r"(\w+)\s*([<>=]+)\s*(\d+)", text).groups()  # type: ignore[union-attr]
    column, value = pl.col(name), int(number)
    holds = {"<": column < value, "<=": column <= value, ">": column > value, ">=": column >= value}
    return holds.get(sign, column == value).fill_null(False)
