"""The path to a target: the programme against year-by-year bookkeeping and against every other mix tried."""

import numpy as np
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.planning import Base, path_to_target, read_assumptions
from jangkau.core.planning.path import prices, published
from jangkau.core.planning.path.assumptions import shipped
from jangkau.core.planning.path.model import Group, cheapest

BASE = Base(20_000, 100_000, "pekerja", 2026 * 12 + 10, "uji")
FIGURES = {
    "FORMAL_BELUM.orang": (20_000.0, "uji"), "PDS.orang": (5_000.0, "uji"), "INFORMAL_MAMPU.orang": (60_000.0, "uji"),
    "RENTAN.orang": (30_000.0, "uji"), "FORMAL_BELUM.upah": (2_500_000.0, "uji"), "PDS.upah": (3_000_000.0, "uji"),
}  # fmt: skip
TOLERANCE = 0.01  # of a person


def random_groups(r, years):
    return [
        Group(str(at), 900 * r.random(), r.random(), r.random(), 90 * r.random(), 20 * r.random((years, 4)))
        for at in range(r.integers(1, 4))
    ]  # fmt: skip


def bookkeeping(group, new, first_months):
    """Active people and the government's rupiah, year after year."""
    active, cost, line = 0.0, 0.0, []
    for year, fresh in enumerate(new):
        stayed = active * group.stay
        active = stayed + fresh
        cost += group.reach * fresh + group.bills[year, 0] * (12 * stayed + first_months * fresh)
        line.append(active)
    return np.array(line), cost


@pytest.mark.parametrize("seed", range(40))
def test_the_mix_keeps_every_rule_and_none_tried_is_cheaper(seed):
    r = np.random.default_rng(seed)
    years = int(r.integers(1, 5))
    groups, months = random_groups(r, years), float(r.integers(1, 13))
    goals = np.zeros(years)
    goals[-1] = r.integers(0, 1200)
    mix = cheapest(groups, goals, months)
    books = [bookkeeping(group, mix.new[at], months) for at, group in enumerate(groups)]
    for at, group in enumerate(groups):
        assert (mix.new[at] <= group.ramp * group.people + 1e-6).all()
        assert (mix.active[at] <= group.people + 1e-6).all()
        assert mix.active[at] == pytest.approx(books[at][0])
        assert mix.cost[at, :, 0].sum() == pytest.approx(books[at][1])
    reached, cost = mix.active[:, -1].sum(), mix.cost[..., 0].sum()
    assert reached + mix.short >= goals[-1] - TOLERANCE
    for _ in range(200):
        new = np.array([r.random(years) * group.ramp * group.people for group in groups])
        lines = [bookkeeping(group, new[at], months) for at, group in enumerate(groups)]
        if all((line <= group.people).all() for (line, _), group in zip(lines, groups, strict=True)):
            total = sum(line[-1] for line, _ in lines)
            assert total <= reached + TOLERANCE or mix.short < TOLERANCE
            if total >= goals[-1]:
                assert sum(rupiah for _, rupiah in lines) >= cost * (1 - 1e-3) - TOLERANCE


def test_a_cheaper_group_goes_first_until_its_ramp_ends():
    dear, cheap = (Group(name, 100.0, 0.5, 1.0, reach, np.zeros((1, 4))) for name, reach in (("a", 9.0), ("b", 1.0)))
    assert cheapest([dear, cheap], np.array([60.0]), 6).new.ravel().tolist() == pytest.approx([10, 50])


def test_earlier_goals_are_kept_where_they_can_be():
    group = Group("a", 100.0, 0.4, 1.0, 1.0, np.ones((3, 4)))
    assert cheapest([group], np.array([0.0, 0.0, 60.0]), 6).new[0].tolist() == pytest.approx([0, 20, 40])
    assert cheapest([group], np.array([20.0, 40.0, 60.0]), 6).new[0].tolist() == pytest.approx([20, 20, 20])
    assert cheapest([group], np.array([90.0, 90.0, 60.0]), 6).short == pytest.approx(0)


@pytest.mark.parametrize("percent", [20, 40, 55])
def test_the_waterfall_adds_up_to_what_is_reached(book, tmp_path, percent):
    path = path_to_target(BASE, read_assumptions(tmp_path, FIGURES), percent, 2029, book)
    assert path["tercapai"]
    assert sum(step["orang"] for step in path["air_terjun"]) == pytest.approx(path["hasil"]["pembilang"], abs=3)
    assert path["hasil"]["persen"] == pytest.approx(percent, abs=0.01)
    assert path["biaya"]["pemerintah"] == pytest.approx(sum(row["pemerintah"] for row in path["tahunan"]), abs=3)
    assert path["biaya"]["pekerja"] == pytest.approx(sum(g["biaya"]["pekerja"] for g in path["kelompok"]), abs=4)
    assert [row["tahun"] for row in path["tahunan"]] == [2027, 2028, 2029]


def test_a_target_out_of_reach_says_how_many_are_missing(book, tmp_path):
    path = path_to_target(BASE, read_assumptions(tmp_path, FIGURES), 99, 2027, book)
    assert not path["tercapai"]
    missing = 0.99 * path["hasil"]["penyebut"] - path["hasil"]["pembilang"]
    assert path["kurang"] == pytest.approx(missing, abs=2)


def test_a_target_already_reached_costs_nothing(book, tmp_path):
    path = path_to_target(BASE, read_assumptions(tmp_path, FIGURES), 5, 2028, book)
    assert (path["tercapai"], sum(path["biaya"].values())) == (True, 0)


def test_the_range_holds_the_result(book, tmp_path):
    path = path_to_target(BASE, read_assumptions(tmp_path, FIGURES), 30, 2028, book)
    good, bad = (path["rentang"][end] for end in ("baik", "buruk"))
    assert good["pemerintah"] <= path["biaya"]["pemerintah"]
    assert (bad["kurang"], bad["pemerintah"]) >= (0, path["biaya"]["pemerintah"])
    assert {row["nama"] for row in path["kepekaan"]} <= set(shipped())


def test_what_nobody_told_is_asked_for_and_left_out(book, tmp_path):
    path = path_to_target(BASE, read_assumptions(tmp_path, {}), 30, 2028, book)
    assert path["kelompok"] == []
    assert not path["tercapai"]
    assert any(words.startswith("Isi RENTAN.orang di jalur.yaml: ") for words in path["diminta"])
    assert {a["nama"] for a in path["asumsi"] if a["nilai"] is None} == {
        "FORMAL_BELUM.orang", "FORMAL_BELUM.upah", "PDS.orang", "PDS.upah", "INFORMAL_MAMPU.orang", "RENTAN.orang",
    }  # fmt: skip


def test_groups_are_taken_out_of_the_whole_that_holds_them(tmp_path):
    known = read_assumptions(tmp_path, FIGURES)
    assert (known["FORMAL_BELUM.orang"].nilai, known["INFORMAL_MAMPU.orang"].nilai) == (15_000, 30_000)
    without = {name: figure for name, figure in FIGURES.items() if name not in ("PDS.orang", "RENTAN.orang")}
    known = read_assumptions(tmp_path, without)
    assert (known["FORMAL_BELUM.orang"].nilai, known["INFORMAL_MAMPU.orang"].nilai) == (20_000, None)


def test_a_workspace_changes_any_assumption_by_name(tmp_path):
    (tmp_path / "jalur.yaml").write_text(
        "asumsi:\n  PDS.laju: {nilai: 0.4, rendah: 0.2, tinggi: 0.6, sumber: Disnaker, keyakinan: sedang}\n"
        "  RENTAN.orang: 1200\n"
    )
    known = read_assumptions(tmp_path, FIGURES)
    assert (known["PDS.laju"].nilai, known["PDS.laju"].rendah, known["PDS.laju"].sumber) == (0.4, 0.2, "Disnaker")
    assert (known["RENTAN.orang"].nilai, known["RENTAN.orang"].keyakinan) == (1200, "rendah")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asumsi: {X.y: 1}", "X.y tidak dikenal"),
        ("asumsi: {PDS.laju: banyak}", "PDS.laju.nilai"),
        ("asumsi: {PDS.laju: 1.5}", "antara 0 dan 1"),
        ("asumsi: {PDS.orang: -5}", "PDS.orang.nilai"),
        ("asumsi: {PDS.laju: {nilai: 0.2, rendah: 0.3}}", "rendah <= nilai <= tinggi"),
        ("asumsi: {PDS.laju: {nilai: 0.2, salah: 3}}", "PDS.laju.salah"),
        ("asumsi: [1]", "nama dan nilai"),
        ("asumsi: {", "jalur.yaml"),
        ("42", "nama dan nilai"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, text, words):
    (tmp_path / "jalur.yaml").write_text(text)
    with pytest.raises(Problem, match="PENGATURAN_SALAH") as error:
        read_assumptions(tmp_path, {})
    assert words in error.value.pesan


def test_every_shipped_assumption_has_a_range_a_source_and_a_unit():
    for assumption in shipped().values():
        assert assumption.satuan
        assert assumption.arti
        if assumption.nilai is not None:
            assert assumption.rendah <= assumption.nilai <= assumption.tinggi
            assert assumption.sumber


def test_the_law_says_who_pays_what(book):
    bill = prices.formal(3_000_000, 2026, 2026 * 12 + 10, book)
    # JKK 0.24 %, JKM 0.3 %, JHT 3.7 + 2 %, JP 2 + 1 %
    assert bill.by == {"pekerja": pytest.approx(90_000), "pemberi_kerja": pytest.approx(187_200)}
    assert prices.formal(3_000_000, 2029, 2026 * 12 + 10, book).note
    assert prices.vulnerable(0.75, 2028, book).by == {"pemerintah": 12_600, "lain": 4_200}
    assert prices.informal(2028, book).by == {"pekerja": 16_800}


def test_published_targets_carry_source_and_confidence_and_stay_with_their_place(book, tmp_path):
    shown = path_to_target(BASE, read_assumptions(tmp_path, FIGURES), 30, 2028, book)["acuan"]
    assert {row["wilayah"] for row in shown} == {""}
    assert all(row["sumber"] and row["keyakinan"] in ("tinggi", "sedang", "rendah") for row in published("17"))
    assert {row["wilayah"] for row in published("17")} == {"", "17"}
