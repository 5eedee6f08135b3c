"""What a fund may pay, month by month, and what the table then says."""

import hashlib

import narwhals as nw
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.planning import fund_problems

FULL, HALF = 16_800, 8_400


@pytest.mark.parametrize(
    ("person", "fund", "pays"),
    [
        ({}, {}, True),
        ({"kode_desa": "6302012001"}, {"wilayah": "6301"}, False),
        ({"kode_desa": "6302012001"}, {"wilayah": "63.02"}, True),
        ({"kode_desa": None}, {}, False),
        ({"kode_desa": None}, {"wilayah": None}, True),
        ({"pekerjaan": "SAWIT"}, {"pekerjaan": "SAWIT|TANI"}, True),
        ({"pekerjaan": "DAGANG"}, {"pekerjaan": "SAWIT|TANI"}, False),
        ({"pekerjaan": None}, {"pekerjaan": "TANI"}, False),
        ({"pekerjaan": None}, {}, True),
        ({"desil": 2}, {"syarat": "desil<=2"}, True),
        ({"desil": 3}, {"syarat": "desil<=2"}, False),
        ({"desil": None}, {"syarat": "desil<=2"}, False),
        ({"desil": None}, {"syarat": "desil > 2"}, False),
        ({"desil": 4}, {"syarat": "desil>=3; desil<5"}, True),
        ({"desil": 5}, {"syarat": "desil>=3; desil<5"}, False),
        ({"desil": 5}, {"syarat": "desil=5"}, True),
        ({"terdaftar": True}, {"syarat": "belum_terdaftar"}, False),
        ({}, {"syarat": " belum_terdaftar ; desil<=2 ;"}, True),
        ({}, {"berlaku_dari": "2027-07", "berlaku_sampai": "2027-09"}, True),
        ({}, {"berlaku_dari": "2027-08"}, False),
        ({}, {"berlaku_sampai": "2027-08"}, False),
        ({}, {"anggaran": 3 * FULL}, True),
        ({}, {"anggaran": 3 * FULL - 1}, False),
        ({}, {"anggaran": 0}, False),
        ({"poin": 0}, {}, True),
    ],
)
def test_a_fund_pays_exactly_whom_its_row_allows(world, book, person, fund, pays):
    assert bool(world([person], [fund]).paid(book)) is pays


@pytest.mark.parametrize(
    ("fund", "code", "names"),
    [
        ({"syarat": "umur<40"}, "SYARAT_DANA", "umur<40"),
        ({"syarat": "desil"}, "SYARAT_DANA", "desil"),
        ({"pekerjaan": "SAWIT|PETANI"}, "PEKERJAAN_DANA", "PETANI"),
        ({"anggaran": -1}, "ANGGARAN_DANA", "A"),
        ({"berlaku_dari": "Juli 2027"}, "BULAN_SALAH", "Juli 2027"),
    ],
)
def test_a_word_nobody_knows_stops_the_plan_and_names_it(world, book, fund, code, names):
    with pytest.raises(Problem, match=names) as raised:
        world([{}], [fund]).draft(book)
    assert raised.value.kind.kode == code


@pytest.mark.parametrize(
    ("fund", "code"),
    [
        ({}, None), ({"wilayah": ""}, None), ({"wilayah": "9901"}, "DANA_WILAYAH"),
        ({"syarat": "umur<40"}, "SYARAT_DANA"), ({"berlaku_sampai": "2027-06"}, "DANA_BULAN"),
        ({"berlaku_dari": "2027-09", "berlaku_sampai": "2027-07"}, "DANA_BULAN"),
        ({"berlaku_dari": "2027-09"}, "BULAN_TANPA_DANA"),
    ],
)  # fmt: skip
def test_a_fund_that_can_pay_nobody_is_told(world, fund, code):
    made = world([{}], [fund])
    found = fund_problems(nw.from_native(made.funds), made.settings, lambda area: area.startswith("63"))
    assert [(row["kode"], row["berkas"]) for row in found] == ([(code, "dana.csv")] if code else [])


def test_months_that_no_fund_pays_are_told_before_nobody_is_paid(world):
    made = world([{}], [{"kode": "A", "berlaku_sampai": "2027-07"}, {"kode": "B", "berlaku_sampai": "2027-07"}])
    (row,) = fund_problems(nw.from_native(made.funds), made.settings, lambda _area: True)
    assert row["kode"] == "BULAN_TANPA_DANA"
    assert "tidak ada dana yang berlaku pada 2 bulan, mulai 2027-08" in row["pesan"]


def test_negative_points_stop_the_plan(world, book):
    with pytest.raises(Problem, match="POIN_SALAH"):
        world([{"poin": -1}], [{}]).draft(book)


def test_months_are_handed_over_between_any_two_months(world, book):
    funds = [{"kode": "A", "anggaran": FULL, "berlaku_sampai": "2027-08"}, {"kode": "B", "anggaran": 2 * FULL}]
    assert world([{}], funds).paid(book) == {"P000": [("A", "2027-07", 1), ("B", "2027-08", 2)]}


def test_leftovers_of_two_funds_that_could_pay_nobody_alone_pay_somebody_together(world, book):
    funds = [{"kode": "A", "anggaran": 2 * FULL + 5}, {"kode": "B", "anggaran": FULL + 7}]
    rows = world([{}], funds).rows(book)
    assert sorted(row["jumlah_bulan"] for row in rows) == [1, 2]
    assert sum(row["iuran_total"] for row in rows) == 3 * FULL


def test_an_early_fund_and_a_late_fund_share_a_person_in_order(world, book):
    funds = [{"kode": "B", "berlaku_sampai": "2027-07"}, {"kode": "A", "berlaku_dari": "2027-08"}]
    assert world([{}], funds).paid(book) == {"P000": [("B", "2027-07", 1), ("A", "2027-08", 2)]}


def test_a_month_no_fund_may_pay_leaves_the_person_out_and_says_so(world, book):
    row = world([{}], [{"berlaku_sampai": "2027-08"}]).rows(book)[0]
    assert row["dana"] is None
    assert row["bulan_mulai"] is None
    assert (row["jumlah_bulan"], row["iuran_per_bulan"], row["iuran_total"]) == (0, 0, 0)
    assert row["keterangan"] == "Dana yang boleh membayar tidak mencakup semua 3 bulan rencana."


def test_the_law_prices_each_month_and_payer(world, book):
    drivers = {"pekerjaan": "ANGKUTAN"}
    paid_by = {"CSR": (HALF, 2 * HALF + FULL), "APBD_KAB": (FULL, 3 * FULL)}
    for kind, (first, total) in paid_by.items():
        row = world([drivers], [{"jenis": kind}], mulai="2027-02", bulan=3).rows(book)[0]
        assert (row["iuran_per_bulan"], row["iuran_total"]) == (first, total)


@pytest.mark.parametrize(("rate", "price"), [("PENUH", FULL), ("DISKON", HALF)])
def test_the_rate_of_a_fund_overrides_the_payer(world, book, rate, price):
    fund = {"jenis": "DANA_DESA", "tarif": rate}
    assert world([{}], [fund], mulai="2026-11", bulan=1).rows(book)[0]["iuran_total"] == price


def test_wage_base_by_income_when_the_settings_say_so(world, book):
    people = [{"penghasilan": 1_500_000}, {"penghasilan": None}]
    rows = world(people, [{}], bulan=1, dasar_iuran="penghasilan").rows(book)
    assert [row["iuran_total"] for row in rows] == [16_000 + 6_800, FULL]


def test_points_first_then_people(world, book):
    people = [{"poin": 0}, {"poin": 7}, {"poin": 9}, {"poin": 0}]
    planned = world(people, [{"anggaran": 9 * FULL}]).draft(book)
    assert planned.ringkasan["tujuan"] == planned.ringkasan["batas"] == 16
    assert planned.ringkasan["orang"] == 3


def test_ties_are_settled_by_the_published_lottery(world, book):
    people = [{} for _ in range(9)]
    paid = world(people, [{"anggaran": 9 * FULL}], benih="undian-1").paid(book)
    draw = sorted((f"P{at:03d}" for at in range(9)), key=lambda i: hashlib.sha256(f"undian-1|{i}".encode()).hexdigest())
    assert sorted(paid) == sorted(draw[:3])
    assert sorted(paid) != sorted(world(people, [{"anggaran": 9 * FULL}], benih="undian-3").paid(book))


def test_every_refusal_has_its_reason(world, book):
    people = [{"poin": 55}, {"poin": 45}, {"poin": 55}, {"kode_desa": "9901012001"}, {"pekerjaan": "ART", "desil": 9}]
    funds = [{"anggaran": 3 * FULL, "syarat": "desil<=2"}, {"kode": "B", "anggaran": 5, "syarat": "desil>8"}]
    words = {row["id_pekerja"]: row["keterangan"] for row in world(people, funds).rows(book)}
    drawn, lost = ("P000", "P002") if words["P000"].startswith("Dibayar") else ("P002", "P000")
    assert words == {
        drawn: "Dibayar A selama 3 bulan; poin 55, ambang 55. Terlalu pendek: belum ada santunan kematian (JKM) penuh.",
        lost: "Poin 55: kalah undian dari orang dengan poin dan dana yang sama.",
        "P001": "Poin 45, ambang 55: dana yang dapat membayar sudah penuh oleh orang berpoin 55 ke atas.",
        "P003": "Tidak ada dana yang boleh membayar menurut wilayah, pekerjaan dan syaratnya.",
        "P004": "Dana yang boleh membayar tidak cukup untuk 3 bulan satu orang pun.",
    }


def test_row_order_changes_nothing(world, book):
    one = world([{"poin": at % 4, "kode_desa": f"630{at % 3}012001"} for at in range(40)], [
        {"anggaran": 20 * FULL}, {"kode": "B", "wilayah": "6301", "anggaran": 10 * FULL + 3, "syarat": "desil<=2"},
        {"kode": "C", "wilayah": "6302", "anggaran": 7 * FULL, "berlaku_dari": "2027-08"}])  # fmt: skip
    two = world([], [])
    two.people, two.funds = one.people.sample(fraction=1, shuffle=True, seed=3), one.funds.reverse()
    a, b = one.plan(book), two.plan(book)
    assert a.rencana.to_native().equals(b.rencana.to_native())
    assert a.ringkasan == b.ringkasan


@pytest.mark.parametrize(("people", "funds"), [([], [{}]), ([{}], []), ([], [])])
def test_nobody_to_pay_or_nothing_to_pay_with(world, book, people, funds):
    planned = world(people, funds).plan(book)
    assert planned.rencana.shape[0] == len(people)
    assert planned.ringkasan["tujuan"] == planned.ringkasan["batas"] == 0
    assert planned.ringkasan["selisih_persen"] == 0.0


def test_a_plan_shorter_than_the_wait_says_so_and_the_table_compares_months(world, book):
    ringkasan = world([{}, {"lanjutan": True}], [{"anggaran": 12 * FULL}], bulan=2).plan(book).ringkasan
    assert "JKM" in ringkasan["peringatan"]
    table = {row["bulan"]: row for row in ringkasan["bulan_orang"]}
    assert list(table) == list(range(1, 25))
    assert [table[m]["orang"] for m in (1, 6, 12, 13)] == [2, 2, 1, 0]
    assert (table[2]["orang_jkm_penuh"], table[2]["bulan_terlindung"]) == (1, 2)
    assert (table[6]["orang_jkm_penuh"], table[6]["bulan_terlindung"]) == (2, 9)
    assert table[2]["peringatan"]
    assert (table[3]["orang_jkm_penuh"], table[3]["bulan_terlindung"]) == (1, 3)
    assert table[3]["peringatan"]
    assert table[4]["peringatan"] is None


def test_summary_adds_up(world, book):
    people = [{"poin": at, "kode_desa": f"63{1 + at % 2:02d}012001"} for at in range(10)]
    funds = [{"anggaran": 7 * FULL}, {"kode": "B", "wilayah": "6301", "anggaran": 4 * FULL}]
    planned = world(people, funds).plan(book)
    ringkasan, rows = planned.ringkasan, planned.rencana.to_native()
    for fund in ringkasan["dana"]:
        mine = rows.filter(dana=fund["kode"])
        assert fund["terpakai"] == mine["iuran_total"].sum()
        assert fund["sisa"] == fund["anggaran"] - fund["terpakai"] >= 0
        assert fund["orang"] == mine["id_pekerja"].n_unique()
    assert [row["wilayah"] for row in ringkasan["wilayah"]] == ["6301", "6302"]
    assert sum(row["terpilih"] for row in ringkasan["wilayah"]) == ringkasan["orang"] == 3
    assert sum(row["poin"] for row in ringkasan["wilayah"]) == ringkasan["tujuan"] == 24
    for habit in ringkasan["pembanding"].values():
        assert habit["poin"] <= ringkasan["batas"]
        assert habit["terbuang"] <= habit["rupiah"] <= 11 * FULL


def test_funds_that_do_not_know_of_each_other_pay_twice(world, book):
    funds = [{"anggaran": 3 * FULL}, {"kode": "B", "anggaran": 3 * FULL}]
    habits = world([{"poin": 5}, {"poin": 4}], funds).plan(book).ringkasan["pembanding"]
    blind = habits["dana_saling_tidak_tahu"]
    assert (blind["orang"], blind["ganda"], blind["terbuang"], blind["rupiah"]) == (1, 1, 3 * FULL, 6 * FULL)
    assert habits["urut_poin_dana_luwes_dulu"]["orang"] == 2
