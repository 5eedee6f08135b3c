"""The cash calendar, against the plan's own rows priced by the law month by month."""

import numpy as np
import polars as pl
import pytest

from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.law.contributions import contributions
from jangkau.core.law.membership import status_of
from jangkau.core.planning import Plan
from jangkau.core.planning.cash import cash_calendar

FULL, HALF = 16_800, 8_400
VILLAGES, JOBS = ("6301012001", "6301012002", "6302012001"), ("TANI", "ANGKUTAN", None)


def random_world(world, seed):
    r = np.random.default_rng(seed)
    months = int(r.integers(1, 13))
    people = [
        {"kode_desa": VILLAGES[r.integers(3)], "pekerjaan": JOBS[r.integers(3)], "poin": int(r.integers(0, 9)),
         "penghasilan": [None, 1_200_000, 3_000_000][r.integers(3)], "lanjutan": bool(r.integers(2))}
        for _ in range(40)
    ]  # fmt: skip
    funds = [
        {"kode": f"F{at}", "jenis": ["APBD_KAB", "CSR"][r.integers(2)], "wilayah": ["", "6301", "6302"][r.integers(3)],
         "anggaran": int(r.integers(0, 20 * months * FULL)),
         "berlaku_dari": [None, "2027-03"][r.integers(2)], "berlaku_sampai": [None, "2027-06"][r.integers(2)]}
        for at in range(6)
    ] + [{"kode": "Z", "wilayah": "", "anggaran": 5 * months * FULL}]  # fmt: skip
    base = ["minimum", "penghasilan"][seed % 2]
    return world(people, funds, mulai="2027-02", bulan=months, dasar_iuran=base), months


def planned_by(made, book):
    """The plan and its cash, without other lengths beside it."""
    drawn = made.draft(book)
    cash = cash_calendar(drawn.built, drawn.dealt, made.settings, book)
    return Plan(drawn.rencana, cash.kas, cash.henti, drawn.ringkasan | {"kas": cash.ringkasan})


def by_hand(made, plan):
    """Rupiah by fund and month, each month of each row asked of the law."""
    people = {row["id_pekerja"]: row for row in made.people.to_dicts()}
    funds = {row["kode"]: row for row in made.funds.to_dicts()}
    rows = []
    for row in plan.filter(pl.col("dana").is_not_null()).to_dicts():
        person, first = people[row["id_pekerja"]], month_index(row["bulan_mulai"])
        income = person["penghasilan"] if made.settings.dasar_iuran == "penghasilan" else None
        for month in range(first, first + row["jumlah_bulan"]):
            asked = {"bulan": month, "dana": row["dana"], "pembayar": funds[row["dana"]]["jenis"], "mulai": first}
            rows.append({**asked, "sektor": person["pekerjaan"], "penghasilan": income, "orang": row["id_pekerja"]})
    types = {"bulan": pl.Int64, "mulai": pl.Int64, "penghasilan": pl.Int64}
    names = ("bulan", "dana", "pembayar", "mulai", "sektor", "penghasilan", "orang")
    table = pl.DataFrame(rows, schema={name: types.get(name, pl.String) for name in names})
    return contributions(table.with_columns(segmen=pl.lit("BPU"))).to_native()


@pytest.mark.parametrize("seed", range(24))
def test_every_month_of_every_fund_is_right_to_the_rupiah(world, book, seed):
    made, months = random_world(world, seed)
    planned = planned_by(made, book)
    rows, kas = planned.rencana.to_native(), planned.kas.to_native()
    assert kas.height == 7 * months
    priced = by_hand(made, rows)
    for row in kas.to_dicts():
        mine = priced.filter((pl.col("dana") == row["dana"]) & (pl.col("bulan") == month_index(row["bulan"])))
        begun = priced.filter((pl.col("dana") == row["dana"]) & (pl.col("mulai") == month_index(row["bulan"])))
        told = (row["orang"], row["iuran"], row["iuran_sekaligus"])
        assert told == (mine.height, mine["total"].sum(), begun["total"].sum())
    assert kas["iuran"].sum() == kas["iuran_sekaligus"].sum() == rows["iuran_total"].sum()
    last = kas.filter(pl.col("bulan") == kas["bulan"].max())
    left = {row["kode"]: row["sisa"] for row in planned.ringkasan["dana"]}
    assert dict(last.select("dana", "sisa").iter_rows()) == left
    assert kas["sisa"].min() >= 0


@pytest.mark.parametrize("seed", range(6))
def test_everyone_paid_ends_when_the_law_says(world, book, seed):
    made, months = random_world(world, seed)
    planned = planned_by(made, book)
    henti = planned.henti.to_native().filter(pl.col("kelompok") == "RENCANA")
    paid = planned.rencana.to_native().filter(pl.col("dana").is_not_null())["id_pekerja"].unique()
    assert henti["orang"].sum() == paid.len() == planned.ringkasan["orang"]
    start = month_index("2027-02")
    line = status_of(range(start, start + months), start + months + 12, book=book)
    assert set(henti["bulan"]) <= {month_text(line.months(0, line.lapse)[0])}
    place = made.people.filter(pl.col("id_pekerja").is_in(paid.implode()))["kode_desa"].str.slice(0, 4)
    counted = dict(place.value_counts().iter_rows())
    assert dict(henti.select("wilayah", "orang").iter_rows()) == counted


def test_bridging_costs_what_the_next_months_cost(world, book):
    made = world([{"pekerjaan": "ANGKUTAN"}], [{"jenis": "CSR", "anggaran": FULL}], mulai="2027-02", bulan=1)
    (row,) = planned_by(made, book).henti.to_native().to_dicts()
    # March is the last month of the discount for transport; April and May cost the full price
    assert (row["bulan"], row["jembatan_sebulan"], row["jembatan"]) == ("2027-06", HALF, HALF + 2 * FULL)


def test_renewals_left_out_end_by_their_own_last_month(world, book):
    made = world([{"lanjutan": True, "poin": points} for points in (1, 2, 0)], [{"anggaran": 3 * FULL}])
    ends = [month_index(text) for text in ("2027-05", "2027-06", "1999-01")]  # before any law that is known
    made.people = made.people.with_columns(akhir=pl.Series(ends))
    planned = planned_by(made, book).henti.to_native().filter(pl.col("kelompok") == "LANJUTAN").to_dicts()
    assert [(row["bulan"], row["orang"], row["jembatan"]) for row in planned] == [("2027-09", 1, 3 * FULL)]


def test_how_long_the_money_lasts(world, book):
    def told(**fund):
        return planned_by(world([{}], [fund]), book).ringkasan["kas"]["dana"][0]

    assert told(anggaran=3 * FULL)["cukup_sampai"] == "2027-09"
    assert told(anggaran=5 * FULL + 1)["cukup_sampai"] == "2027-11"
    assert told(anggaran=9 * FULL, berlaku_sampai="2027-10")["cukup_sampai"] == "2027-10"
    assert told(anggaran=0) == {"kode": "A", "mulai": None, "dibayar_sampai": None, "cukup_sampai": None}


def test_a_handover_stands_with_both_funds(world, book):
    funds = [
        {"kode": "A", "berlaku_sampai": "2027-07", "anggaran": FULL},
        {"kode": "B", "berlaku_dari": "2027-08", "anggaran": 2 * FULL},
    ]
    kas = planned_by(world([{}], funds), book).kas.to_native()
    assert kas.filter(pl.col("dana") == "A")["iuran"].to_list() == [FULL, 0, 0]
    assert kas.filter(pl.col("dana") == "B")["iuran_sekaligus"].to_list() == [0, 2 * FULL, 0]


def test_no_people_no_funds(world, book):
    for people, funds in (([], [{}]), ([{}], []), ([], [])):
        planned = world(people, funds).plan(book)
        assert planned.kas.to_native()["iuran"].sum() == 0
        assert planned.henti.to_native().is_empty()


def test_people_without_a_known_place_are_counted(world, book):
    henti = planned_by(world([{"kode_desa": None}], [{"wilayah": None}]), book).henti.to_native()
    assert henti.select("wilayah", "orang").rows() == [(None, 1)]
