"""Months against people: what the same money gives for 1 to 24 months each, and which length is advised."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book
from jangkau.core.mortality import mortality
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.duals import guess
from jangkau.core.planning.explore.lives import Counted, Cover, Lives
from jangkau.core.planning.explore.quick import MANY_FUNDS, quick, rough
from jangkau.core.planning.explore.turns import parts
from jangkau.core.planning.instance import Instance, Ints
from jangkau.core.tables.settings import Settings

LONGEST = 24
WORTH = 0.75
_WARNING = (
    "Hanya {months} bulan: peserta baru belum pernah mendapat santunan kematian (JKM) penuh, "
    "yang baru mulai bulan ke-{needed} sesudah {wait} bulan iuran berturut-turut."
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Own:
    """The plan itself: points, bound, rupiah, and the places of the people paid."""

    points: int
    bound: int
    spent: int
    taken: Ints


@dataclass(frozen=True)
class _Length:
    """One length: its instance, the cells of the long instance in it, people taken of each, points, bound, rupiah."""

    months: int
    cells: Ints
    taken: Ints
    points: int
    bound: int
    spent: int | None


def months_against_people(built: Built, settings: Settings, book: Book, law: Cover, own: Own) -> list[Row]:
    """One row for each number of months, 1 to 24, from the same first month and the same money.

    Each row is a whole plan beside the bound on the best one (`poin`, `batas`); the row of the plan's own length
    tells the plan itself. Where prices differ and there are more than 200 funds the others are estimates from near-best
    prices (`perkiraan`): everyone worth more than the cheapest months, a little too few. Who of equal points is paid is
    settled by the plan's lottery, so that people are counted, not averaged.
    """
    long = build(built.people, built.funds, settings.model_copy(update={"bulan": LONGEST}), book, gaps=True)
    lengths = [_length(long.case, months) for months in range(1, LONGEST + 1)]
    part = [one.cells[parts(long.case.cell_size[one.cells], one.taken)] for one in lengths]
    lives = Lives(long, np.unique(np.concatenate(part)), settings.start, settings.benih)
    rows = [_row(one, lives.first(one.cells, one.taken), lives, law, settings) for one in lengths]
    if settings.bulan <= LONGEST:
        mine = replace(lengths[settings.bulan - 1], points=own.points, bound=own.bound, spent=own.spent)
        rows[settings.bulan - 1] = _row(mine, lives.of(own.taken), lives, law, settings)
    return [row | {"perkiraan": row["iuran"] is None} for row in rows]


def warning(months: int, law: Cover) -> str | None:
    """Red words for a plan too short for full JKM; None when it is long enough."""
    if months >= law.needed:
        return None
    return _WARNING.format(months=months, needed=law.needed, wait=law.wait)


def advice(rows: list[Row]) -> Row:
    """The length advised and why, in words; `bulan` None where no length pays anybody.

    The fewest months of which three quarters carry the full death benefit, then longer while nobody is left out for
    it. Source: docs/adr, months against people.
    """
    best, words = _advised([row for row in rows if row["orang"]])
    return {"bulan": best["bulan"] if best else None, "alasan": words, "kematian": mortality().source}


def _advised(paid: list[Row]) -> tuple[Row | None, str]:
    if not paid:
        return None, "Belum ada yang dapat dibayar."
    enough = [row for row in paid if row["bulan_terlindung"] >= WORTH * row["bulan"] * row["orang"]]
    if not enough:
        return paid[-1], _NOT_ENOUGH.format(share=number(100 * WORTH))
    best = enough[0]
    for longer in paid:
        if longer["bulan"] == best["bulan"] + 1 and longer["orang"] >= best["orang"]:
            best = longer
    words = _ADVICE.format(
        months=best["bulan"], people=number(best["orang"]), protected=number(best["bulan_terlindung"]),
        share=number(100 * best["bulan_terlindung"] / (best["bulan"] * best["orang"])), least=number(100 * WORTH),
    )  # fmt: skip
    return best, words


_ADVICE = (
    "{months} bulan: {people} orang, {protected} bulan dengan santunan kematian (JKM) penuh, yaitu {share}% dari bulan "
    "yang dibayar. Aturannya: bulan paling sedikit yang sedikitnya {least}% berbuah JKM penuh, lalu "
    "diperpanjang selama tidak ada orang yang terpaksa keluar. Pilihan tetap di tangan pemerintah daerah."
)
_NOT_ENOUGH = "Dengan uang ini tidak ada lama pembayaran yang {share}% bulannya berbuah JKM penuh; ini yang terlama."


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


def _length(case: Instance, months: int) -> _Length:
    short, cells = shorten(case, months)
    if case.funds > MANY_FUNDS and short.signatures and not short.one_price:
        near = rough(short, guess(short)[0])
        return _Length(months, cells, near.taken, near.points, near.bound, None)
    found = quick(short)
    spent = int(found.plan.spent(short).sum()) if short.signatures else 0
    return _Length(months, cells, short.cells_taken(found.plan.paid), found.points, found.bound, spent)


def _row(one: _Length, who: Counted, lives: Lives, law: Cover, settings: Settings) -> Row:
    months, new = one.months, who.people - who.ready
    full = law.full[:, :months]
    return {
        "bulan": months,
        "sampai": month_text(settings.start + months - 1),
        "orang": who.people,
        "orang_jkm_penuh": who.people if full[0, -1] else who.ready,
        "bulan_terlindung": new * int(full[0].sum()) + who.ready * int(full[1].sum()),
        "poin": one.points,
        "batas": one.bound,
        "iuran": one.spent,
        **_deaths(who, law, months),
        "lepas": _lapses(who, lives, law, settings.start + months - 1),
        "peringatan": warning(months, law),
    }


def _deaths(who: Counted, law: Cover, months: int) -> Row:
    """Deaths and benefits to expect inside the months paid, with the range of the mortality assumption.

    None where nobody's birth is known.
    """
    table = mortality()
    each = np.array([who.deaths_new, who.deaths_ready])
    if np.isnan(each).any():
        return {"kematian_diharapkan": None, "manfaat_diharapkan": None}
    deaths, rupiah = float(each.sum()) * months, float((each[:, None] * law.due[:, :months]).sum())
    parts = (("bawah", table.low), ("tengah", table.middle), ("atas", table.high))
    return {
        "kematian_diharapkan": {name: round(deaths * times, 3) for name, times in parts},
        "manfaat_diharapkan": {name: round(rupiah * times) for name, times in parts},
    }


def _lapses(who: Counted, lives: Lives, law: Cover, last: int) -> Row:
    """Who is out when the block ends and nobody goes on paying, and who is out for not being paid at all."""
    return {
        "bulan": month_text(last + law.lapse),
        "orang": who.people,
        "lanjutan_tidak_dibayar": lives.ready() - who.ready,
    }
