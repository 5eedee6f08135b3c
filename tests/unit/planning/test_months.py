"""Months against people: every row is a plan of its own, people are counted, and the law decides what a month gives."""

from datetime import date

import pytest

from jangkau.core.law.book import Book
from jangkau.core.planning.explore.lives import cover
from jangkau.core.planning.explore.months import LONGEST, advice, warning
from jangkau.core.planning.schedule import ticket

FULL = 16_800
BORN = {"jenis_kelamin": "L", "tanggal_lahir": date(1990, 6, 1)}
MONTHLY = 0.00269503 / 12  # World Population Prospects 2022, men of 35 to 39
START = 2027 * 12 + 6


@pytest.fixture(scope="module")
def crowd():
    """Points, areas, conditions and months that leave some people without a fund in some lengths."""
    people = [
        {"poin": 5 * (at % 7), "kode_desa": f"63{1 + at % 3:02d}012001", "desil": 1 + at % 4, "lanjutan": at % 3 == 0,
         "pekerjaan": ("TANI", "ANGKUTAN")[at % 2], **BORN}
        for at in range(90)
    ]  # fmt: skip
    funds = [
        {"anggaran": 150 * FULL, "wilayah": "6301"},
        {"kode": "B", "anggaran": 90 * FULL + 77, "syarat": "desil<=2", "berlaku_sampai": "2027-12"},
        {"kode": "C", "anggaran": 60 * FULL, "wilayah": "6303", "jenis": "CSR", "tarif": "DISKON"},
    ]
    return people, funds


@pytest.fixture(scope="module")
def table(world, book, crowd):
    return world(*crowd, mulai="2027-01").plan(book).ringkasan["bulan_orang"]


@pytest.mark.parametrize("months", [1, 5, 6, 7, 24])
def test_each_row_is_what_a_plan_of_that_length_reaches(world, book, crowd, table, months):
    row = table[months - 1]
    alone = world(*crowd, mulai="2027-01", bulan=months).draft(book).ringkasan
    assert row["poin"] <= alone["tujuan"] <= row["batas"]
    assert alone["tujuan"] - row["poin"] <= 0.02 * alone["tujuan"]
    assert abs(row["orang"] - alone["orang"]) <= 2


@pytest.mark.parametrize("months", [5, 24])
def test_the_row_of_its_own_length_is_the_plan_itself(world, book, crowd, months):
    own = world(*crowd, mulai="2027-01", bulan=months).plan(book).ringkasan
    row = own["bulan_orang"][months - 1]
    assert (row["orang"], row["poin"], row["iuran"]) == (own["orang"], own["tujuan"], own["iuran"])


@pytest.mark.parametrize("months", [1, 3, 7, 24])
def test_one_price_makes_every_row_exact(world, book, months):
    people = [{"poin": at % 9, "kode_desa": f"630{1 + at % 3}012001"} for at in range(40)]
    funds = [{"anggaran": 70 * FULL, "wilayah": "6301"}, {"kode": "B", "anggaran": 100 * FULL}]
    row = world(people, funds, bulan=12).plan(book).ringkasan["bulan_orang"][months - 1]
    alone = world(people, funds, bulan=months).draft(book).ringkasan
    assert (row["poin"], row["orang"], row["iuran"]) == (alone["tujuan"], alone["orang"], alone["iuran"])
    assert row["poin"] <= row["batas"] <= row["poin"] + 1


def test_equal_points_are_counted_by_the_lottery_and_not_averaged(world, book):
    people = [{"lanjutan": at < 5, **BORN} for at in range(10)]
    run = world(people, [{"anggaran": 24 * FULL}], bulan=12, benih=7).plan(book).ringkasan["bulan_orang"]
    draw = sorted(range(10), key=lambda at: ticket(7, f"P{at:03d}"))
    for months in range(1, 25):
        paid = draw[: min(10, 24 // months)]
        old = sum(at < 5 for at in paid)
        row = run[months - 1]
        assert row["orang"] == len(paid)
        assert row["orang_jkm_penuh"] == (len(paid) if months > 3 else old)
        assert row["bulan_terlindung"] == old * months + (len(paid) - old) * max(0, months - 3)
        assert row["lepas"]["lanjutan_tidak_dibayar"] == 5 - old


def test_expected_benefits_are_deaths_times_what_the_law_gives_in_that_month(world, book):
    people = [{**BORN}, {**BORN, "lanjutan": True}]
    row = world(people, [{"anggaran": 10**9}], bulan=6).plan(book).ringkasan["bulan_orang"][5]
    full, short = 42_000_000, 10_000_000
    expected = MONTHLY * (3 * short + 3 * full + 6 * full)
    assert row["kematian_diharapkan"]["tengah"] == pytest.approx(12 * MONTHLY, abs=0.001)
    assert row["manfaat_diharapkan"]["tengah"] == pytest.approx(expected, abs=1)
    assert row["manfaat_diharapkan"]["bawah"] < row["manfaat_diharapkan"]["tengah"] < row["manfaat_diharapkan"]["atas"]


def test_births_that_nobody_knows_give_no_number(world, book):
    row = world([{}], [{}]).plan(book).ringkasan["bulan_orang"][5]
    assert row["kematian_diharapkan"] is None
    assert row["manfaat_diharapkan"] is None


def test_lapses_say_who_and_when(world, book):
    people = [{"poin": 9}, {"lanjutan": True, "poin": 1}]
    row = world(people, [{"anggaran": 6 * FULL}], bulan=6).plan(book).ringkasan["bulan_orang"][5]
    # paid July to December 2027, in arrears January to March, out in April
    assert row["lepas"] == {"bulan": "2028-04", "orang": 1, "lanjutan_tidak_dibayar": 1}


def test_months_of_another_reading_of_the_law_follow_it():
    assert cover(START, LONGEST, Book.load()).needed == 4
    at_once = cover(START, LONGEST, Book.load({"keanggotaan.mulai_penuh": "SEJAK"}))
    assert at_once.needed == 3
    assert warning(3, at_once) is None
    assert warning(2, at_once)


def test_a_short_plan_is_told_on_each_new_members_row_and_not_to_those_who_go_on(world, book):
    rows = {r["id_pekerja"]: r["keterangan"] for r in world([{}, {"lanjutan": True}], [{}], bulan=3).rows(book)}
    assert "Terlalu pendek" in rows["P000"]
    assert "Terlalu pendek" not in rows["P001"]
    assert "Terlalu pendek" not in world([{}], [{}], bulan=4).rows(book)[0]["keterangan"]


def row(months, people, protected):
    return {"bulan": months, "orang": people, "bulan_terlindung": protected}


def test_advice_is_the_fewest_months_worth_their_money_then_longer_while_nobody_is_left_out():
    new = [row(m, 240 // m, 240 // m * max(0, m - 3)) for m in range(1, 25)]
    assert advice(new)["bulan"] == 12
    going_on = [row(m, 240 // m, 240 // m * m) for m in range(1, 25)]
    assert advice(going_on)["bulan"] == 1
    plenty = [row(m, 10, 10 * max(0, m - 3)) for m in range(1, 19)] + [row(m, 9, 9 * (m - 3)) for m in range(19, 25)]
    assert advice(plenty)["bulan"] == 18
    poor = [row(m, 7, 0) for m in range(1, 4)] + [row(m, 0, 0) for m in range(4, 25)]
    assert advice(poor)["bulan"] == 3
    assert "75%" in advice(poor)["alasan"]
    assert advice([row(m, 0, 0) for m in range(1, 25)])["bulan"] is None


def many_villages(**province):
    villages = [f"63{1 + v // 50:02d}01{2001 + v % 50}" for v in range(205)]
    people = [{"poin": 5 * (at % 7), "kode_desa": villages[at % 205], "pekerjaan": ("TANI", "ANGKUTAN")[at % 2]}
              for at in range(1230)]  # fmt: skip
    funds = [{"kode": f"D{v:03d}", "jenis": "DANA_DESA", "wilayah": code, "anggaran": (5 + v % 9) * FULL}
             for v, code in enumerate(villages)]  # fmt: skip
    return people, [*funds, {"kode": "PROV", "anggaran": 900 * FULL, **province}]


def test_with_very_many_funds_and_prices_other_lengths_are_estimates_below_a_proven_bound(world, book):
    people, funds = many_villages(jenis="CSR")
    run = world(people, funds, bulan=6, mulai="2027-01").plan(book).ringkasan
    rows = run["bulan_orang"]
    assert [row["perkiraan"] for row in rows] == [months != 6 for months in range(1, 25)]
    assert (rows[5]["orang"], rows[5]["poin"]) == (run["orang"], run["tujuan"])
    for months in (2, 4, 12):
        alone = world(people, funds, bulan=months, mulai="2027-01").draft(book).ringkasan
        assert rows[months - 1]["batas"] >= alone["tujuan"]
        assert rows[months - 1]["batas"] <= 1.02 * alone["batas"]
        assert rows[months - 1]["iuran"] is None


def test_with_one_price_other_lengths_are_plans_however_many_the_funds(world, book):
    people, funds = many_villages()
    rows = world(people, funds, bulan=6).plan(book).ringkasan["bulan_orang"]
    assert not any(row["perkiraan"] for row in rows)
    for months in (1, 4):
        alone = world(people, funds, bulan=months).draft(book).ringkasan
        assert 0.98 * alone["tujuan"] <= rows[months - 1]["poin"] <= alone["tujuan"] <= rows[months - 1]["batas"]
        assert rows[months - 1]["iuran"] > 0
