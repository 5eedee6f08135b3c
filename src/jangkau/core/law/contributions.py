"""Contributions (iuran): what a month of membership costs, by programme.

One vectorised function prices any number of rows; one person is a frame of one row. Amounts are whole rupiah,
halves rounded up, each programme rounded once.
"""

from collections.abc import Sequence
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
from jangkau.core.law.rates import Rates, rates
from jangkau.core.law.words import PACKAGES, PAYERS, RATE_MODES, SCALES, SECTORS
from jangkau.core.tables.common import SEGMENTS
from jangkau.core.tables.schema import Frame

PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")


@dataclass(frozen=True)
class Rows:
    """The rows to price as arrays; words are places in their lists. `month` may be one month for all."""

    month: Months
    segment: Ints
    payer: Ints
    sector: Ints
    mode: Ints
    income: Ints
    wage: Ints
    risk: Ints
    scale: Ints
    jht: NDArray[np.bool_]
    contract: Ints
    package: Ints
    package_months: Ints

    def take(self, places: Any) -> "Rows":
        """Some of the rows."""
        parts = {name: value[places] for name, value in vars(self).items() if name != "month"}
        return Rows(month=self.month[places] if np.ndim(self.month) else self.month, **parts)


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
    book = book or Book.load()
    parts = _price(_read(table, _months(table)), rates(book))
    priced = table.with_columns(*(pl.Series(name, part) for name, part in zip(PROGRAMMES, parts, strict=True)))
    return nw.from_native(priced.with_columns(pl.sum_horizontal(PROGRAMMES).alias("total")), eager_only=True)


def schedule(frame: IntoFrame, months: Sequence[int], book: Book | None = None) -> Ints:
    """The total of every row in every month, as an array month x row (rupiah); `bulan` is not asked.

    Months under one and the same law are priced once. Raises as `contributions`.
    """
    law = rates(book or Book.load())
    rows = _read(engine.polars(frame), np.asarray(0))
    result = np.empty((len(months), len(rows.segment)), np.int64)
    done: dict[int, int] = {}
    for place, month in enumerate(months):
        same = done.setdefault(law.regime(month), place)
        result[place] = result[same] if same != place else _total(replace(rows, month=np.asarray(month)), law)
    return result


def _total(rows: Rows, law: Rates) -> Ints:
    parts = _price(rows, law)
    total = parts[0] + parts[1]
    for part in parts[2:]:
        total += part
    return total


def _price(rows: Rows, law: Rates) -> list[Ints]:
    """The five programmes of every row, each segment priced by its own rule."""
    present = np.unique(rows.segment)
    if len(present) == 1:
        return _whole(_RULES[present[0]](rows, law), len(rows.segment))
    parts = [np.zeros(len(rows.segment), np.int64) for _ in PROGRAMMES]
    for segment in present:
        places = np.flatnonzero(rows.segment == segment)
        for part, due in zip(parts, _RULES[segment](rows.take(places), law), strict=True):
            part[places] = due
    return parts


def _whole(parts: Sequence[Any], rows: int) -> list[Ints]:
    return [part if np.ndim(part) else np.full(rows, part, np.int64) for part in parts]


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
        pays = rows.take(in_jp)
        capped = np.minimum(pays.wage, law.amount("pu.jp_batas_upah", pays.month))
        jp[in_jp] = law.share("pu.jp", pays.month, capped)
    from_jkk, from_jkm = (np.where(in_jkp, part, 0) for part in law.moved_to_jkp(month, wage))
    return jkk - from_jkk, jkm - from_jkm, jht, jp, from_jkk + from_jkm


def _bpu(rows: Rows, law: Rates) -> tuple[Any, ...]:
    """The self-employed: a wage base by income, JHT by choice, and the relief of PP 50/2025 on JKK and JKM."""
    base = law.wage_base.at(rows.month, rows.income)
    due = law.due_after_relief(rows.month, rows.sector, rows.payer, rows.mode)
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


def _need(amounts: Ints, column: str, hope: str) -> None:
    if (amounts <= 0).any():
        raise Problem("HUKUM_MASUKAN_SALAH", kolom=column, isi=int(amounts[amounts <= 0][0]), harapan=hope)


def _months(table: pl.DataFrame) -> Ints:
    return _numbers(table, "bulan", None)


def _read(table: pl.DataFrame, month: Months) -> Rows:
    """A frame as arrays, defaults filled in."""
    return Rows(
        month=month,
        segment=_places(table, "segmen", SEGMENTS, "BPU"),
        payer=_places(table, "pembayar", PAYERS, "SENDIRI"),
        sector=_places(table, "sektor", SECTORS, "LAIN"),
        mode=_places(table, "tarif", RATE_MODES, "AUTO"),
        income=_numbers(table, "penghasilan", 0),
        wage=_numbers(table, "upah", 0),
        risk=_risk(table),
        scale=_places(table, "skala", SCALES, "MENENGAH"),
        jht=_numbers(table, "jht", 0).astype(np.bool_),
        contract=_numbers(table, "nilai_kontrak", 0),
        package=_places(table, "paket", PACKAGES, "SEBELUM"),
        package_months=_numbers(table, "bulan_paket", 1),
    )


def _risk(table: pl.DataFrame) -> Ints:
    risk = _numbers(table, "kelas_risiko", 1)
    if ((risk < 1) | (risk > 5)).any():
        raise Problem(
            "HUKUM_MASUKAN_SALAH", kolom="kelas_risiko", isi=int(risk[(risk < 1) | (risk > 5)][0]), harapan="1 sampai 5"
        )
    return risk - 1


def _numbers(table: pl.DataFrame, name: str, default: int | None) -> Ints:
    """A whole-number column; null and a missing column are the default."""
    if name not in table.columns:
        if default is None:
            raise Problem("HUKUM_MASUKAN_SALAH", kolom=name, isi="(tidak ada)", harapan="indeks bulan")
        return np.full(table.height, default, np.int64)
    column = table[name].cast(pl.Int64)
    return column.fill_null(default).to_numpy() if column.null_count() else column.to_numpy()


def _places(table: pl.DataFrame, name: str, words: tuple[str, ...], default: str) -> Ints:
    """A column of words as places in their list. Raises HUKUM_MASUKAN_SALAH for a word that is not in it."""
    if name not in table.columns:
        return np.full(table.height, words.index(default), np.int64)
    column = table[name].cast(pl.String).fill_null(default)
    places = column.cast(pl.Enum(words), strict=False)
    if places.null_count():
        wrong = column.filter(places.is_null())[0]
        raise Problem("HUKUM_MASUKAN_SALAH", kolom=name, isi=wrong, harapan=", ".join(words))
    return places.to_physical().to_numpy()
