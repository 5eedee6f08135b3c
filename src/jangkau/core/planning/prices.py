"""What one person costs one fund in one month: always asked of `core/law`, never known here."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule
from jangkau.core.tables.settings import Settings

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Prices:
    """Rupiah a month by (payer class, occupation, income class, month of the plan).

    `payers` are the distinct (jenis, tarif); `jobs` the distinct occupation tags, None for unknown.
    """

    payers: list[tuple[str, str]]
    jobs: list[str | None]
    rupiah: Ints


def income_classes(people: pl.DataFrame, settings: Settings, book: Book) -> tuple[Ints, list[int | None]]:
    """Each person's income class and one income of every class: those of one class always pay alike."""
    if settings.dasar_iuran == "minimum":
        return np.zeros(people.height, np.int64), [None]
    incomes = people["penghasilan"].unique().sort()
    months = range(settings.start, settings.start + settings.bulan)
    bills = _ask([("APBD_PROV", "PENUH")], [None], incomes.to_list(), months, book)
    _, first, label = np.unique(bills, axis=0, return_index=True, return_inverse=True)
    # null sorts first in `incomes`, and search_sorted has no place for it
    place = incomes.drop_nulls().search_sorted(people["penghasilan"].fill_null(0)).to_numpy().astype(np.int64)
    place = np.where(people["penghasilan"].is_null().to_numpy(), 0, place + incomes.null_count())
    return label.reshape(-1)[place].astype(np.int64), [incomes[int(at)] for at in first]


def price_table(
    payers: list[tuple[str, str]], jobs: list[str | None], incomes: list[int | None], settings: Settings, book: Book
) -> Prices:
    """The law's price of every combination, over the months of the plan. Raises LawUndefinedOn."""
    months = range(settings.start, settings.start + settings.bulan)
    bills = _ask(payers, jobs, incomes, months, book)
    return Prices(payers, jobs, bills.reshape(len(payers), len(jobs), len(incomes), len(months)))


def _ask(
    payers: list[tuple[str, str]], jobs: list[str | None], incomes: list[int | None], months: range, book: Book
) -> Ints:
    """Rows (payer, job, income), columns months."""
    grid = [(*payer, job, income) for payer in payers for job in jobs for income in incomes]
    names = {"pembayar": pl.String, "tarif": pl.String, "sektor": pl.String, "penghasilan": pl.Int64}
    asked = pl.DataFrame(grid, schema=names, orient="row").with_columns(segmen=pl.lit("BPU"))
    return np.ascontiguousarray(schedule(frame(asked), months, book).T)
