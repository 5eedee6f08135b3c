"""The people covered from one date to another: who came, who went, and why, so that it sums exactly in every region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.coverage.panel import Panel, Snapshot, read_panel
from jangkau.core.coverage.people import GROUPS, standing
from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book
from jangkau.core.tables.monitoring import PERUBAHAN, STEPS
from jangkau.core.tables.schema import Frame

Flags = NDArray[np.bool_]
Grid = Mapping[tuple[str, str], Flags]  # who is active in a region and group
EVERY, FORMAL, INFORMAL = "SEMUA", "FORMAL", "INFORMAL"


def change(
    potret: Mapping[date, Snapshot], since: date, until: date, *, provinsi: str, kabupaten: list[str], book: Book,
    penduduk: Frame | None = None,
) -> Frame:  # fmt: skip
    """PERUBAHAN of the province and each kabupaten, for everyone, FORMAL and INFORMAL.

    In: snapshots of PESERTA by date, those of `since` and `until` among them; earlier ones tell who comes back. A
    person counts in each region and group of an active membership, as in `coverage`. Someone who leaves has died
    (`tanggal_meninggal` of PENDUDUK by `until`), turned formal or informal in the same region, moved to another
    kabupaten, left the province (active elsewhere, or resident elsewhere by PENDUDUK), lapsed (still in the register,
    no longer active), or is in none of these (lainnya: not in the register any more). Someone who comes has turned,
    moved, been active or registered before (kembali), or is new. The first that holds counts. A turn within one region
    changes nothing for everyone and is told with a change of 0. `awal` + every change = `akhir`. Raises LawUndefinedOn.
    """
    known = {per: _read(given) for per, given in potret.items() if per <= until}
    panel = read_panel(known, provinsi, book, 0)
    people = _Known.of(panel, known, since, until, provinsi, book, penduduk)
    before, after = (_grid(panel, per, [provinsi, *kabupaten]) for per in (since, until))
    rows = [row for place in (provinsi, *kabupaten) for row in _of_place(place, provinsi, before, after, people)]
    return PERUBAHAN.check(frame(pl.DataFrame(rows, schema=PERUBAHAN.names, orient="row")))


def _read(given: Snapshot) -> Frame:
    return given() if callable(given) else given


@dataclass(frozen=True)
class _Known:
    """What is known of each person of the panel besides being active at the two dates."""

    died: Flags
    away: Flags  # active or resident outside the province at the end
    listed: Flags  # in the member register at the end
    seen: Flags  # active earlier, or in the register at the start

    @staticmethod
    def of(  # noqa: PLR0917
        panel: Panel, known: Mapping[date, Frame], since: date, until: date, provinsi: str, book: Book,
        penduduk: Frame | None,
    ) -> "_Known":  # fmt: skip
        niks = panel.people["nik"]
        members = known[until]
        elsewhere = members.filter(~nw.col("kode_wilayah").str.starts_with(provinsi))
        away = [standing(elsewhere, "", until, book)["nik"]]
        dead = pl.Series([], dtype=pl.String)
        if penduduk is not None:
            dead = polars(penduduk.filter(nw.col("tanggal_meninggal") <= until).select("nik"))["nik"]
            away.append(penduduk.filter(~nw.col("kode_desa").str.starts_with(provinsi))["nik"])
        gone = [polars(values.to_frame())["nik"] for values in away]
        earlier = [panel.rows[per]["orang"] for per in panel.dates if per < since]
        seen = _among(niks, polars(known[since].select("nik"))["nik"])
        seen[pl.concat(earlier).to_numpy() if earlier else []] = True
        return _Known(
            _among(niks, dead), _among(niks, pl.concat(gone)), _among(niks, polars(members.select("nik"))["nik"]), seen
        )


def _among(niks: pl.Series, values: pl.Series) -> Flags:
    return niks.is_in(values.drop_nulls().unique().implode()).fill_null(value=False).to_numpy().copy()


def _grid(panel: Panel, per: date, places: list[str]) -> Grid:
    rows = panel.rows[per]
    orang, place, segment = (rows[name].to_numpy() for name in ("orang", "wilayah", "segmen"))
    of_group = {
        group: [panel.code("segmen", name) for name, groups in GROUPS.items() if group in groups]
        for group in (FORMAL, INFORMAL)
    }
    found = {}
    for code in places:
        here = np.ones(len(orang), np.bool_) if len(code) == 2 else place == panel.code("wilayah", code)
        for group in (EVERY, FORMAL, INFORMAL):
            wanted = here if group == EVERY else here & np.isin(segment, of_group[group])
            found[code, group] = np.zeros(len(panel.people), np.bool_)
            found[code, group][orang[wanted]] = True
    return found


_Row = tuple[str, str, str, int, int]
_TURNS = {FORMAL: (INFORMAL, "formalisasi", "informalisasi"), INFORMAL: (FORMAL, "informalisasi", "formalisasi")}


def _of_place(place: str, provinsi: str, before: Grid, after: Grid, people: _Known) -> Iterator[_Row]:
    nowhere = np.zeros_like(people.died)
    moved_in, moved_out = (
        nowhere if place == provinsi else grid[provinsi, EVERY] & ~grid[place, EVERY] for grid in (before, after)
    )
    for group in (EVERY, FORMAL, INFORMAL):
        start, end = before[place, group], after[place, group]
        other, into, out = _TURNS.get(group, (EVERY, "", ""))
        came = {into: before[place, other], "pindah_masuk": moved_in, "kembali": people.seen, "baru": ~nowhere}
        left = {
            "meninggal": people.died, out: after[place, other], "pindah_keluar": moved_out,
            "keluar_provinsi": people.away, "lapse": people.listed, "lainnya": ~nowhere,
        }  # fmt: skip
        counts = {name: (n, n) for name, n in _split(end & ~start, came)}
        counts |= {name: (n, -n) for name, n in _split(start & ~end, left)}
        if group == EVERY:
            counts |= {turn: (n, 0) for turn, n in _turned(place, before, after)}
        counts |= {"awal": (int(start.sum()),) * 2, "akhir": (int(end.sum()),) * 2}
        yield from ((place, group, name, *counts.get(name, (0, 0))) for name in STEPS)


def _split(who: Flags, reasons: Mapping[str, Flags]) -> Iterator[tuple[str, int]]:
    """How many of them each reason explains, the first that holds."""
    for name, holds in reasons.items():
        if name:
            yield name, int((who & holds).sum())
            who = who & ~holds


def _turned(place: str, before: Grid, after: Grid) -> Iterator[tuple[str, int]]:
    """Who gave up one kind for the other within the region."""
    for group, (other, into, _) in _TURNS.items():
        came, left = after[place, group] & ~before[place, group], before[place, other] & ~after[place, other]
        yield into, int((came & left).sum())
