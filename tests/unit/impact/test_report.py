"""What one plan's answer holds, and that it never says more than expected."""

import json
import re

import numpy as np
import pytest
from paid_plans import crowd, exposed, paid, person

from jangkau.core.impact import beside, estimate, impact, parameters
from jangkau.core.impact.parameters import central


@pytest.fixture(scope="module")
def plan():
    return exposed(*crowd())


@pytest.fixture(scope="module")
def found(plan):
    return impact(plan, parameters(plan.start), draws=400, seed=3)


def test_headline_in_its_range_above_the_pessimistic_bound(found):
    for name in ("P0", "P1", "P2"):
        cell = found[name]
        assert 0 < cell["bawah"] < cell["nilai"] < cell["atas"]
        assert 0 < found["pesimis"][name] < cell["nilai"]
    assert found["P0"]["nilai"] > found["P1"]["nilai"] > found["P2"]["nilai"]
    assert (
        found["kematian_diharapkan"]["bawah"]
        < found["kematian_diharapkan"]["nilai"]
        < found["kematian_diharapkan"]["atas"]
    )


def test_cost_is_the_premiums_of_the_plan(plan, found):
    assert found["biaya"]["nilai"] == plan.people["iuran"].sum()
    assert found["biaya_per_P0"]["nilai"] == pytest.approx(found["biaya"]["nilai"] / found["P0"]["nilai"])


@pytest.mark.parametrize("group", ["wilayah", "desil", "jenis_kelamin", "umur", "dana", "tahun"])
def test_groups_add_up_to_the_whole(found, group):
    rows = found["menurut"][group]
    for name in ("P0", "P1", "P2"):
        assert sum(row[name] for row in rows) == pytest.approx(found[name]["nilai"])
    if group != "tahun":
        assert sum(row["orang"] for row in rows) == found["orang"]
        assert sum(row["iuran"] for row in rows) == found["biaya"]["nilai"]
    if group not in ("tahun", "dana"):
        assert rows[-1][group] == "tidak diketahui"


def test_a_person_handed_over_counts_for_each_fund_by_its_months():
    e = exposed([person("a")], [paid("a", "A", "2026-12", 3, 300), paid("a", "B", "2027-03", 9, 900)])
    rows = impact(e, parameters(e.start), draws=100)["menurut"]["dana"]
    assert [row["dana"] for row in rows] == ["A", "B"]
    assert rows[1]["P0"] == pytest.approx(3 * rows[0]["P0"])
    assert [row["iuran"] for row in rows] == [300, 900]


def test_the_tornado_has_every_assumption_and_coping_first(found):
    assert {bar["nama"] for bar in found["peka"]} == {row["nama"] for row in found["asumsi"]}
    assert found["peka"][0]["nama"] == "ketahanan"
    widths = [abs(bar["P0_tinggi"] - bar["P0_rendah"]) for bar in found["peka"]]
    assert widths == sorted(widths, reverse=True)


def test_draws_are_the_closed_form_at_their_values(plan):
    known = parameters(plan.start)
    fixed = {name: vars(p) for name, p in known.items()}
    same = {
        name: type(known[name])(**(row | {"rendah": row["nilai"], "tinggi": row["nilai"]}))
        for name, row in fixed.items()
    }
    drawn, deaths = estimate.simulate(plan, same, 3, 1)
    person_by_person = estimate.per_person(plan, central(known)).sum(axis=0)
    np.testing.assert_allclose(drawn, [person_by_person] * 3)
    np.testing.assert_allclose(deaths, plan.deaths.sum())


def test_the_same_seed_the_same_answer(plan, found):
    assert json.dumps(impact(plan, parameters(plan.start), draws=400, seed=3)) == json.dumps(found)


def test_a_plan_that_pays_nobody():
    empty = impact(exposed([], []), parameters(0), draws=100)
    assert (empty["P0"], empty["biaya_per_P0"]["nilai"]) == ({"nilai": 0, "bawah": 0, "atas": 0}, None)
    assert json.loads(json.dumps(empty))["pemerataan"]["iuran"]["gini"] is None


def test_every_answer_says_that_it_is_an_expectation(found):
    assert found["arti"].startswith("Diharapkan, sebelum kejadian")
    said = json.dumps(found, ensure_ascii=False)
    assert not re.search(r"(akan|telah|sudah) (mengangkat|mengentaskan|bebas)|terentaskan|lives saved", said)
    assert any("laki-laki yang lebih tua" in caveat for caveat in found["catatan"])


def test_plans_beside_one_another_with_what_a_ranking_would_shift():
    old, young = [person("a")], [person("b", sex="P", decile=5)]
    plans = {"muda": (exposed(young, [paid("b")]), 90), "tua": (exposed(old, [paid("a")]), 50)}
    rows = beside(plans, parameters(2026 * 12))
    assert [row["keluaran"] for row in rows] == ["tua", "muda"]
    assert [row["perempuan_persen"] for row in rows] == [0, 100]
    assert [row["poin"] for row in rows] == [50, 90]
    assert all(row["P0_pesimis"] < row["P0"] for row in rows)
