"""A forecast with an interval that holds about as often as it says, or a refusal that says what is missing."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from counted import member, members

from jangkau.core.coverage import forecast, read_panel
from jangkau.core.coverage.forecast import LEAST, Flows, errors, flows, half_width, monthly, project
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book

ENDS = [date(2025 + m // 12, m % 12 + 1, 28) for m in range(14)]
UNTIL = date(2026, 8, 31)


def panel(months: int = 14, joining: int = 2, leave_out: int = -1) -> Any:
    """Each month `joining` people begin and two of those of five months before stop."""
    potret = {}
    for at, per in enumerate(ENDS[:months]):
        first = max(0, at - 5) * 2
        if at != leave_out:
            rows = (member(n, dibayar_sampai=f"{per:%Y-%m}", pembayar="CSR") for n in range(first, 10 + at * joining))
            potret[per] = members(*rows)
    return read_panel(potret, "17", Book.load(), 1)


def test_flows_are_people_who_stop_come_back_and_join():
    dates = ENDS[:3]
    who = ({1, 2, 3}, {2, 4}, {1, 2, 5})
    potret = {
        per: members(*(member(n, dibayar_sampai=f"{per:%Y-%m}") for n in w)) for per, w in zip(dates, who, strict=True)
    }
    found = flows(read_panel(potret, "17", Book.load(), 1), dates, "17", "17")
    assert found.active.tolist() == [3, 2, 3]
    assert (found.stopped.tolist(), found.back.tolist(), found.new.tolist()) == ([2, 1], [0, 1], [1, 1])


def test_if_nothing_changes_nothing_is_forecast_to_change():
    still = Flows(np.full(14, 50.0), *(np.zeros(13) for _ in range(3)))
    assert project(still, 6).tolist() == [50.0] * 6
    assert {error for _, error in errors(still)} == {0.0}


def test_every_past_forecast_knows_only_what_was_known_then():
    base = Flows(np.arange(50.0, 64.0), np.zeros(13), np.zeros(13), np.ones(13))
    later = Flows(base.active.copy(), base.stopped, base.back, base.new.copy())
    later.new[-1] = 40
    later.active[-1] = 102
    assert [e for e in errors(base) if e[0] < 3][:5] == [e for e in errors(later) if e[0] < 3][:5]


def simulated(rng: np.random.Generator, months: int) -> Flows:
    """Members who stop at random, in months that are better and worse, and others who join."""
    active, pool = 20_000.0, 0.0
    line, moved = [active], []
    for _ in range(months - 1):
        gone = rng.binomial(int(active), 0.03 * rng.lognormal(0, 0.5))
        back = rng.binomial(int(pool), 0.02)
        new = rng.poisson(700 * rng.lognormal(0, 0.4))
        active, pool = active - gone + back + new, pool + gone - back
        line.append(active)
        moved.append((gone, back, new))
    stopped, back, new = (np.array(column, float) for column in zip(*moved, strict=True))
    return Flows(np.array(line), stopped, back, new)


@pytest.mark.parametrize("ahead", [1, 3, 6])
def test_the_interval_holds_about_as_often_as_it_says(ahead):
    rng = np.random.default_rng(8)
    held = []
    for _ in range(150):
        whole = simulated(rng, 18 + ahead)
        known = whole.until(17)
        half = half_width(list(errors(known)), ahead, 0.8)
        held.append(abs(np.log(whole.active[-1] / project(known, ahead)[-1])) <= half)
    assert 0.68 <= np.mean(held) <= 0.92


def test_a_plan_comes_on_top_and_the_interval_widens_with_distance():
    plan = frame(pl.DataFrame({"bulan": ["2026-04"], "wilayah": ["17"], "orang": [100]}))
    workers = {"17": (400.0, "Bekerja")}
    bare = forecast(panel(), UNTIL, ["17", "1701"], workers)
    planned = polars(forecast(panel(), UNTIL, ["17", "1701"], workers, planned=plan).angka)
    told = polars(bare.angka)
    mine = told.filter(indikator="peserta_aktif", wilayah="17").sort("per")
    assert mine["per"].to_list()[-1] == UNTIL
    assert (mine["atas"] - mine["bawah"]).is_sorted()
    assert mine["catatan"][-1].startswith("Selang 80 persen menurut")
    more = planned.filter(indikator="peserta_aktif", wilayah="17").sort("per")["nilai"] - mine["nilai"]
    assert more.round(1).to_list() == [0, 100, 0, 0, 0, 0]
    share = told.filter(indikator="cakupan").sort("per")
    assert share["nama_penyebut"].unique().to_list() == ["Bekerja"]
    assert share["bawah"].to_list() == pytest.approx((mine["bawah"] / 4).to_list(), abs=0.1)
    assert set(told["asal"]) == {"ramalan"}
    assert polars(bare.uji).filter(wilayah="17")["banyak"].to_list() == list(range(9, 0, -1))


def test_too_few_snapshots_are_refused_with_what_is_missing():
    for short in (panel(LEAST - 1), panel(14, leave_out=5)):
        with pytest.raises(Problem, match=f"memerlukan {LEAST} potret"):
            forecast(short, UNTIL, ["17"], {})
    assert len(monthly(panel(14, leave_out=5))) == 8
    with pytest.raises(Problem, match="sudah ada potretnya"):
        forecast(panel(), ENDS[13] - timedelta(days=40), ["17"], {})
