"""What estimates and errors promise, by hand and against slow ways to the same."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.kernel.problems import Problem
from jangkau.core.statistics import Asked, Lonely, survey
from jangkau.core.statistics import laeken as eurostat
from jangkau.core.statistics import measures as m
from jangkau.core.statistics.design import make_design


def sample(values, weights=None, strata=None, psu=None, lonely=Lonely.FAIL, fpc=None):
    codes = [None if column is None else np.array(column) for column in (strata, psu)]
    given_weights = np.ones(len(values)) if weights is None else np.array(weights, float)
    size = None if fpc is None else np.array(fpc, float)
    return m.Sample(make_design(given_weights, *codes, size, lonely), np.array(values, float))


def rows(data):
    return np.arange(len(data.value))


def test_poverty_by_hand():
    data = sample([1, 2, 3, 4])
    assert [m.fgt(data, rows(data), 2, order).value for order in (0, 1, 2)] == pytest.approx([0.5, 0.125, 0.0625])


def test_who_is_at_the_line_is_poor_but_not_by_eurostat():
    data = sample([6, 10, 10, 10])
    cut = m.threshold(data, rows(data), 0.6)
    found = m.rate(data, rows(data), cut)
    assert (cut.estimate.value, found.value, found.laeken) == (6, 0.25, 0)


def test_half_exactly():
    data = sample([1, 2, 3, 4])
    assert m.quantile(data, rows(data), 0.5).value == 2
    assert eurostat.median(data.value, data.design.given) == 3


def test_one_person_has_everything():
    found = m.gini(sample([0, 0, 0, 8]), np.arange(4))
    assert (found.value, found.laeken) == (0.75, 75)


def test_error_of_a_simple_random_sample():
    values = [3.0, 8.0, 4.0, 9.0]
    found = m.mean(sample(values), np.arange(4))
    assert found.error == pytest.approx(np.std(values, ddof=1) / sqrt(4))
    drawn = m.mean(sample(values, fpc=[0.25] * 4), np.arange(4))
    assert drawn.error == pytest.approx(found.error * sqrt(0.75))


def test_units_without_anyone_of_a_domain_still_count():
    data = sample([1, 1, 1, 1], psu=[1, 2, 3, 4])
    assert m.total(data, np.array([0, 1])).error == pytest.approx(sqrt(4 / 3))


def test_unit_names_are_of_their_stratum():
    same, apart = (sample([1, 2, 3, 4], strata=[1, 1, 2, 2], psu=p) for p in ([1, 2, 1, 2], [1, 2, 3, 4]))
    assert m.mean(same, rows(same)).error == m.mean(apart, rows(apart)).error


def test_a_lonely_unit_stops_unless_told_otherwise():
    with pytest.raises(Problem, match="SURVEI_STRATA_TUNGGAL"):
        sample([1, 2, 3], strata=[1, 1, 2])
    errors = {
        rule: m.mean(data := sample([1, 2, 9], strata=[1, 1, 2], lonely=rule), rows(data)).error for rule in Lonely
        if rule is not Lonely.FAIL
    }  # fmt: skip
    assert errors[Lonely.CENTRE] > errors[Lonely.AVERAGE] > errors[Lonely.CERTAIN] > 0


@pytest.mark.parametrize("fpc", [[3, 3, 3, 4], [2, 2, 2, 2], [0, 0, 0, 0], [0.5, 0.5, 4, 4]])
def test_population_sizes_that_cannot_be(fpc):
    with pytest.raises(Problem, match="SURVEI_FPC"):
        sample([1, 2, 3, 4], strata=[1, 1, 1, 1] if fpc[0] != 0.5 else [1, 1, 2, 2], fpc=fpc)


def test_what_a_sample_cannot_tell_is_not_a_number():
    data = sample([5, 5, 5, nan], weights=[1, 1, 1, 0])
    found = survey(data, {"A": np.arange(3), "B": np.array([3])}, Asked(("FGT0", "ARPT", "ARPR", "Gini"), 4))
    assert found["A"]["ARPT"].value == 3
    assert isnan(found["A"]["ARPT"].error)
    assert all(isnan(e.value) and isnan(e.error) for e in found["B"].values())


SURVEYS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 5), st.integers(0, 1), st.integers(0, 2)), min_size=4, max_size=25
)


def drawn(given_rows):
    # each stratum has two units at least
    kept = [(1, 1, 0, 0), (30, 2, 0, 1), (2, 1, 1, 0), (40, 1, 1, 1), *given_rows]
    y, w, h, p = (list(column) for column in zip(*kept, strict=True))
    return y, w, h, p


def slow_error(data, influence, strata, psu):
    total = 0.0
    for h in set(strata):
        units = sorted({p for s, p in zip(strata, psu, strict=True) if s == h})
        sums = [
            sum(
                data.design.weight[i] * influence[i]
                for i in range(len(strata))
                if (strata[i], psu[i]) == (h, p)
            )
            for p in units
        ]  # fmt: skip
        mean = sum(sums) / len(sums)
        total += len(sums) / (len(sums) - 1) * sum((one - mean) ** 2 for one in sums)
    return sqrt(total)


@given(SURVEYS)
@settings(max_examples=tries(60), deadline=None)
def test_variance_is_that_of_unit_totals(given_rows):
    y, w, h, p = drawn(given_rows)
    data = sample(y, w, h, p)
    people = sum(w)
    share = sum(wi for yi, wi in zip(y, w, strict=True) if yi <= 10) / people
    influence = [((yi <= 10) - share) / people for yi in y]
    assert m.fgt(data, rows(data), 10, 0).error == pytest.approx(slow_error(data, influence, h, p), abs=1e-12)


# a power of two keeps every digit: where half lies exactly at a value, the last digit of a weight decides, as in R
@given(SURVEYS, st.sampled_from([0.25, 2, 64]), st.randoms())
@settings(max_examples=tries(40), deadline=None)
def test_order_and_scale_of_weights_change_nothing(given_rows, scale, random):
    whole = list(zip(*drawn(given_rows), strict=True))
    asked = Asked(("FGT0", "FGT1", "FGT2", "ARPT"), 15)

    def measured(listed, times):
        y, w, h, p = (list(column) for column in zip(*listed, strict=True))
        data = sample(y, [times * one for one in w], h, p)
        return [e.value for e in survey(data, {"x": rows(data)}, asked)["x"].values()]

    shuffled = random.sample(whole, len(whole))
    assert measured(shuffled, scale) == pytest.approx(measured(whole, 1))


def without(data, psu, unit):
    """The jackknife: one first unit left out, the others stand for it."""
    kept = np.flatnonzero(psu != unit)
    units = len(np.unique(psu))
    return sample(data.value[kept], data.design.given[kept] * units / (units - 1), None, psu[kept])


@pytest.mark.parametrize("measure", [m.gini, m.mean, m.total, lambda d, r: m.fgt(d, r, 400, 1)])
def test_errors_are_close_to_the_jackknife(measure):
    rng = np.random.default_rng(8)
    psu = np.repeat(np.arange(60), 12)
    data = sample(rng.lognormal(6, 0.6, 720) * (1 + psu / 200), rng.uniform(1, 5, 720), None, psu)
    left_out = [measure(one, rows(one)).value for unit in range(60) if (one := without(data, psu, unit))]
    jackknife = sqrt(59 / 60 * sum((value - np.mean(left_out)) ** 2 for value in left_out))
    assert measure(data, rows(data)).error == pytest.approx(jackknife, rel=0.03)


def test_error_of_the_threshold_covers_new_samples():
    rng = np.random.default_rng(3)
    draws = [sample(rng.lognormal(6, 0.6, 800)) for _ in range(200)]
    found = [m.threshold(data, rows(data), 0.6).estimate for data in draws]
    rates = [m.rate(data, rows(data), m.threshold(data, rows(data), 0.6)) for data in draws]
    for estimates in (found, rates):
        spread = np.std([e.value for e in estimates])
        assert np.mean([e.error for e in estimates]) == pytest.approx(spread, rel=0.15)
