"""The people covered from one date to another: who came, who went, and why, so that it sums exactly in every region."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.coverage.ages import day_number
from jangkau.core.coverage.members import Flags
from jangkau.core.coverage.panel import Panel
from jangkau.core.coverage.people import GROUPS
from jangkau.core.coverage.whereabouts import Whereabouts
from jangkau.core.engine import frame
from jangkau.core.tables.monitoring import PERUBAHAN, STEPS
from jangkau.core.tables.schema import Frame

Grid = Mapping[tuple[str, str], Flags]  # who is active in a region and group
EVERY, FORMAL, INFORMAL = "SEMUA", "FORMAL", "INFORMAL"
SEGMENTS = (EVERY, FORMAL, INFORMAL)
STAYED = ("formalisasi", "informalisasi")  # of everyone: told, with a change of 0
JOINED = "digabung"
_TURNS = {FORMAL: (INFORMAL, "formalisasi", "informalisasi"), INFORMAL: (FORMAL, "informalisasi", "formalisasi")}


@dataclass(frozen=True)
class Step:
    """Who took one step (a flag for each person of the panel), and how each of them changes the count: 1, -1 or 0."""

    who: Flags
    sign: int


def change(
    panel: Panel, known: Whereabouts, since: date, until: date, *, provinsi: str, kabupaten: Sequence[str]
) -> Frame:
    """PERUBAHAN of the province and each kabupaten, for everyone, FORMAL and INFORMAL.

    In: a panel with both dates, and what is known of its people at both. A person counts in each region and group of
    an active membership, as in `coverage`. Someone who leaves has died by `until`, turned formal or informal in the
    same region, moved to another kabupaten, left the province (active or resident elsewhere), lapsed (still in the
    register, no longer active), or is in none of these (lainnya: not in the register any more). Someone who comes has
    turned, moved, been active or registered before (kembali), or is new. The first that holds counts. A turn within
    one region changes nothing for everyone and is told with a change of 0. `awal` + every change = `akhir`.
    """
    places = [provinsi, *kabupaten]
    before, after = (_grid(panel, per, places, provinsi) for per in (since, until))
    rows = []
    for place in places:
        for group in SEGMENTS:
            found = _steps(before, after, (place, group), provinsi, known, (since, until))
            counts = {name: (int(step.who.sum()), step.sign) for name, step in found.items()}
            rows += [(place, group, name, n, n * sign) for name in STEPS for n, sign in (counts.get(name, (0, 0)),)]
    return PERUBAHAN.check(frame(pl.DataFrame(rows, schema=PERUBAHAN.names, orient="row")))


def steps(  # noqa: PLR0917
    panel: Panel, known: Whereabouts, since: date, until: date, provinsi: str, place: str, group: str
) -> dict[str, Step]:
    """Who took each step in one region and group: `awal`, `akhir`, and everything between, as `change` counts them."""
    places = dict.fromkeys((provinsi, place))
    before, after = (_grid(panel, per, places, provinsi) for per in (since, until))
    return _steps(before, after, (place, group), provinsi, known, (since, until))


def _grid(panel: Panel, per: date, places: Sequence[str] | Mapping[str, None], provinsi: str) -> Grid:
    rows = panel.rows[per]
    orang, place, segment = (rows[name].to_numpy() for name in ("orang", "wilayah", "segmen"))
    inside = {group: np.isin(segment, _codes(panel, group)) for group in (FORMAL, INFORMAL)}
    found = {}
    for code in places:
        here = np.ones(len(orang), np.bool_) if code == provinsi else place == panel.code("wilayah", code)
        for group in SEGMENTS:
            found[code, group] = np.zeros(len(panel.people), np.bool_)
            found[code, group][orang[here & inside[group] if group in inside else here]] = True
    return found


def _codes(panel: Panel, group: str) -> list[int]:
    return [panel.code("segmen", name) for name, groups in GROUPS.items() if group in groups]


def in_group(panel: Panel, per: date, place: str, group: str, provinsi: str) -> Flags:
    """Which memberships of a date are in a region and group."""
    rows = panel.rows[per]
    here = np.ones(len(rows), np.bool_)
    if place != provinsi:
        here &= rows["wilayah"].to_numpy() == panel.code("wilayah", place)
    if group != EVERY:
        here &= np.isin(rows["segmen"].to_numpy(), _codes(panel, group))
    return here


def _steps(  # noqa: PLR0917
    before: Grid, after: Grid, at: tuple[str, str], provinsi: str, known: Whereabouts, days: tuple[date, date]
) -> dict[str, Step]:
    (place, group), (since, until) = at, days
    start, end, nobody = before[at], after[at], np.zeros_like(before[at])
    moved_in, moved_out = (
        nobody if place == provinsi else grid[provinsi, EVERY] & ~grid[place, EVERY] for grid in (before, after)
    )
    other, into, out = _TURNS.get(group, (EVERY, "", ""))
    seen = (known.first < day_number(since)) | known.listed[since]
    came = {into: before[place, other], "pindah_masuk": moved_in, "kembali": seen, "baru": ~nobody}
    left = {
        "meninggal": known.died <= day_number(until), out: after[place, other], "pindah_keluar": moved_out,
        "keluar_provinsi": known.away[until] | known.moved, "lapse": known.listed[until], "lainnya": ~nobody,
    }  # fmt: skip
    found = {"awal": Step(start, 1), "akhir": Step(end, 1)}
    found |= {name: Step(who, 1) for name, who in _split(end & ~start, came)}
    found |= {name: Step(who, -1) for name, who in _split(start & ~end, left)}
    return found | (dict(_turned(place, before, after)) if group == EVERY else {})


def _split(who: Flags, reasons: Mapping[str, Flags]) -> Iterator[tuple[str, Flags]]:
    """Whom each reason explains, the first that holds."""
    for name, holds in reasons.items():
        if name:
            yield name, who & holds
            who = who & ~holds


def _turned(place: str, before: Grid, after: Grid) -> Iterator[tuple[str, Step]]:
    """Who gave up one kind for the other within the region."""
    for group, (other, into, _) in _TURNS.items():
        came, left = after[place, group] & ~before[place, group], before[place, other] & ~after[place, other]
        yield into, Step(came & left, 0)


def veiled(rows: pl.DataFrame, least: int) -> pl.DataFrame:
    """One region and group of PERUBAHAN for readers who may see no persons: it still adds up, and no step tells of
    fewer than `least` people.

    Steps of a few are put together with the smallest others, as `digabung`, until they are enough; a turn of a few is
    left out. Empty where the whole count itself is small.
    """
    ends = pl.col("langkah").is_in(["awal", "akhir"])
    if rows.filter(ends & pl.col("orang").is_between(0, least, closed="none")).height:
        return rows.clear()
    turns = pl.col("langkah").is_in(STAYED) & (pl.col("perubahan") == 0)
    kept = rows.filter(~turns | (pl.col("orang") >= least) | (pl.col("orang") == 0))
    parts = kept.filter(~ends & ~turns & (pl.col("orang") > 0)).sort("orang", "langkah")
    few = _few(parts["orang"].to_list(), least)
    joined = parts.head(few)
    if not few or joined["orang"].sum() < least:
        return kept if not few else rows.clear()
    sums = [pl.lit(joined[name].sum(), joined[name].dtype).alias(name) for name in ("orang", "perubahan")]
    total = joined.head(1).with_columns(pl.lit(JOINED).alias("langkah"), *sums)
    rest = kept.filter(~pl.col("langkah").is_in(joined["langkah"].implode()))
    return pl.concat([rest.filter(pl.col("langkah") != "akhir"), total, rest.filter(pl.col("langkah") == "akhir")])


def _few(sizes: list[int], least: int) -> int:
    """How many of the smallest, in order, hide one another: none where none is small, else at least two."""
    if not sizes or sizes[0] >= least:
        return 0
    enough = (n for n in range(2, len(sizes)) if sum(sizes[:n]) >= least and sizes[n] >= least)
    return next(enough, len(sizes))
