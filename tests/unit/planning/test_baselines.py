"""The habits of offices, against a simulation that goes down the list person by person, month by month."""

import narwhals as nw
import numpy as np
import pytest

from jangkau.core.planning.baselines import baselines
from jangkau.core.planning.build import build
from jangkau.core.planning.funds import read_funds

FULL, HALF = 16_800, 8_400
VILLAGES, JOBS = ("6301012001", "6301012002", "6302012001"), ("TANI", "ANGKUTAN")


def build_world(world, book, people, funds, months):
    made = world(people, funds, mulai="2027-02", bulan=months)
    return build(made.people, read_funds(nw.from_native(made.funds)), made.settings, book)


def may(person, fund, month):
    return (
        person["kode_desa"].startswith(fund["wilayah"])
        and (not fund["pekerjaan"] or person["pekerjaan"] == fund["pekerjaan"])
        and (not fund["berlaku_sampai"] or f"2027-{2 + month:02d}" <= fund["berlaku_sampai"])
    )


def price(person, fund, month):
    """The discount for transport ends with March 2027; public money pays in full."""
    return HALF if fund["jenis"] == "CSR" and person["pekerjaan"] == "ANGKUTAN" and month < 2 else FULL


def reach(people, funds, months):
    whole = [p for p in people if all(any(may(p, f, m) for f in funds) for m in range(months))]
    return whole, [sum(any(may(p, f, m) for m in range(months)) for p in whole) for f in funds]


def go_down(people, fund, months, already):
    """Pays months that `already` does not hold until somebody is too dear; person -> {month: rupiah}."""
    left, given = fund["anggaran"], {}
    for at, person in people:
        bills = {
            m: price(person, fund, m) for m in range(months) if may(person, fund, m) and m not in already.get(at, {})
        }
        if not bills:
            continue
        if sum(bills.values()) > left:
            break
        left -= sum(bills.values())
        given[at] = bills
    return given


def in_turn(people, funds, months):
    listed, paid = list(people), {}
    for turn in range(5):
        paid = {}
        for fund in funds:
            for at, bills in go_down(listed, fund, months, paid).items():
                paid.setdefault(at, {}).update(bills)
        cut_off = {at for at, bills in paid.items() if len(bills) < months}
        if not cut_off or turn == 4:
            break
        listed = [(at, person) for at, person in listed if at not in cut_off]
    return {at: {m: [b] for m, b in bills.items()} for at, bills in paid.items()}


def unaware(people, funds, months):
    paid = {}
    for fund in funds:
        for at, bills in go_down(people, fund, months, {}).items():
            for month, bill in bills.items():
                paid.setdefault(at, {}).setdefault(month, []).append(bill)
    return paid


def counted(people, paid, months):
    whole = [at for at, by_month in paid.items() if len(by_month) == months]
    total = {at: sum(map(sum, by_month.values())) for at, by_month in paid.items()}
    useful = {at: sum(map(max, by_month.values())) for at, by_month in paid.items()}
    return {
        "poin": sum(people[at]["poin"] for at in whole),
        "orang": len(whole),
        "ganda": sum(any(len(bills) > 1 for bills in by_month.values()) for by_month in paid.values()),
        "rupiah": sum(total.values()),
        "terbuang": sum(total.values()) - sum(useful[at] for at in whole),
    }


@pytest.mark.parametrize("seed", range(60))
def test_habits_equal_a_simulation_person_by_person(world, book, seed):
    r = np.random.default_rng(seed)
    months, size = int(r.integers(1, 5)), int(r.integers(1, 25))
    people = [
        {"id_pekerja": f"P{at:03d}", "kode_desa": VILLAGES[r.integers(3)], "pekerjaan": JOBS[r.integers(2)],
         "poin": int(at * 7 % size)}
        for at in range(size)
    ]  # fmt: skip
    areas, most = ["", "6301", "6302", "6301012001"], size * months * FULL // 2
    funds = [
        {"kode": f"F{at}", "jenis": ["APBD_KAB", "CSR"][r.integers(2)], "wilayah": areas[r.integers(4)],
         "anggaran": int(r.integers(0, most)), "pekerjaan": ["", "", "TANI", "ANGKUTAN"][r.integers(4)],
         "berlaku_sampai": [None, None, "2027-03"][r.integers(3)]}
        for at in range(int(r.integers(1, 6)))
    ]  # fmt: skip
    built = build_world(world, book, people, funds, months)
    payable, sizes = reach(people, funds, months)
    wide = [funds[at] for at in np.argsort([-n for n in sizes], kind="stable")]
    narrow = [funds[at] for at in np.argsort(sizes, kind="stable")]
    place = {person["id_pekerja"]: at for at, person in enumerate(people)}
    signature = {person["id_pekerja"]: int(built.signature[at]) for at, person in enumerate(people)}
    by_points = sorted(payable, key=lambda p: (-p["poin"], signature[p["id_pekerja"]]))
    ranked, arrival = ([(place[p["id_pekerja"]], p) for p in some] for some in (by_points, payable))
    expected = {
        "urut_poin_dana_luwes_dulu": in_turn(ranked, wide, months),
        "urut_poin_dana_terbatas_dulu": in_turn(ranked, narrow, months),
        "urut_daftar": in_turn(arrival, wide, months),
        "dana_saling_tidak_tahu": unaware(ranked, funds, months),
    }
    played = baselines(built)
    for name, paid in expected.items():
        assert {key: value for key, value in played[name].items() if key != "cara"} == counted(people, paid, months), (
            name
        )


def test_a_month_paid_twice_wastes_all_but_the_dearest_payment(world, book):
    funds = [{"kode": kind, "jenis": kind, "wilayah": "", "anggaran": FULL} for kind in ("APBD_KAB", "CSR")]
    built = build_world(world, book, [{"pekerjaan": "ANGKUTAN"}], funds, 1)
    blind = baselines(built)["dana_saling_tidak_tahu"]
    assert (blind["orang"], blind["ganda"], blind["rupiah"], blind["terbuang"]) == (1, 1, FULL + HALF, HALF)


def test_months_that_do_not_reach_the_end_are_wasted(world, book):
    funds = [
        {"kode": "A", "berlaku_sampai": "2027-02", "anggaran": 2 * FULL},
        {"kode": "B", "berlaku_dari": "2027-03", "anggaran": FULL},
    ]
    built = build_world(world, book, [{"poin": 2}, {"poin": 1}], funds, 2)
    blind = baselines(built)["dana_saling_tidak_tahu"]
    assert (blind["orang"], blind["rupiah"], blind["terbuang"]) == (1, 3 * FULL, FULL)


def test_no_people_and_no_funds(world, book):
    for people, funds in (([], [{}]), ([{}], [])):
        made = world(people, funds)
        built = build(made.people, read_funds(nw.from_native(made.funds)), made.settings, book)
        assert all(row["orang"] == row["rupiah"] == 0 for row in baselines(built).values())


def test_row_order_changes_nothing(world, book):
    made = world([{"poin": at % 4} for at in range(30)], [{"anggaran": 20 * FULL}])
    funds = read_funds(nw.from_native(made.funds))
    one, two = (build(p, funds, made.settings, book) for p in (made.people, made.people.reverse()))
    assert baselines(one) == baselines(two)
