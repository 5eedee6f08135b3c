"""What the checker reads out of OUT: who may be paid, by which fund, when and at what price. Its own reading."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule
from jangkau.core.tables.registers import DANA

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_TYPES: dict[str, Any] = {"anggaran": pl.Int64}


@dataclass(frozen=True)
class Cells:
    """People of one trait and equal points, sorted by trait and points: the cell of each person, people of each."""

    person: Ints
    trait: Ints
    points: Ints
    heads: Ints


def cells_of(trait: Ints, points: Ints) -> Cells:
    """The cells of people with these traits and points."""
    levels = np.flatnonzero(np.bincount(points))
    place = np.zeros(int(points.max(initial=0)) + 1, np.int64)
    place[levels] = np.arange(len(levels))
    code = trait * len(levels) + place[points]
    many = np.bincount(code)
    found = np.flatnonzero(many)
    of, level = np.divmod(found, max(len(levels), 1))
    return Cells((np.cumsum(many > 0) - 1)[code], of, levels[level], many[found].astype(np.int64))


@dataclass(frozen=True)
class Facts:
    """People that may be paid; `trait` groups those whom the same funds may pay at the same prices.

    Fund `pair_fund` may pay trait `pair_trait` (sorted by trait). `valid` is fund x month, `rupiah` the price by
    (payer class, rate class, month); `payer` is the class of a fund, `kind` that of a trait.
    """

    people: pl.DataFrame
    points: Ints
    trait: Ints
    cells: Cells
    pair_trait: Ints
    pair_fund: Ints
    kind: Ints
    payer: Ints
    valid: Flags
    rupiah: Ints
    budgets: Ints
    codes: list[str]

    @property
    def top(self) -> int:
        """More than anybody's points."""
        return int(self.cells.points.max(initial=0)) + 1


@dataclass(frozen=True)
class Rows:
    """The paid rows of the plan, by place of person and fund, months counted from the first of the plan."""

    person: Ints
    fund: Ints
    first: Ints
    months: Ints
    price: Ints
    total: Ints


def read_facts(tables: dict[str, pl.DataFrame], given: dict[str, Any], book: Book) -> Facts:
    """Everything that decides who may be paid by whom, at what price, when; `given` is the plan's input."""
    funds = pl.DataFrame(given["dana"], schema={name: _TYPES.get(name, pl.String) for name in DANA.names})
    funds = funds.with_columns(pl.col("tarif").fill_null("AUTO"))
    start = month_index(given["mulai"])
    months = range(start, start + given["bulan"])
    valid = np.array([[_open(row, month) for month in months] for row in funds.to_dicts()], bool)
    valid = valid.reshape(funds.height, len(months))
    people = _people(tables, by_income=given["dasar_iuran"] == "penghasilan")
    traits, trait = _distinct(_standing(people, funds))
    rates, rate = _distinct(traits.select("pekerjaan", "dasar"))
    payers, payer = _distinct(funds.select("jenis", "tarif"))
    asked = payers.join(rates, how="cross").select(
        pembayar="jenis", tarif="tarif", sektor="pekerjaan", penghasilan="dasar", segmen=pl.lit("BPU")
    )
    bills = schedule(frame(asked), months, book).T.reshape(payers.height, rates.height, len(months))
    _, alike, kind = np.unique(bills, axis=1, return_index=True, return_inverse=True)
    kind = kind.reshape(-1)[rate].astype(np.int64)
    pair_trait, pair_fund = _pairs(traits, funds, np.asarray(valid.any(axis=1)))
    first, group = _groups(pair_trait, pair_fund, kind)
    place = np.full(traits.height, -1, np.int64)
    place[first] = np.arange(len(first))
    kept = place[pair_trait] >= 0
    pair_trait, pair_fund = place[pair_trait[kept]], pair_fund[kept]
    trait, points = group[trait], people["poin"].to_numpy()
    return Facts(
        people, points, trait, cells_of(trait, points), pair_trait, pair_fund, kind[first], payer, valid,
        bills[:, alike], funds["anggaran"].to_numpy(), funds["kode"].to_list(),
    )  # fmt: skip


def read_rows(facts: Facts, paid: pl.DataFrame, start: str) -> tuple[Rows, int]:
    """The paid rows as numbers, and how many name a person, fund or month that is not of this plan (left out)."""
    span = facts.valid.shape[1]
    months = {month_text(month_index(start) + at): at for at in range(span)}
    place = place_of(paid, "id_pekerja", facts.people["id_pekerja"])
    fund = place_of(paid.rename({"dana": "kode"}), "kode", pl.Series(facts.codes, dtype=pl.String))
    first = paid["bulan_mulai"].replace_strict(months, default=-1, return_dtype=pl.Int64).fill_null(-1)
    length = paid["jumlah_bulan"].fill_null(0)
    known = place.is_not_null() & fund.is_not_null() & (first >= 0) & (length > 0) & (first + length <= span)
    columns = (place, fund, first, length, paid["iuran_per_bulan"].fill_null(-1), paid["iuran_total"].fill_null(-1))
    numbers = [column.filter(known).cast(pl.Int64).to_numpy() for column in columns]
    return Rows(*numbers), int((~known).sum())


def place_of(rows: pl.DataFrame, column: str, keys: pl.Series) -> pl.Series:
    """Where each value of a column stands among keys; null where it does not."""
    if column == "id_pekerja" and rows[column].equals(keys):
        return pl.Series(np.arange(len(keys)))
    known = pl.DataFrame({column: keys}).with_row_index("place")
    return rows.select(column).join(known, on=column, how="left", maintain_order="left")["place"]


def _groups(pair_trait: Ints, pair_fund: Ints, kind: Ints) -> tuple[Ints, Ints]:
    """First of each set of traits with equal funds and prices, and the set of each."""
    ends = np.searchsorted(pair_trait, np.arange(len(kind) + 1)).tolist()
    seen: dict[tuple[bytes, int], int] = {}
    group, first = np.zeros(len(kind), np.int64), []
    for at, rate in enumerate(kind.tolist()):
        mark = (pair_fund[ends[at] : ends[at + 1]].tobytes(), rate)
        if mark not in seen:
            seen[mark] = len(seen)
            first.append(at)
        group[at] = seen[mark]
    return np.array(first, np.int64), group


def _distinct(rows: pl.DataFrame) -> tuple[pl.DataFrame, Ints]:
    """Distinct rows, sorted, and which of them each row is."""
    distinct = rows.unique().sort(rows.columns)
    place = rows.join(
        distinct.with_row_index("place"), on=rows.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return distinct, place["place"].to_numpy().astype(np.int64)


def _standing(people: pl.DataFrame, funds: pl.DataFrame) -> pl.DataFrame:
    """All that the funds' rules ask of a person: the longest fund area he lives in, occupation, terms, wage base."""
    areas = [_prefix(row) for row in funds.to_dicts()]
    sizes = sorted({len(area) for area in areas})
    villages = people.select("kode_desa").unique().with_columns(daerah=pl.lit(""))
    for size in sizes:
        head = pl.col("kode_desa").str.slice(0, size)
        known = head.is_in(sorted({area for area in areas if len(area) == size}))
        villages = villages.with_columns(daerah=pl.when(known).then(head).otherwise("daerah"))
    terms = sorted({term for row in funds.to_dicts() for term in _terms(row)})
    lived = people.join(villages, on="kode_desa", how="left", nulls_equal=True, maintain_order="left")
    return lived.select(
        pl.col("daerah").fill_null(""), "pekerjaan", "dasar", *(_term(term).alias(f"?{term}") for term in terms)
    )


def _pairs(traits: pl.DataFrame, funds: pl.DataFrame, ever: Flags) -> tuple[Ints, Ints]:
    """Which fund may pay which trait, read afresh from the fund's row, by trait and fund; `traits` stand by area."""
    areas = traits["daerah"].to_numpy().astype(str)
    holds = {name[1:]: traits[name].to_numpy() for name in traits.columns if name.startswith("?")}
    jobs: dict[tuple[str, ...], Flags] = {}
    found: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for at, row in enumerate(funds.to_dicts()):
        if not ever[at]:
            continue
        area, tags = _prefix(row), _tags(row)
        if tags not in jobs:
            jobs[tags] = np.array([not tags or job in tags for job in traits["pekerjaan"]], bool)
        span = slice(*np.searchsorted(areas, [area, area + "~"]).tolist())
        able = jobs[tags][span].copy()
        for term in _terms(row):
            able &= holds[term][span]
        mine = np.flatnonzero(able) + span.start
        found.append((mine, np.full(len(mine), at)))
    trait, fund = (np.concatenate(part).astype(np.int64) for part in zip(*found, strict=True))
    order = np.lexsort((fund, trait))
    return trait[order], fund[order]


def _people(tables: dict[str, pl.DataFrame], *, by_income: bool) -> pl.DataFrame:
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
    sound = tables["kelayakan"].filter(pl.col("layak") & (pl.col("alasan").list.len() == 0))
    people = tables["pekerja"].select("id_pekerja", "kode_desa", "pekerjaan", "desil")
    return (
        people.join(sound.select("id_pekerja", "poin"), on="id_pekerja", how="inner")
        .join(income, on="id_pekerja", how="left")
        .with_columns(terdaftar=pl.col("id_pekerja").is_in(member.implode()))
        .with_columns(dasar=pl.col("penghasilan") if by_income else pl.lit(None, dtype=pl.Int64))
        .sort("id_pekerja")
    )


def _open(row: dict[str, Any], month: int) -> bool:
    start, end = row["berlaku_dari"], row["berlaku_sampai"]
    return (not start or month_index(start) <= month) and (not end or month <= month_index(end))


def _prefix(row: dict[str, Any]) -> str:
    return "".join(c for c in row["wilayah"] or "" if c.isdigit())


def _tags(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({job.strip().upper() for job in (row["pekerjaan"] or "").split("|") if job.strip()}))


def _terms(row: dict[str, Any]) -> list[str]:
    return [part.strip().lower() for part in (row["syarat"] or "").split(";") if part.strip()]


def _term(text: str) -> pl.Expr:
    if text == "belum_terdaftar":
        return ~pl.col("terdaftar")
    if text == "terdaftar":
        return pl.col("terdaftar")
    name, sign, number = re.fullmatch(r"(\w+)\s*([<>=]+)\s*(\d+)", text).groups()  # type: ignore[union-attr]
    column, value = pl.col(name), int(number)
    holds = {"<": column < value, "<=": column <= value, ">": column > value, ">=": column >= value}
    return holds.get(sign, column == value).fill_null(False)
