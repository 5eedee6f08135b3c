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
    dying = np.einsum("sd,kdm->ksm", e.months.sum(axis=2), death).reshape(-1, len(MEASURES))
    hurt = np.einsum("s,km->ksm", e.months.sum(axis=(1, 2)) / 12, accident).reshape(-1, len(MEASURES))
    return np.stack([dying[e.pair, at] * e.chance + hurt[e.pair, at] for at in range(len(MEASURES))], axis=1)


def per_year(e: Exposure, v: Values) -> Floats:
    """P0, P1, P2 averted (year of cover, measure) of all people."""
    death, accident = _units(e, v)
    dying, people = e.sums
    by_death = np.einsum("ks,sdy,kdm->ym", dying, e.months, death, optimize=True)
    by_accident = np.einsum("ks,sy,km->ym", people, e.months.sum(axis=1) / 12, accident, optimize=True)
    return np.asarray(by_death + by_accident)


def benefits(e: Exposure, v: Values) -> Floats:
    """Rupiah of benefits expected to arrive, each person."""
    heard = float(v.santunan_diterima * v.pengali_kematian)
    accident = v.kecelakaan_setahun * v.kecelakaan_diterima * (e.wage * v.kecelakaan_lama + v.kecelakaan_biaya)
    dying, hurt = e.months.sum(axis=2) @ e.due * heard, e.months.sum(axis=(1, 2)) / 12 * float(accident)
    return np.asarray(e.chance * dying[e.stretch] + hurt[e.stretch])


def simulate(e: Exposure, known: dict[str, Parameter], draws: int, seed: int) -> tuple[Floats, Floats]:
    """P0, P1, P2 (draw, measure) and deaths while covered (draw) over the ranges of the assumptions."""
    values = draw(known, draws, seed)
    dying, people = (e.spread.T @ part for part in e.sums)
    deaths, covered = dying @ e.months.sum(axis=2), people @ e.months.sum(axis=(1, 2)) / 12
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


def _slice(v: Values, start: int, stop: int) -> Values:
    return Values(**{name: column[start:stop] for name, column in vars(v).items()})


def _sums(e: Exposure, v: Values, deaths: Floats, covered: Floats) -> Floats:
    """Totals (draw, measure) of one step of the draws; only kinds of household that occur."""
    total = np.einsum("mrc,c->rm", per_accident(v, e.cells, e.wage), covered) * v.kecelakaan_setahun
    for level, due in enumerate(e.due):
        averted = np.einsum("mrc,c->rm", per_death(v, e.cells, np.array(due)), deaths[:, level])
        total = total + averted * v.pengali_kematian
    return np.asarray(total)
