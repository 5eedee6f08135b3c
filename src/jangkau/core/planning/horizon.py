"""Months against people: what the same money gives for 1 to 24 months each."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book
from jangkau.core.law.membership import waiting_months
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.funds import Fund
from jangkau.core.planning.instance import Floats, Instance, Ints
from jangkau.core.planning.relaxation import relax
from jangkau.core.tables.settings import Settings

LONGEST = 24
_MANY_FUNDS = 200
_WARNING = (
    "Hanya {months} bulan: peserta baru belum pernah mendapat santunan kematian (JKM) penuh, "
    "yang baru mulai bulan ke-{first} sesudah {wait} bulan iuran berturut-turut."
)


def months_against_people(
    people: pl.DataFrame, funds: list[Fund], settings: Settings, book: Book
) -> list[dict[str, Any]]:
    """One row for each number of months, 1 to 24, from the same first month and the same money.

    By the network flow where that is exact, else by the relaxed plan rounded down (whole people differ by a
    handful). Protected months are those with full JKM: all for a continuing member, those after
    the law's wait for a new one. Above 200 funds, those of villages are pooled by kabupaten.
    """
    wait = waiting_months(settings.start, "BPU", book)
    built = build(people, _fewer(funds), settings.model_copy(update={"bulan": LONGEST}), book, gaps=True)
    continuing = _continuing(built)
    return [_row(shorten(built.case, months), months, wait, continuing, settings) for months in range(1, LONGEST + 1)]


def _fewer(funds: list[Fund]) -> list[Fund]:
    """Where there are very many funds, those smaller than a kabupaten that pay alike count as one of the kabupaten."""
    if len(funds) <= _MANY_FUNDS:
        return funds
    merged: dict[Fund, int] = {}
    for fund in funds:
        alike = fund if len(fund.area) <= 4 else replace(fund, code="", name="", area=fund.area[:4], budget=0)
        merged[alike] = merged.get(alike, 0) + fund.budget
    return [replace(alike, budget=budget) for alike, budget in merged.items()]


def warning(months: int, wait: int) -> str | None:
    """Red words for a plan too short for full JKM; None when it is long enough."""
    return _WARNING.format(months=months, wait=wait, first=wait + 1) if months <= wait else None


def shorten(case: Instance, months: int) -> tuple[Instance, Ints]:
    """The instance over its first months only, signatures that some month leaves without a fund left out.

    Also the cells of the full instance that stand in it.
    """
    inside = case.node_first < months
    bare = inside & (np.diff(case.node_arcs) == 0)
    kept_u = np.ones(case.signatures, bool)
    kept_u[case.node_u[bare]] = False
    nodes = np.flatnonzero(inside & kept_u[case.node_u])
    arcs = np.flatnonzero(np.isin(case.arc_node, nodes))
    cells = np.flatnonzero(kept_u[case.cell_u])
    new_u = np.cumsum(kept_u) - 1
    length = np.minimum(case.node_first + case.node_months, months) - case.node_first
    short = Instance(
        case.budgets, new_u[case.node_u[nodes]], case.node_first[nodes], length[nodes],
        np.searchsorted(nodes, case.arc_node[arcs]), case.arc_fund[arcs], case.arc_price[arcs],
        new_u[case.cell_u[cells]], case.cell_points[cells], case.cell_size[cells],
    )  # fmt: skip
    return short, cells


def _continuing(built: Built) -> Floats:
    """Share of continuing members in each cell."""
    known = np.flatnonzero(built.signature >= 0)
    flag = built.people["lanjutan"].to_numpy().astype(np.float64)[known]
    points = built.people["poin"].to_numpy()[known]
    order = np.lexsort((-points, built.signature[known]))
    cell = np.repeat(np.arange(len(built.case.cell_size)), built.case.cell_size)
    return np.bincount(cell, flag[order], len(built.case.cell_size)) / built.case.cell_size


def _row(
    shortened: tuple[Instance, Ints], months: int, wait: int, continuing: Floats, settings: Settings
) -> dict[str, Any]:
    case, cells = shortened
    paid, spent = np.zeros(len(cells)), 0.0
    if case.signatures and case.one_price:
        plan = solve_flow(case)[0]
        paid, spent = case.cells_taken(plan.paid).astype(np.float64), float(plan.spent(case).sum())
    elif case.signatures:
        relaxed = relax(case)
        paid, spent = relaxed.cells, float(relaxed.used @ case.arc_price)
    people, old = float(paid.sum()), float(paid @ continuing[cells])
    full = people if months > wait else old
    return {
        "bulan": months,
        "sampai": month_text(settings.start + months - 1),
        "orang": int(people + 1e-6),
        "orang_jkm_penuh": int(full + 1e-6),
        "bulan_terlindung": int(old * months + (people - old) * max(0, months - wait) + 1e-6),
        "poin": int(float(paid @ case.cell_points) + 1e-6),
        "iuran": int(spent + 1e-6),
        "peringatan": warning(months, wait),
    }
