"""Who stays: of those newly active the share still active months later, and of the active the share that stops."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.coverage.members import Flags, Members
from jangkau.core.coverage.panel import Panel
from jangkau.core.kernel.month import month_of


@dataclass(frozen=True)
class Kept:
    """A group of the memberships at `since`, and which of them are counted at `per`."""

    per: date
    since: date
    group: Flags
    counted: Flags


def still_active(panel: Panel, months: int) -> Iterator[Kept]:
    """For each date: who became active at the snapshot `months` before it, and whether they are active now.

    Became active: not active at the snapshot before that one. Dates without such snapshots are left out.
    """
    by_month = {month_of(per): per for per in panel.dates}
    before = dict(zip(panel.dates[1:], panel.dates, strict=False))
    for per in by_month.values():
        start = by_month.get(month_of(per) - months)
        if start in before:
            yield Kept(per, start, ~_active(panel, before[start], start), _active(panel, per, start))


def stopped(panel: Panel) -> Iterator[Kept]:
    """For each date one month after another: who was active then, and whether they no longer are."""
    for earlier, per in zip(panel.dates, panel.dates[1:], strict=False):
        if month_of(per) - month_of(earlier) == 1:
            still = _active(panel, per, earlier)
            yield Kept(per, earlier, np.ones_like(still), ~still)


def _active(panel: Panel, per: date, of: date) -> Flags:
    """Whether the people of the memberships at one date are active at another."""
    active = np.zeros(len(panel.people), np.bool_)
    active[panel.rows[per]["orang"].to_numpy()] = True
    return np.asarray(active[panel.rows[of]["orang"].to_numpy()])


def shares(kept: Kept, members: Members, cuts: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """Counts of a group, uncut and by each cut: `per`, `wilayah`, `potongan`, `kelas`, `pembilang`, `penyebut`.

    In: the members at the date since which the group is followed.
    """
    which = np.flatnonzero(kept.group)
    group, counted = members.of(which, cuts), kept.counted[which]
    for cut in ("", *cuts):
        both = group.tally(cut, counted)
        yield both.select(
            "wilayah", "kelas", pl.lit(kept.per).alias("per"),
            pembilang="di_antara", penyebut="orang", potongan=pl.lit(cut),
        )  # fmt: skip
