"""Expected poverty averted by cover, in closed form.

Consumption of a person is lognormal around the median of his decile. A death takes the worker's income but for what the
family makes up; the benefit, less what the death costs, is spread over the time looked at. P0 counts people below the
line, P1 their gap, P2 its square (Foster, Greer and Thorbecke 1984); all are person-years, expected before the event.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from jangkau.core.impact.parameters import Floats, Values

_LEAST = 0.05  # of consumption that an uninsured family keeps whatever an accident costs


@dataclass(frozen=True)
class Cells:
    """Kinds of household: the region's published poverty line and share of poor, the decile, people (NaN: assumed).

    `middle`, `spread`: log of the median consumption of a person and its spread where a survey tells them (NaN: not).
    """

    poverty_line: Floats
    poor: Floats
    decile: Floats
    size: Floats
    middle: Floats
    spread: Floats


def published(poverty_line: Floats, poor: Floats, decile: Floats, size: Floats) -> Cells:
    """Kinds of household of which no survey tells."""
    unknown = np.full(np.shape(size), np.nan)
    return Cells(poverty_line, poor, decile, size, unknown, unknown)


def consumption(v: Values, cells: Cells) -> Floats:
    """Log of the median consumption of a person, rupiah a month: the survey's, else by lognormal fit to Gini and share
    of poor.
    """
    sigma = np.sqrt(2) * ndtri((1 + v.rasio_gini) / 2)
    middle = np.log(cells.poverty_line) - sigma * ndtri(cells.poor) + sigma * ndtri((cells.decile - 0.5) / 10)
    return np.asarray(np.where(np.isnan(cells.middle), middle, cells.middle) + np.log(v.pengali_pengeluaran))


def spread(v: Values, cells: Cells) -> Floats:
    """Spread of log consumption around that median."""
    return np.where(np.isnan(cells.spread), v.sebaran_pengeluaran, cells.spread)


def poverty(log_median: Floats, s: Floats, line: Floats) -> Floats:
    """P0, P1, P2 (first axis) of lognormal consumption of spread `s` under the line."""
    d, mean = (np.log(line) - log_median) / s, np.exp(log_median + s**2 / 2) / line
    below, partial = ndtr(d), mean * ndtr(d - s)
    squared = mean**2 * np.exp(s**2) * ndtr(d - 2 * s)
    return np.stack([below, below - partial, below - 2 * partial + squared])


def per_death(v: Values, cells: Cells, due: Floats) -> Floats:
    """P0, P1, P2 averted by the benefit of one covered death, claimed or not; `due` rupiah a death."""
    people = _people(v, cells)
    left = np.maximum(people - 1, 0)
    alone, heads = left == 0, np.where(left == 0, 1.0, left)
    without = consumption(v, cells) + np.log(people * (1 - v.bagian_pendapatan * (1 - v.ketahanan)) / heads)
    benefit = np.maximum(due - v.biaya_kematian, 0) / (12 * v.lama_dampak * heads)
    s, line = spread(v, cells), v.garis_miskin_ekstrem
    gain = poverty(without, s, line) - poverty(np.log(np.exp(without) + benefit), s, line)
    return np.asarray(np.where(alone, 0.0, gain * left * v.lama_dampak * v.santunan_diterima))


def per_accident(v: Values, cells: Cells, wage: float) -> Floats:
    """P0, P1, P2 averted by cover of one accident: treatment paid, the wage base replaced; `wage` rupiah a month."""
    people, each = _people(v, cells), np.exp(consumption(v, cells))
    lost = (1 - v.ketahanan) * v.bagian_pendapatan * each * people
    bill = (1 - v.ketahanan) * v.kecelakaan_biaya / v.kecelakaan_lama
    without = np.maximum(each - (lost + bill) / people, _LEAST * each)
    covered = each - np.maximum(lost - wage, 0) / people
    s, line = spread(v, cells), v.garis_miskin_ekstrem
    gain = poverty(np.log(without), s, line) - poverty(np.log(covered), s, line)
    return np.asarray(gain * people * v.kecelakaan_lama / 12 * v.kecelakaan_diterima)


def _people(v: Values, cells: Cells) -> Floats:
    return np.where(np.isnan(cells.size), v.anggota_keluarga, cells.size)
