"""Targets as whole numbers: what each signature counts towards each of them, and what they need."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Floors, Instance, Ints, spread
from jangkau.core.planning.keys import distinct, in_cells
from jangkau.core.planning.targets.read import ELIGIBLE, GROUPS, SELECTED, SHARE, Target

_DEAR = 1000


@dataclass(frozen=True)
class Demands:
    """People needed of each target. `counts` and `bases` (signature x target): 1 where people count towards it, and
    where they are of those whom a share is taken of.
    """

    targets: list[Target]
    counts: Ints
    bases: Ints
    need: Ints

    def reached(self, paid: Ints) -> Ints:
        """People who count, by target, when so many of each signature are paid."""
        return np.asarray(self.counts.T @ paid, np.int64)

    def floors(self, case: Instance, need: Any) -> Floors:
        """The needs as rows of the relaxed plan. A missing person costs more than any points could bring, so people are
        missing only where they must be.
        """
        return Floors(self.counts, np.asarray(need, np.float64), _DEAR * (float(case.cell_points.max(initial=0)) + 1))

    def after(self, paid: Ints) -> "Demands":
        """The same with shares of the people paid turned into people; a need never falls."""
        share = np.array([target.share if target.base == SELECTED else 0 for target in self.targets], np.int64)
        return replace(self, need=np.maximum(self.need, -(-share * (self.bases.T @ paid) // SHARE)))


def demands(built: Built, targets: list[Target]) -> tuple[Built, Demands]:
    """The instance with signatures told apart by what they count for, and the demands upon it."""
    people = built.people
    profile, profiles = np.zeros(people.height, np.int64), np.zeros((1, 0), np.int64)
    for target in targets:
        code = people.select(code=members(target).cast(pl.Int64) + 2 * paid_with(target).cast(pl.Int64))["code"]
        kinds, profile = distinct(profile * 4 + code.to_numpy(), len(profiles) * 4)
        profiles = np.column_stack([profiles[kinds // 4], kinds % 4])
    parted, group = split(built, profile, len(profiles))
    need = np.array([_need(people, target) for target in targets], np.int64)
    return parted, Demands(targets, profiles[group] % 2, profiles[group] // 2, need)


def members(target: Target) -> pl.Expr:
    """Who is of the group, in the area."""
    return (GROUPS[target.group] & pl.col("kode_desa").str.starts_with(target.area)).fill_null(value=False)


def paid_with(target: Target) -> pl.Expr:
    """Of whom a share of the people paid is taken; nobody for other targets."""
    everyone = pl.lit(True) if target.group == "orang" else pl.col("kode_desa").str.starts_with(target.area)
    return (everyone & pl.lit(target.base == SELECTED)).fill_null(value=False)


def _need(people: pl.DataFrame, target: Target) -> int:
    if target.people is not None:
        return target.people
    if target.base == ELIGIBLE:
        return -(-target.share * int(people.select(members(target).sum()).item()) // SHARE)
    return 0


def split(built: Built, profile: Ints, profiles: int) -> tuple[Built, Ints]:
    """Signatures divided by a number of each person below `profiles`; also that number by new signature."""
    case, inside = built.case, built.signature >= 0
    keys, place = distinct((built.signature * profiles + profile)[inside], case.signatures * profiles)
    old = keys // profiles
    node_u, node = spread(case.first_node[old], np.diff(case.first_node)[old])
    arc_node, arc = spread(case.node_arcs[node], np.diff(case.node_arcs)[node])
    signature = built.signature.copy()
    signature[inside] = place
    cells, cell, order = in_cells(signature, built.people["poin"].to_numpy())
    parted = Instance(
        case.budgets, node_u, case.node_first[node], case.node_months[node], arc_node, case.arc_fund[arc],
        case.arc_price[arc], *cells,
    )  # fmt: skip
    return replace(built, case=parted, signature=signature, cell=cell, order=order), keys % profiles
