"""Other budgets and money moved: what is told is what a plan made anew gives."""

import numpy as np
import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.planning import frontier, transfer
from jangkau.core.planning.explore import quick as explore_quick

FULL = 16_800
PLACES = ("6301012001", "6302012001", "6303012001")


def crowd(seed, size=120, *, same_price=True):
    r = np.random.default_rng(seed)
    people = [
        {"kode_desa": PLACES[r.integers(3)], "pekerjaan": ("TANI", "ANGKUTAN")[r.integers(2)],
         "desil": int(r.integers(1, 5)), "poin": 5 * int(r.integers(0, 12))}
        for _ in range(size)
    ]  # fmt: skip
    kind = {} if same_price else {"jenis": "CSR"}
    funds = [
        {"kode": "PROV", "anggaran": 60 * FULL},
        {"kode": "K1", "anggaran": 30 * FULL, "wilayah": "6301"},
        {"kode": "K2", "anggaran": 21 * FULL, "wilayah": "6302", "syarat": "desil<=2"},
        {"kode": "C", "anggaran": 33 * FULL, "wilayah": "6303", **kind},
    ]
    return people, funds


def line(world, book, people, funds, **settings):
    record = world(people, funds, **settings).record(book)
    ids = record.people["id_pekerja"]
    return frontier(record, ids.filter(pl.Series([at % 2 == 0 for at in range(len(ids))]))), record


def scaled(funds, share):
    return [{**fund, "anggaran": fund["anggaran"] * share // 100} for fund in funds]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("same_price", [True, False])
def test_the_line_rises_bends_down_and_meets_the_plan(world, book, seed, same_price):
    people, funds = crowd(seed, same_price=same_price)
    rows, record = line(world, book, people, funds, mulai="2027-02")
    points = [row["poin"] for row in rows]
    assert [row["persen_anggaran"] for row in rows] == list(range(0, 201, 5))
    assert points[0] == rows[0]["orang"] == rows[0]["iuran"] == 0
    assert all(row["poin"] <= row["batas"] and row["iuran"] <= row["anggaran"] for row in rows)
    assert points == sorted(points)
    # the bound is concave in money but for whole months: each half of the line rises at least as fast as the next
    assert 2 * rows[20]["batas"] >= rows[0]["batas"] + rows[40]["batas"] - 60
    here = rows[20]
    assert (here["poin"], here["orang"], here["iuran"]) == tuple(
        record.run[key] for key in ("tujuan", "orang", "iuran")
    )
    newly = [int(who[1:]) % 2 == 0 for who in record.paid_rows["id_pekerja"].unique()]
    assert here["baru"] == sum(newly)


@pytest.mark.parametrize("share", [20, 65, 150, 200])
def test_with_one_price_every_point_of_the_line_is_the_plan_of_that_money(world, book, share):
    people, funds = crowd(5)
    rows, _ = line(world, book, people, funds)
    alone = world(people, scaled(funds, share)).draft(book).ringkasan
    row = rows[share // 5]
    assert (row["poin"], row["orang"]) == (alone["tujuan"], alone["orang"])


def test_the_price_of_a_fund_is_what_one_more_persons_money_brings(world, book):
    people, funds = crowd(8)
    base = world(people, funds).draft(book).ringkasan
    block = 3 * FULL
    for at, fund in enumerate(funds):
        more = [*funds[:at], {**fund, "anggaran": fund["anggaran"] + block}, *funds[at + 1 :]]
        gained = world(people, more).draft(book).ringkasan["tujuan"] - base["tujuan"]
        price = next(row["harga"] for row in base["dana"] if row["kode"] == fund["kode"])
        assert gained == pytest.approx(price * block / 1_000_000, abs=1e-3)


def test_a_transfer_is_a_plan_made_anew(world, book):
    people, funds = crowd(3, same_price=False)
    record = world(people, funds).record(book)
    found = transfer(record, "PROV", "K2", 12 * FULL)
    moved = [{**funds[0], "anggaran": 48 * FULL}, funds[1], {**funds[2], "anggaran": 33 * FULL}, funds[3]]
    after = world(people, moved)
    run = after.draft(book).ringkasan
    assert (found["poin"]["sesudah"], found["orang"]["sesudah"]) == (run["tujuan"], run["orang"])
    assert found["poin"]["selisih"] == run["tujuan"] - record.run["tujuan"] <= 0.001 + max(0, found["perkiraan_poin"])
    before_ids, after_ids = set(record.paid_rows["id_pekerja"]), set(after.paid(book))
    assert (found["masuk"], found["keluar"]) == (len(after_ids - before_ids), len(before_ids - after_ids))
    count = {row["wilayah"]: row["selisih"] for row in found["wilayah"]}
    told = {r["wilayah"]: r["terpilih"] for r in run["wilayah"]}
    was = {r["wilayah"]: r["terpilih"] for r in record.run["wilayah"]}
    assert count == {place: told[place] - was[place] for place in told if told[place] != was[place]}
    assert "Memindahkan Rp201.600 dari PROV ke K2" in found["kalimat"][0]
    assert "JKM" in found["kalimat"][-1]


def test_a_transfer_keeps_the_targets_of_the_plan(world, book):
    people, funds = crowd(3)
    people = [{**person, "lanjutan": at % 4 == 0} for at, person in enumerate(people)]
    targets = ({"indikator": "lanjutan", "persen": 80.0}, {"indikator": "orang", "wilayah": "6302", "jumlah": 15})
    record = world(people, funds, pemerataan=None).aims(*targets).record(book)
    found = transfer(record, "PROV", "K2", 12 * FULL)
    moved = [{**funds[0], "anggaran": 48 * FULL}, funds[1], {**funds[2], "anggaran": 33 * FULL}, funds[3]]
    run = world(people, moved).aims(*targets).draft(book).ringkasan
    assert (found["poin"]["sesudah"], found["orang"]["sesudah"]) == (run["tujuan"], run["orang"])
    assert {row["poin"] for row in frontier(record, pl.Series([], dtype=pl.String))} - {record.run["tujuan"]}


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (("X", "K1", 1), "DANA_TIDAK_ADA"),
        (("PROV", "X", 1), "DANA_TIDAK_ADA"),
        (("PROV", "PROV", 1), "PINDAH_TIDAK_BISA"),
        (("K1", "PROV", 30 * FULL + 1), "PINDAH_TIDAK_BISA"),
        (("K1", "PROV", 0), "PINDAH_TIDAK_BISA"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused_in_words(world, book, order, code):
    record = world(*crowd(1, 10)).record(book)
    with pytest.raises(Problem, match=code):
        transfer(record, *order)


@pytest.fixture(scope="module")
def villages(world, book):
    """230 village funds and two wide ones, transport at a discount that ends: several prices, many funds."""
    r = np.random.default_rng(4)
    codes = [f"6301{1 + at // 50:02d}{2001 + at % 50:04d}" for at in range(230)]
    people = [{"kode_desa": codes[r.integers(230)], "pekerjaan": ("TANI", "ANGKUTAN")[r.integers(2)],
               "poin": 5 * int(r.integers(4, 40))} for _ in range(500)]  # fmt: skip
    funds = [{"kode": f"D{at:03d}", "jenis": ("DANA_DESA", "CSR")[at % 2], "wilayah": code,
              "anggaran": int(r.integers(2, 20)) * FULL} for at, code in enumerate(codes)]  # fmt: skip
    funds += [{"kode": "KAB", "anggaran": 400 * FULL}, {"kode": "CSR", "jenis": "CSR", "anggaran": 150 * FULL}]
    made = world(people, funds, mulai="2027-02", bulan=4)
    return made, made.record(book), funds


def test_with_many_small_funds_every_place_is_a_whole_plan_close_to_its_bound(villages):
    _, record, _ = villages
    rows = frontier(record, pl.Series([], dtype=pl.String))
    assert [row["persen_anggaran"] for row in rows] == list(range(0, 201, 10))
    assert not any(row["perkiraan"] for row in rows)
    assert all(row["poin"] <= row["batas"] <= 1.04 * row["poin"] + 5 for row in rows)
    assert all(row["iuran"] <= row["anggaran"] for row in rows)
    assert [row["poin"] for row in rows] == sorted(row["poin"] for row in rows)
    assert rows[10]["poin"] == record.run["tujuan"]


def test_where_plans_are_too_much_work_places_are_estimates_below_a_bound_that_no_plan_passes(
    villages, book, monkeypatch
):
    made, record, funds = villages
    monkeypatch.setattr(explore_quick, "_LITTLE", -1)
    rows = frontier(record, pl.Series([], dtype=pl.String))
    assert [row["perkiraan"] for row in rows] == [at not in {0, 100} for at in range(0, 201, 10)]
    assert all(row["poin"] <= row["batas"] for row in rows)
    for share in (150,):
        alone = type(made)(made.people.to_dicts(), scaled(funds, share), mulai="2027-02", bulan=4).draft(book).ringkasan
        row = rows[share // 10]
        assert row["iuran"] is None
        assert alone["tujuan"] <= row["batas"] <= 1.1 * alone["batas"]
        assert row["orang"] == pytest.approx(alone["orang"], rel=0.15)


def test_nobody_to_pay_gives_a_flat_line(world, book):
    record = world([], [{}]).record(book)
    assert {row["poin"] for row in frontier(record, pl.Series([], dtype=pl.String))} == {0}
