"""The closed form against families that live and die one by one, with and without cover: within half a percent."""

import numpy as np
import pytest
from paid_plans import BOOK, exposed, paid, person
from scipy.special import ndtri

from jangkau.core.impact import estimate, parameters
from jangkau.core.impact.cover import death_benefit
from jangkau.core.impact.equations import consumption
from jangkau.core.impact.parameters import central

PEOPLE = 300_000_000  # of whom more than a million die


def averted(c, v, rng, deaths, left, due):
    """Person-years below the line that cover averts for families struck by death, measured family by family."""
    v = {name: float(value) for name, value in vars(v).items()}
    after = c * (left + 1) * (1 - v["bagian_pendapatan"] * (1 - v["ketahanan"])) / left
    heard = rng.random(deaths) < v["santunan_diterima"]
    even = (np.arange(deaths) + rng.random(deaths)) / deaths  # every share of luck once: less noise, the same law
    luck = np.exp(v["sebaran_pengeluaran"] * ndtri(even))
    monthly = max(due - v["biaya_kematian"], 0) / (12 * v["lama_dampak"] * left)
    line = v["garis_miskin_ekstrem"]

    def below(median):
        gap = np.clip((line - median * luck) / line, 0, None)
        return np.stack([(median * luck < line).astype(float), gap, gap**2])

    return (below(after) - below(np.where(heard, after + monthly, after))).sum(axis=1) * left * v["lama_dampak"]


@pytest.mark.parametrize(("decile", "months"), [(1, 12), (1, 6)])
def test_closed_form_is_what_happens_on_average(decile, months):
    e = exposed([person("a", decile=decile)], [paid("a", months=months)])
    known = parameters(e.start)
    v = central(known, kecelakaan_setahun=0.0, anggota_keluarga=4.0)
    closed = estimate.per_person(e, v)[0]
    rng, total = np.random.default_rng(5), np.zeros(3)
    monthly = float(e.deaths.sum()) / months
    c = float(np.exp(consumption(v, e.cells)[0]))
    for month in range(months):
        deaths = rng.binomial(PEOPLE, monthly)
        total += averted(c, v, rng, deaths, 3, death_benefit(e.start + month, month + 1, BOOK))
    assert closed == pytest.approx(total / PEOPLE, rel=0.005)
