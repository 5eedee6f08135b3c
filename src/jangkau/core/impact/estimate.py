"""Poverty averted by a plan: for each person, in all, and how far it may lie from that."""

import numpy as np

from jangkau.core.impact.equations import Cells, per_accident, per_death
from jangkau.core.impact.exposure import Exposure
from jangkau.core.impact.parameters import NAMES, Floats, Parameter, Values, central, draw

MEASURES = ("P0", "P1", "P2")
_AT_ONCE = 3_000_000  # numbers of one step of the draws


def per_person(e: Exposure, v: Values) -> Floats:
    """P0, P1, P2 averted (row, measure) at one value of each assumption, person-years expected before the event."""
    death, accident = _units(e, v)
    gained = np.einsum("rd,rdm->rm", e.deaths.sum(axis=2), death[e.kind])
    return np.asarray(gained + e.covered.sum(axis=1)[:, None] * accident[e.kind])


def per_year(e: Exposure, v: Values) -> Floats:
    """P0, P1, P2 averted (year of cover, measure) of all people."""
    death, accident = _units(e, v)
    deaths, covered = _by_kind(e)
    return np.asarray(np.einsum("kdy,kdm->ym", deaths, death) + np.einsum("ky,km->ym", covered, accident))


def benefits(e: Exposure, v: Values) -> Floats:
    """Rupiah of benefits expected to arrive, each person."""
    heard = float(v.santunan_diterima * v.pengali_kematian)
    accident = v.kecelakaan_setahun * v.kecelakaan_diterima * (e.wage * v.kecelakaan_lama + v.kecelakaan_biaya)
    return np.asarray(e.deaths.sum(axis=2) @ e.due * heard + e.covered.sum(axis=1) * float(accident))


def simulate(e: Exposure, known: dict[str, Parameter], draws: int, seed: int) -> tuple[Floats, Floats]:
    """P0, P1, P2 (draw, measure) and deaths while covered (draw) over the ranges of the assumptions."""
    values = draw(known, draws, seed)
    deaths, covered = (e.spread.T @ part for part in _flat(e))
    step = max(1, _AT_ONCE // max(1, deaths.size + covered.size))
    parts = [_sums(e, _slice(values, at, at + step), deaths, covered) for at in range(0, draws, step)]
    return np.concatenate(parts), values.pengali_kematian[:, 0] * e.deaths.sum()


def tornado(e: Exposure, known: dict[str, Parameter]) -> list[tuple[Parameter, float, float]]:
    """Each assumption with P0 at the low and at the high end of its range, all others at their middle; widest first."""
    ends = [_swing(e, known, known[name]) for name in NAMES]
    return sorted(ends, key=lambda one: -abs(one[2] - one[1]))


def _swing(e: Exposure, known: dict[str, Parameter], moved: Parameter) -> tuple[Parameter, float, float]:
    low, high = (_total(e, central(known, **{moved.nama: end})) for end in (moved.rendah, moved.tinggi))
    return moved, low, high


def _total(e: Exposure, v: Values) -> float:
    return float(per_year(e, v)[:, 0].sum())


def _units(e: Exposure, v: Values) -> tuple[Floats, Floats]:
    """Averted per death of the population table (kind, due, measure) and per year covered (kind, measure)."""
    wide = Cells(*(part[:, None] for part in vars(e.cells).values()))
    death = per_death(v, wide, e.due[None, :]) * v.pengali_kematian
    accident = per_accident(v, e.cells, e.wage) * v.kecelakaan_setahun
    return np.einsum("ks,msd->kdm", e.spread, death), e.spread @ accident.T


def _by_kind(e: Exposure) -> tuple[Floats, Floats]:
    """Deaths (kind, due, year) and years covered (kind, year) of all people of a kind."""
    kinds, dues, years = len(e.spread), len(e.due), len(e.years)
    columns = np.concatenate([e.deaths.reshape(len(e.kind), dues * years), e.covered], axis=1)
    summed = np.zeros((kinds, columns.shape[1]))
    for at, column in enumerate(columns.T):
        summed[:, at] = np.bincount(e.kind, column, minlength=kinds)
    return summed[:, : dues * years].reshape(kinds, dues, years), summed[:, dues * years :]


def _flat(e: Exposure) -> tuple[Floats, Floats]:
    deaths, covered = _by_kind(e)
    return deaths.sum(axis=2), covered.sum(axis=1)[:, None]


def _slice(v: Values, start: int, stop: int) -> Values:
    return Values(**{name: column[start:stop] for name, column in vars(v).items()})


def _sums(e: Exposure, v: Values, deaths: Floats, covered: Floats) -> Floats:
    """Totals (draw, measure) of one step of the draws; only kinds of household that occur."""
    total = np.einsum("mrc,c->rm", per_accident(v, e.cells, e.wage), covered[:, 0]) * v.kecelakaan_setahun
    for level, due in enumerate(e.due):
        averted = np.einsum("mrc,c->rm", per_death(v, e.cells, np.array(due)), deaths[:, level])
        total = total + averted * v.pengali_kematian
    return np.asarray(total)
