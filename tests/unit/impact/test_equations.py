"""The closed forms against slow sums, and what they must do."""

from math import log

import numpy as np
import pytest
from scipy.special import ndtri

from jangkau.core.impact.equations import consumption, per_accident, per_death, poverty, published
from jangkau.core.impact.parameters import central, parameters

KNOWN = parameters(2026 * 12)
NORMAL = ndtri((np.arange(200_000) + 0.5) / 200_000)  # a normal law, finely cut


def values(**moved):
    return central(KNOWN, **moved)


def cells(decile=1.0, size=4.0, line=700_000.0, poor=0.12):
    return published(*(np.array(part) for part in (line, poor, decile, size)))


def poor(middle, v):
    return poverty(np.array(log(middle)), v.sebaran_pengeluaran, v.garis_miskin_ekstrem)


@pytest.mark.parametrize("middle", [200_000, 391_000, 900_000])
def test_poverty_of_lognormal_people(middle):
    v = values()
    people = middle * np.exp(float(v.sebaran_pengeluaran) * NORMAL)
    line = float(v.garis_miskin_ekstrem)
    gap = np.where(people < line, (line - people) / line, 0)
    expected = [np.mean(people < line), gap.mean(), (gap**2).mean()]
    assert poor(middle, v) == pytest.approx(expected, rel=1e-3)


def test_deciles_reproduce_the_published_poor_and_gini():
    v = values(rasio_gini=0.34)
    everyone = np.exp(consumption(v, cells(decile=np.arange(0.0005, 1, 0.001) * 10 + 0.5)))
    assert np.mean(everyone < 700_000) == pytest.approx(0.12, abs=0.001)
    ordered = np.sort(everyone)
    gini = 2 * np.sum(ordered * np.arange(1, 1001)) / (1000 * ordered.sum()) - 1001 / 1000
    assert gini == pytest.approx(0.34, abs=0.005)


def test_a_death_by_the_formula_written_out():
    v, cell, due = values(), cells(), 42_000_000
    c = float(np.exp(consumption(v, cell)))
    left, share, coping, years = (
        3,
        KNOWN["bagian_pendapatan"].nilai,
        KNOWN["ketahanan"].nilai,
        KNOWN["lama_dampak"].nilai,
    )
    alone = c * 4 * (1 - share * (1 - coping)) / left
    monthly = (due - KNOWN["biaya_kematian"].nilai) / (12 * years * left)
    gain = poor(alone, v) - poor(alone + monthly, v)
    expected = KNOWN["santunan_diterima"].nilai * left * years * gain
    assert per_death(v, cell, np.array(due)) == pytest.approx(expected)


def test_who_lives_alone_leaves_nobody_behind():
    assert not per_death(values(), cells(size=1.0), np.array(42e6)).any()


def test_a_benefit_that_the_funeral_eats_averts_nothing():
    assert not per_death(values(biaya_kematian=1e7), cells(), np.array(1e7)).any()


@pytest.mark.parametrize("measure", [0, 1, 2])
def test_less_where_families_cope_or_are_better_off(measure):
    for low, high in (
        (
            per_death(values(ketahanan=0.9), cells(), np.array(42e6)),
            per_death(values(ketahanan=0.1), cells(), np.array(42e6)),
        ),
        (
            per_death(values(), cells(decile=8.0), np.array(42e6)),
            per_death(values(), cells(decile=1.0), np.array(42e6)),
        ),
        (per_accident(values(ketahanan=0.9), cells(), 1e6), per_accident(values(ketahanan=0.1), cells(), 1e6)),
    ):
        assert 0 <= low[measure] < high[measure]


def test_an_accident_pays_the_bill_even_of_who_loses_no_wage():
    v = values(bagian_pendapatan=0.0)
    c = float(np.exp(consumption(v, cells())))
    bill = 0.5 * KNOWN["kecelakaan_biaya"].nilai / KNOWN["kecelakaan_lama"].nilai / 4
    gain = poor(max(c - bill, 0.05 * c), v) - poor(c, v)
    expected = gain * 4 * KNOWN["kecelakaan_lama"].nilai / 12 * KNOWN["kecelakaan_diterima"].nilai
    assert per_accident(v, cells(), 1e6) == pytest.approx(expected)


def test_households_of_unknown_size_take_the_assumption():
    assumed = per_death(values(anggota_keluarga=4.0), cells(size=np.nan), np.array(42e6))
    assert assumed == pytest.approx(per_death(values(), cells(size=4.0), np.array(42e6)))
