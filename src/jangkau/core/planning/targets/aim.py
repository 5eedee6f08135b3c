"""From targets to a plan that reaches them, and what is told of each: reached, missing in people and in rupiah."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.formats import number, percent, rupiah
from jangkau.core.planning.build import Built
from jangkau.core.planning.explore.quick import quick
from jangkau.core.planning.instance import Ints, path_cost
from jangkau.core.planning.relaxation import SCALE, Priced
from jangkau.core.planning.solve import solve
from jangkau.core.planning.targets.demand import Demands, demands, members, paid_with
from jangkau.core.planning.targets.meet import Met, meet, rough
from jangkau.core.planning.targets.programme import most_even
from jangkau.core.planning.targets.read import ELIGIBLE, SELECTED, SHARE, Target
from jangkau.core.tables.settings import Settings

EVEN = "pemerataan"
_ROUNDS = 3


@dataclass(frozen=True)
class Aimed:
    """The instance told apart by targets, what they ask, and the plan that meets them."""

    built: Built
    demands: Demands
    met: Met

    def certificate(self) -> list[dict[str, Any]]:
        """Each target for the checker: people needed, reached at least, and points on top, times `skala`."""
        numbers = zip(self.demands.need.tolist(), self.met.owed.tolist(), self.met.bonus.tolist(), strict=True)
        return [
            {**_written(target), "perlu": need, "paling_sedikit": owed, "poin": bonus}
            for target, (need, owed, bonus) in zip(self.demands.targets, numbers, strict=True)
        ]


def aim(built: Built, targets: list[Target], settings: Settings) -> Aimed | None:
    """The plan that meets the targets, and first of all is even where `pemerataan` says so; None without any target."""
    areas = _areas(built.people) if settings.pemerataan else []
    wanted = targets + [Target(area, "orang", 0, 0, EVEN) for area in areas]
    if not wanted:
        return None
    parted, asked = demands(built, wanted)
    if areas and parted.case.signatures:
        eligible = np.array(
            [int(built.people.select(members(t).sum()).item()) for t in wanted[len(targets) :]], np.int64
        )
        share = most_even(parted.case, asked.counts[:, len(targets) :], eligible)
        need = asked.need.copy()
        need[len(targets) :] = np.floor(share * eligible + 1e-6).astype(np.int64)
        asked = replace(asked, need=need)
    return met(parted, asked)


def met(built: Built, asked: Demands, near: Priced | None = None) -> Aimed:
    """The plan that meets what is asked of an instance told apart by it. `near`: prices and points of one like it.

    Shares of the people paid are people once it is known how many are paid; a few rounds settle it.
    """
    case, nothing = built.case, np.zeros(len(asked.need), np.int64)
    if not case.signatures:
        return Aimed(built, asked, Met(solve(case), nothing, nothing, nothing))
    shares = any(target.base == SELECTED for target in asked.targets)
    asked = asked.after(quick(case).plan.paid) if shares else asked
    begun = rough(case, asked, near)
    for _ in range(_ROUNDS):
        again = asked.after(begun.plan.paid)
        if np.array_equal(again.need, asked.need):
            break
        asked, begun = again, rough(case, again, begun.half.priced)
    found = meet(case, asked, begun)
    again = asked.after(found.answer.solution.paid)
    if not np.array_equal(again.need, asked.need):
        asked, found = again, meet(case, again, rough(case, again, begun.half.priced))
    return Aimed(built, asked, found)


def aim_again(built: Built, rows: list[dict[str, Any]]) -> Aimed | None:
    """The plan that meets the targets of a certificate on another instance; None without any."""
    return met(*asked_of(built, rows)) if rows else None


def asked_of(built: Built, rows: list[dict[str, Any]]) -> tuple[Built, Demands]:
    """The instance told apart by the targets of a certificate, and what these ask of it; shares of those paid are not
    known yet, the most even shares are kept.
    """
    parted, asked = demands(built, certified(rows))
    fixed = np.array([row["perlu"] if row["dasar"] == EVEN else 0 for row in rows], np.int64)
    return parted, replace(asked, need=np.maximum(asked.need, fixed))


def certified(rows: list[dict[str, Any]]) -> list[Target]:
    """The targets of a certificate."""
    return [Target(row["wilayah"], row["indikator"], row["orang"], row["bagian"], row["dasar"]) for row in rows]


def _written(target: Target) -> dict[str, Any]:
    return {
        "wilayah": target.area, "indikator": target.group, "dasar": target.base, "bagian": target.share,
        "orang": target.people,
    }  # fmt: skip


def _areas(people: pl.DataFrame) -> list[str]:
    return people["kode_desa"].str.slice(0, 4).drop_nulls().unique().sort().to_list()


def tell(aimed: Aimed, taken: Ints) -> list[dict[str, Any]]:
    """One row a target: needed and reached people, people missing and what they would cost, points on top, in words.

    `taken`: places of the people paid.
    """
    people = aimed.built.people
    paid = np.zeros(people.height, bool)
    paid[taken] = True
    return [_row(aimed, at, target, paid) for at, target in enumerate(aimed.demands.targets)]


def _row(aimed: Aimed, at: int, target: Target, paid: Any) -> dict[str, Any]:
    people = aimed.built.people
    inside = people.select(ok=members(target))["ok"].to_numpy()
    share = people.select(ok=paid_with(target))["ok"].to_numpy()
    need = (
        int(aimed.demands.need[at])
        if target.base != SELECTED
        else -(-target.share * int((share & paid).sum()) // SHARE)
    )
    reached, eligible = int((inside & paid).sum()), int(inside.sum())
    missing = max(0, need - reached)
    known, each = aimed.built.signature >= 0, _costs(aimed.built)
    costs = np.sort(each[aimed.built.signature[inside & ~paid & known]])
    like = each[aimed.built.signature[inside & known]]  # whoever is not proposed yet costs what people there cost
    usual = int(np.median(like if len(like) else each)) if len(each) else 0
    row = {
        "wilayah": target.area,
        "indikator": EVEN if target.base == EVEN else target.group,
        "diminta": _asked(target),
        "perlu_orang": need,
        "tercapai_orang": reached,
        "layak_orang": eligible,
        "kurang_orang": missing,
        "kurang_rupiah": int(costs[:missing].sum()) + max(0, missing - len(costs)) * usual,
        "poin_tambahan": round(int(aimed.met.bonus[at]) / SCALE, 3),
    }
    return row | {"kalimat": _words(row, able=len(costs))}


def _costs(built: Built) -> Ints:
    """Rupiah that a person of each signature costs where he costs least."""
    return np.asarray(path_cost(built.case, np.ones(built.case.funds, np.int64)), np.int64)


def _asked(target: Target) -> str:
    if target.base == ELIGIBLE:
        return f"{percent(target.share / 100)} dari orang layak"
    if target.base == SELECTED:
        return f"{percent(target.share / 100)} dari orang yang dibayar"
    return f"{number(target.people or 0)} orang" if target.base != EVEN else "serata mungkin"


def _words(row: dict[str, Any], able: int) -> str:
    place = f"Target {row['indikator'].replace('_', ' ')} di {row['wilayah']}, {row['diminta']}"
    text = f"{place}: perlu {number(row['perlu_orang'])} orang, tercapai {number(row['tercapai_orang'])}."
    if row["poin_tambahan"] > 0:
        text += f" {row['indikator'].replace('_', ' ').capitalize()} +{number(row['poin_tambahan'], 1)} poin."
    if not row["kurang_orang"]:
        return text
    text += f" Kurang {number(row['kurang_orang'])} orang"
    if row["kurang_rupiah"]:
        text += f", sekitar {rupiah(row['kurang_rupiah'])}"
    if row["layak_orang"] < row["perlu_orang"]:
        return f"{text}. Hanya {number(row['layak_orang'])} orang layak di sana: tambah usulan atau turunkan target."
    if able < row["kurang_orang"]:
        return f"{text}. Untuk sebagian tidak ada dana yang boleh membayar: longgarkan syarat dana atau cari dana lain."
    return f"{text}. Tambah dana yang boleh membayar mereka atau turunkan target."
