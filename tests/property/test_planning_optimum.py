"""Plans against brute force on tiny instances, against person-level HiGHS on larger ones, and their invariants."""

import itertools
import json
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tries import tries

from jangkau.core.law.book import Book
from jangkau.core.planning import plan
from jangkau.core.planning.build import build
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.schedule import deal, schedule
from jangkau.core.planning.smooth import smooth
from jangkau.core.planning.solve import solve
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.settings import Settings

BOOK = Book.load()
FULL, HALF = 16_800, 8_400
SCHEMA = {"id_pekerja": pl.String, "kode_desa": pl.String, "pekerjaan": pl.String, "desil": pl.Int64,
          "terdaftar": pl.Boolean, "lanjutan": pl.Boolean, "penghasilan": pl.Int64, "poin": pl.Int64}  # fmt: skip
VILLAGES, JOBS = ("5201012001", "5201012002", "5202012001"), ("TANI", "ANGKUTAN", None)

people_of = st.fixed_dictionaries(
    {
        "kode_desa": st.sampled_from(VILLAGES),
        "pekerjaan": st.sampled_from(JOBS),
        "desil": st.sampled_from([1, 3, None]),
        "terdaftar": st.booleans(),
        "poin": st.sampled_from([0, 1, 2, 5, 10]),
    }
)
month = st.sampled_from([None, "2027-02", "2027-03", "2027-04", "2027-05"])
funds_of = st.fixed_dictionaries(
    {
        "jenis": st.sampled_from(["APBD_KAB", "CSR", "ZAKAT"]),
        "anggaran": st.integers(0, 12 * FULL),
        "wilayah": st.sampled_from(["", "52", "5201", "5202", "5201012001"]),
        "pekerjaan": st.sampled_from(["", "TANI", "ANGKUTAN", "TANI|ANGKUTAN"]),
        "syarat": st.sampled_from(["", "desil<=2", "belum_terdaftar"]),
        "berlaku_dari": month,
        "berlaku_sampai": month,
    }
)


def frames(people, funds):
    rows = [{"lanjutan": False, "penghasilan": None, "id_pekerja": f"P{at:04d}", **p} for at, p in enumerate(people)]
    names = {name: pl.Int64 if name == "anggaran" else pl.String for name in DANA.names}
    dana = [{"kode": f"F{at}", **fund} for at, fund in enumerate(funds)]
    return pl.DataFrame(rows, schema=SCHEMA), pl.DataFrame(dana, schema=names)


def setting(months):
    return Settings(provinsi="52", per=date(2027, 1, 5), mulai="2027-02", bulan=months, benih=1)


def price(person, fund, at):
    """What a month costs, told from facts/law by hand: the discount for transport ends with March 2027."""
    cheap = fund["jenis"] != "APBD_KAB" and person["pekerjaan"] == "ANGKUTAN" and at < 2
    return HALF if cheap else FULL


def may(person, fund, at):
    text = f"2027-{2 + at:02d}"
    return (
        (person["kode_desa"] or "").startswith(fund["wilayah"])
        and (not fund["pekerjaan"] or (person["pekerjaan"] or "-") in fund["pekerjaan"].split("|"))
        and (fund["syarat"] != "desil<=2" or (person["desil"] or 99) <= 2)
        and (fund["syarat"] != "belum_terdaftar" or not person["terdaftar"])
        and (not fund["berlaku_dari"] or fund["berlaku_dari"] <= text)
        and (not fund["berlaku_sampai"] or text <= fund["berlaku_sampai"])
    )


def brute_force(people, funds, months):
    """Most points, then most people: every way to pay each person, all reachable states of the money kept."""
    states = {tuple(fund["anggaran"] // HALF for fund in funds): (0, 0)}
    for person in people:
        ways = set()
        able = [[s for s, fund in enumerate(funds) if may(person, fund, at)] for at in range(months)]
        for chosen in itertools.product(*able):
            bill = [0] * len(funds)
            for at, s in enumerate(chosen):
                bill[s] += price(person, funds[s], at) // HALF
            ways.add(tuple(bill))
        after = dict(states)
        for left, (points, heads) in states.items():
            for bill in ways:
                rest = tuple(a - b for a, b in zip(left, bill, strict=True))
                if min(rest, default=0) >= 0:
                    after[rest] = max(after.get(rest, (0, 0)), (points + person["poin"], heads + 1))
        states = after
    return max(states.values())


def check_rules(people, funds, months, rows):
    """Every rule of the contract, row by row."""
    spent = dict.fromkeys(range(len(funds)), 0)
    seen = {}
    for row in rows.filter(pl.col("dana").is_not_null()).to_dicts():
        person, s = people[int(row["id_pekerja"][1:])], int(row["dana"][1:])
        first = int(row["bulan_mulai"][5:]) - 2
        bills = [price(person, funds[s], at) for at in range(first, first + row["jumlah_bulan"])]
        assert all(may(person, funds[s], at) for at in range(first, first + row["jumlah_bulan"]))
        assert (row["iuran_per_bulan"], row["iuran_total"]) == (bills[0], sum(bills))
        spent[s] += sum(bills)
        seen.setdefault(row["id_pekerja"], []).extend(range(first, first + row["jumlah_bulan"]))
    assert all(sorted(at) == list(range(months)) for at in seen.values())
    assert all(spent[s] <= fund["anggaran"] for s, fund in enumerate(funds))
    return seen


@settings(max_examples=tries(60), deadline=None, derandomize=True)
@given(st.lists(people_of, max_size=6), st.lists(funds_of, max_size=3), st.integers(1, 4))
def test_the_plan_is_the_best_there_is(people, funds, months):
    frame, dana = frames(people, funds)
    planned = plan(nw.from_native(frame), nw.from_native(dana), setting(months), BOOK)
    rows = planned.rencana.to_native()
    seen = check_rules(people, funds, months, rows)
    best = brute_force(people, funds, months)
    assert (planned.ringkasan["tujuan"], planned.ringkasan["orang"]) == best
    assert best == (sum(people[int(who[1:])]["poin"] for who in seen), len(seen))
    assert planned.ringkasan["batas"] >= best[0]
    assert set(rows["id_pekerja"]) == set(frame["id_pekerja"])


@settings(max_examples=tries(25), deadline=None, derandomize=True)
@given(st.lists(people_of, min_size=1, max_size=40), st.lists(funds_of, max_size=6), st.integers(1, 4), st.randoms())
def test_row_order_changes_nothing(people, funds, months, random):
    frame, dana = frames(people, funds)
    order = list(range(len(people)))
    random.shuffle(order)
    one = plan(nw.from_native(frame), nw.from_native(dana), setting(months), BOOK)
    two = plan(nw.from_native(frame[order]), nw.from_native(dana.reverse()), setting(months), BOOK)
    assert one.rencana.to_native().equals(two.rencana.to_native())
    assert json.dumps(one.ringkasan) == json.dumps(two.ringkasan)


def person_level(people, funds, months):
    """Sum of points by HiGHS over one variable a person, month and fund."""
    arcs = [
        (i, at, s) for i, p in enumerate(people) for at in range(months) for s, f in enumerate(funds) if may(p, f, at)
    ]
    n, cols = len(people), len(people) + len(arcs)
    months_rows, money = np.zeros((n * months, cols)), np.zeros((len(funds), cols))
    for i in range(n):
        months_rows[i * months : (i + 1) * months, i] = -1
    for column, (i, at, s) in enumerate(arcs, start=n):
        months_rows[i * months + at, column] = 1
        money[s, column] = price(people[i], funds[s], at)
    gain = np.concatenate([[p["poin"] for p in people], np.zeros(len(arcs))])
    room = [fund["anggaran"] for fund in funds]
    rules = [LinearConstraint(months_rows, 0, 0), LinearConstraint(money / HALF, -np.inf, np.array(room) / HALF)]
    return round(-milp(-gain, integrality=np.ones(cols), bounds=Bounds(0, 1), constraints=rules).fun)


def random_world(seed, size, funds, months=1):
    r = np.random.default_rng(seed)
    people = [
        {"kode_desa": VILLAGES[r.integers(3)], "pekerjaan": JOBS[r.integers(3)], "desil": int(r.integers(1, 6)),
         "terdaftar": bool(r.integers(2)), "poin": 5 * int(r.integers(0, 12))}
        for _ in range(size)
    ]  # fmt: skip
    most = 2 * size * FULL * months // funds
    kinds, areas = ["APBD_KAB", "CSR", "ZAKAT"], ["", "52", "5201", "5202", "5201012001"]
    rows = [
        {"jenis": kinds[r.integers(3)], "anggaran": int(r.integers(0, most)), "wilayah": areas[r.integers(5)],
         "pekerjaan": ["", "TANI", "ANGKUTAN"][r.integers(3)], "syarat": ["", "desil<=2"][r.integers(2)],
         "berlaku_dari": [None, "2027-03"][int(r.random() < 0.2)],
         "berlaku_sampai": [None, "2027-03"][int(r.random() < 0.2)]}
        for _ in range(funds)
    ]  # fmt: skip
    return people, rows


@pytest.mark.parametrize("seed", range(12))
def test_equals_person_level_highs(seed):
    people, funds = random_world(seed, 14 + seed, 4, 1 + seed % 4)
    frame, dana = frames(people, funds)
    planned = plan(nw.from_native(frame), nw.from_native(dana), setting(1 + seed % 4), BOOK)
    assert planned.ringkasan["tujuan"] == person_level(people, funds, 1 + seed % 4)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("months", [1, 3, 12])
def test_larger_plans_keep_every_rule_close_to_their_bound(seed, months):
    people, funds = random_world(100 + seed, 900, 12, months)
    frame, dana = frames(people, funds)
    given_ = setting(months)
    case = build(frame, read_funds(nw.from_native(dana)), given_, BOOK).case
    answer = solve(case)
    assert (answer.solution.spent(case) <= case.budgets).all()
    assert answer.points <= answer.bound
    assert answer.bound - answer.points <= 0.002 * answer.bound
    if months == 1 and case.one_price:
        assert answer.points == answer.bound


@pytest.mark.parametrize("seed", range(6))
def test_fewer_handovers_keep_people_and_money(seed):
    people, funds = random_world(200 + seed, 500, 10, 6)
    frame, dana = frames(people, funds)
    built = build(frame, read_funds(nw.from_native(dana)), setting(6), BOOK)
    case = built.case
    plain = solve(case).solution
    smoothed = smooth(case, plain)
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, smoothed.used)
    assert (smoothed.paid == plain.paid).all()
    assert (smoothed.spent(case) <= case.budgets).all()
    assert (months == smoothed.paid[case.node_u] * case.node_months).all()
    fewest = len(deal(built, plain, 1).run_person)
    assert plain.paid.sum() <= fewest <= len(schedule(built, plain, 1).run_person)
