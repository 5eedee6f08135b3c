"""Contributions (iuran): what a month of membership costs, by programme.

One vectorised function prices any number of rows; one person is a frame of one row. Amounts are whole rupiah,
halves rounded up, each programme rounded once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoFrame
from numpy.typing import NDArray

from jangkau.core import engine
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.law.compiled import Ints, Months
from jangkau.core.law.rates import Rates, rates, relief_place
from jangkau.core.law.words import PACKAGES, PAYERS, RATE_MODES, RISKS, SECTORS
from jangkau.core.tables.common import SCALES, SEGMENTS
from jangkau.core.tables.schema import Frame

PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")


@dataclass(frozen=True)
class Rows:
    """Rows of one segment as arrays; words are places in their lists. `month` may be one month for all."""

    month: Months
    relief: Ints  # sector, payer and mode as one place, see rates.relief_place
    income: Ints
    wage: Ints
    risk: Ints
    scale: Ints
    jht: NDArray[np.bool_]
    contract: Ints
    package: Ints
    package_months: Ints


def contributions(frame: IntoFrame, book: Book | None = None) -> Frame:
    """The frame with the contribution of every row: jkk, jkm, jht, jp, jkp and total.

    Input: one row per price asked; `bulan` (month index) is needed, the rest has defaults: `segmen` (BPU), `pembayar`
    (SENDIRI), `sektor` (occupation tag), `tarif` (AUTO|PENUH|DISKON), `penghasilan` (rupiah a month, null = lowest
    wage base), `jht` (false) for BPU; `upah`, `kelas_risiko` (1), `skala` (MENENGAH) for PU; `nilai_kontrak` or `upah`
    for JAKON; `paket` (SEBELUM), `bulan_paket` (1) for PMI.
    Output: rupiah a month (JAKON: the whole project, PMI: the whole package, whose split over programmes no source
    gives: it stands under jkk); the column jht is replaced by its amount. For PU, total is the bill; jkp is the part
    moved into JKP, the state's share is not in it. Raises LawUndefinedOn and HUKUM_MASUKAN_SALAH.
    Source: PP 44/2015, PP 45/2015, PP 46/2015, PP 37/2021, PP 6/2025, PP 50/2025, Permenaker 4/2023.
    """
    table = engine.polars(frame)
    if "bulan" not in table.columns or table["bulan"].null_count():
        raise Problem("HUKUM_MASUKAN_SALAH", kolom="bulan", isi="(kosong)", harapan="indeks bulan")
    law = rates(book or Book.load())
    parts = [np.zeros(table.height, np.int64) for _ in PROGRAMMES]
    for segment, places, rows in _segments(_encode(table)):
        for amounts, due in zip(parts, _RULES[segment](rows, law), strict=True):
            amounts[places] = due
    priced = table.with_columns(*(pl.Series(name, part) for name, part in zip(PROGRAMMES, parts, strict=True)))
    return nw.from_native(priced.with_columns(pl.sum_horizontal(PROGRAMMES).alias("total")), eager_only=True)


def schedule(frame: IntoFrame, months: Sequence[int], book: Book | None = None) -> Ints:
    """The total of every row in every month, as an array month x row (rupiah); `bulan` is not asked.

    Months under one and the same law are priced once. Raises as `contributions`.
    """
    law = rates(book or Book.load())
    table = engine.polars(frame)
    groups = list(_segments(_encode(table.drop("bulan", strict=False))))
    result = np.empty((len(months), table.height), np.int64)
    seen: dict[tuple[int, ...], int] = {}
    priced: dict[tuple[int, int], Any] = {}
    for place, month in enumerate(months):
        regimes = tuple(law.regime(SEGMENTS[segment], month) for segment, _, _ in groups)
        if regimes in seen:
            result[place] = result[seen[regimes]]
            continue
        seen[regimes] = place
        for regime, (segment, places, rows) in zip(regimes, groups, strict=True):
            if (segment, regime) not in priced:
                priced[segment, regime] = sum(_RULES[segment](replace(rows, month=np.asarray(month)), law))
            result[place, places] = priced[segment, regime]
    return result


def _pu(rows: Rows, law: Rates) -> tuple[Any, ...]:
    """Wage earners: risk class, caps and scale; JKP is moved out of JKK and JKM, the bill does not grow."""
    month, wage = rows.month, rows.wage
    _need(wage, "upah", "upah sebulan dalam rupiah")
    in_jht, in_jp, in_jkp = (rows.scale >= law.scale(month, programme) for programme in ("JHT", "JP", "JKP"))
    jkk = law.share("pu.jkk", month, wage, rows.risk)
    jkm = law.share("pu.jkm", month, wage)
    jht = np.where(in_jht, law.share("pu.jht", month, wage), 0)
    jp = np.zeros(len(wage), np.int64)
    if in_jp.any():
        of = month[in_jp] if month.ndim else month
        capped = np.minimum(wage[in_jp], law.amount("pu.jp_batas_upah", of))
        jp[in_jp] = law.share("pu.jp", of, capped)
    from_jkk, from_jkm = (np.where(in_jkp, part, 0) for part in law.moved_to_jkp(month, wage))
    return jkk - from_jkk, jkm - from_jkm, jht, jp, from_jkk + from_jkm


def _bpu(rows: Rows, law: Rates) -> tuple[Any, ...]:
    """The self-employed: a wage base by income, JHT by choice, and the relief of PP 50/2025 on JKK and JKM."""
    base = law.wage_base.at(rows.month, rows.income)
    due = law.due_after_relief(rows.month, rows.relief)
    jkk = law.reduced(law.share("bpu.jkk", rows.month, base), due)
    jkm = law.reduced(law.amount("bpu.jkm", rows.month), due)
    jht = np.where(rows.jht, law.share("bpu.jht", rows.month, base), 0) if rows.jht.any() else 0
    return jkk, jkm, jht, 0, 0


def _jakon(rows: Rows, law: Rates) -> tuple[Any, ...]:
    """Construction: by wages where they are known, else marginal bands of the contract value."""
    known = rows.wage > 0
    _need(np.where(known, rows.wage, rows.contract), "nilai_kontrak", "nilai kontrak tanpa PPN atau jumlah upah")
    by_wage = [law.share(name, rows.month, rows.wage) for name in ("jakon.jkk_upah", "jakon.jkm_upah")]
    by_value = [bands.at(rows.month, rows.contract) for bands in (law.jakon_jkk, law.jakon_jkm)]
    jkk, jkm = (np.where(known, wage, value) for wage, value in zip(by_wage, by_value, strict=True))
    return jkk, jkm, 0, 0, 0


def _pmi(rows: Rows, law: Rates) -> tuple[Any, ...]:
    """Migrant workers: one price a package, extension by the month."""
    price = law.amount("pmi.iuran", rows.month, rows.package)
    months = np.where(rows.package == PACKAGES.index("PERPANJANGAN"), rows.package_months, 1)
    return price * months, 0, 0, 0, 0


_RULES = (_pu, _bpu, _jakon, _pmi)
_READS = (
    ("upah", "kelas_risiko", "skala"),
    ("pembayar", "sektor", "tarif", "penghasilan", "jht"),
    ("upah", "nilai_kontrak"),
    ("paket", "bulan_paket"),
)
_WORDS = {
    "segmen": (SEGMENTS, "BPU"),
    "pembayar": (PAYERS, "SENDIRI"),
    "sektor": (SECTORS, "LAIN"),
    "tarif": (RATE_MODES, "AUTO"),
    "skala": (SCALES, "MENENGAH"),
    "paket": (PACKAGES, "SEBELUM"),
}
_NUMBERS = {"bulan": 0, "penghasilan": 0, "upah": 0, "kelas_risiko": 1, "jht": 0, "nilai_kontrak": 0, "bulan_paket": 1}


def _need(amounts: Ints, column: str, hope: str) -> None:
    if (amounts <= 0).any():
        raise Problem("HUKUM_MASUKAN_SALAH", kolom=column, isi=int(amounts[amounts <= 0][0]), harapan=hope)


def _encode(table: pl.DataFrame) -> pl.DataFrame:
    """The columns that prices read as whole numbers: words as places in their lists, null as its default."""
    numbers = [pl.col(n).cast(pl.Int64).fill_null(d) for n, d in _NUMBERS.items() if n in table.columns]
    words = [name for name in _WORDS if name in table.columns]
    coded = table.select(*numbers, *(_place(name) for name in words), pl.lit(0).alias("_"))
    for name in words:
        if coded[name].null_count():
            known, _ = _WORDS[name]
            wrong = table[name].cast(pl.String).filter(coded[name].is_null())[0]
            raise Problem("HUKUM_MASUKAN_SALAH", kolom=name, isi=wrong, harapan=", ".join(known))
    return coded.drop("_")


def _place(name: str) -> pl.Expr:
    words, default = _WORDS[name]
    text = pl.col(name).cast(pl.String).fill_null(default)
    return text.cast(pl.Enum(words), strict=False).to_physical().cast(pl.Int64)


def _segments(coded: pl.DataFrame) -> Iterator[tuple[int, Any, Rows]]:
    """For every segment present: its number, the places of its rows, and those rows as arrays."""
    segment = _column(coded, "segmen")
    for number, count in enumerate(np.bincount(segment, minlength=len(SEGMENTS))):
        reads = [name for name in ("bulan", "segmen", *_READS[number]) if name in coded.columns]
        if count and count == coded.height:
            yield number, slice(None), _rows(coded)
        elif count:
            mine = segment == number
            yield number, np.flatnonzero(mine), _rows(coded.select(reads).filter(pl.Series(mine)))


def _rows(coded: pl.DataFrame) -> Rows:
    sector, payer, mode = (_column(coded, name) for name in ("sektor", "pembayar", "tarif"))
    risk = _column(coded, "kelas_risiko")
    outside = (risk < 1) | (risk > len(RISKS))
    if outside.any():
        raise Problem("HUKUM_MASUKAN_SALAH", kolom="kelas_risiko", isi=int(risk[outside][0]), harapan="1 sampai 5")
    return Rows(
        month=_column(coded, "bulan"),
        relief=relief_place(sector, payer, mode),
        income=_column(coded, "penghasilan"),
        wage=_column(coded, "upah"),
        risk=risk - 1,
        scale=_column(coded, "skala"),
        jht=_column(coded, "jht") == 1,
        contract=_column(coded, "nilai_kontrak"),
        package=_column(coded, "paket"),
        package_months=_column(coded, "bulan_paket"),
    )


def _column(coded: pl.DataFrame, name: str) -> Ints:
    """A coded column; one that is missing is its default, at no cost in memory."""
    if name in coded.columns:
        return coded[name].to_numpy()
    default = _WORDS[name][0].index(_WORDS[name][1]) if name in _WORDS else _NUMBERS[name]
    return np.broadcast_to(np.int64(default), coded.height)
