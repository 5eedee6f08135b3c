"""Why a person is paid or not: every amount that is named has to be true in a new plan."""

import hashlib

import numpy as np
import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.planning import lotteries, why

FULL = 16_800
VILLAGES, JOBS = ("6301012001", "6301012002", "6302012001"), ("TANI", "ANGKUTAN", "SAWIT")


def random_world(world, seed, size=30, funds=5, months=3):
    r = np.random.default_rng(seed)
    people = [
        {"kode_desa": VILLAGES[r.integers(3)], "pekerjaan": JOBS[r.integers(3)], "desil": int(r.integers(1, 5)),
         "terdaftar": bool(r.integers(2)), "poin": 5 * int(r.integers(0, 9))}
        for _ in range(size)
    ]  # fmt: skip
    areas, kinds = ["", "63", "6301", "6302", "6301012001"], ["APBD_KAB", "CSR"]
    rows = [
        {"kode": f"F{at}", "jenis": kinds[r.integers(2)], "wilayah": areas[r.integers(5)],
         "anggaran": int(r.integers(0, size * FULL * months // funds)),
         "pekerjaan": ["", "TANI", "ANGKUTAN"][r.integers(3)],
         "syarat": ["", "desil<=2", "belum_terdaftar"][r.integers(3)],
         "berlaku_sampai": [None, None, None, "2027-08"][r.integers(4)]}
        for at in range(funds)
    ]  # fmt: skip
    rows[0] |= {"wilayah": "", "pekerjaan": "", "syarat": "", "berlaku_sampai": None}
    start = ["2027-07", "2027-02"][seed % 2]  # in February transport pays half, so prices differ
    return world(people, rows, mulai=start, bulan=months)


def paid_after(made, change, person, book):
    """Whether the plan, with this one thing changed in what goes in, pays the person."""
    if change["jenis"] == "POIN":
        more = pl.when(pl.col("id_pekerja") == person).then(change["tambah"]).otherwise(0)
        made.people = made.people.with_columns(pl.col("poin") + more)
    elif change["jenis"] == "RUPIAH":
        more = pl.when(pl.col("kode") == change["dana"]).then(change["tambah"]).otherwise(0)
        made.funds = made.funds.with_columns(pl.col("anggaran") + more)
    else:
        made.settings = made.settings.model_copy(update={"bulan": change["bulan"]})
    return person in made.paid(book)


@pytest.mark.parametrize("seed", range(8))
def test_every_change_that_is_named_pays_the_person(world, book, seed):
    months = 6 if seed % 3 == 0 else 3
    record = random_world(world, seed, months=months).record(book)
    unpaid = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"].to_list()
    tried = 0
    for person in unpaid[:2]:
        for change in why(record, person)["perubahan"]:
            if change["jenis"] in ("POIN", "RUPIAH", "BULAN"):
                assert paid_after(random_world(world, seed, months=months), change, person, book), change
                tried += 1
    assert tried


@pytest.mark.parametrize("seed", range(4))
def test_with_one_price_and_no_ties_the_amounts_are_the_least(world, book, seed):
    def make():
        made = random_world(world, seed * 100, months=2)
        made.people = made.people.with_columns(poin=2 * pl.int_range(pl.len()).shuffle(seed))
        made.funds = made.funds.with_columns(berlaku_sampai=None, jenis=pl.lit("APBD_KAB"), tarif=pl.lit("PENUH"))
        return made

    record = make().record(book)
    unpaid = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"].to_list()
    for person in unpaid[:3]:
        for change in why(record, person)["perubahan"]:
            if change["jenis"] in ("POIN", "RUPIAH"):
                less = {**change, "tambah": change["tambah"] - 1}
                assert not paid_after(make(), less, person, book), change


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_with_targets_too_a_new_plan_that_meets_them_pays_the_person(world, book, seed):
    def make():
        made = random_world(world, seed, size=20)
        return made.aims({"wilayah": "6301", "indikator": "miskin_ekstrem", "jumlah": 3})

    record = make().record(book)
    unpaid = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"].to_list()
    tried = 0
    for person in unpaid[:2]:
        answer = why(record, person)
        assert "punya target" in answer["kalimat"][-1]
        for change in answer["perubahan"]:
            if change["jenis"] in ("POIN", "RUPIAH", "BULAN"):
                assert paid_after(make(), change, person, book), change
                tried += 1
    assert tried


def test_of_all_funds_the_one_that_needs_least_is_named(world, book):
    payers = [{"kode": f"D{at}", "anggaran": FULL - short} for at, short in enumerate((900, 700, 500, 100, 300))]
    answer = why(world([{"poin": 1}], payers, bulan=1).record(book), "P000")
    (money,) = [change for change in answer["perubahan"] if change["jenis"] == "RUPIAH"]
    assert (money["dana"], answer["perubahan_lengkap"]) == ("D3", True)


def test_a_search_that_is_too_much_work_stops_and_says_so(world, book):
    record = random_world(world, 1).record(book)
    person = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"][0]
    answer = why(record, person, most=0)
    assert not answer["perubahan_lengkap"]
    assert not [change for change in answer["perubahan"] if "tambah" in change]
    assert "belum semua kemungkinan dicoba" in answer["kalimat"][-1]
    assert why(record, person, most=float("inf"))["perubahan_lengkap"]


def test_an_answer_names_nobody_else_and_no_number_of_anybody(world, book):
    record = random_world(world, 3).record(book)
    person = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"][0]
    text = str(why(record, person))
    assert not [other for other in record.people["id_pekerja"] if other != person and other in text]


def test_a_paid_person_hears_who_pays(world, book):
    answer = why(world([{}], [{}]).record(book), "P000")
    assert answer["status"] == "DIBAYAR"
    assert answer["pembayar"] == [{"dana": "A", "bulan_mulai": "2027-07", "jumlah_bulan": 3, "iuran_total": 3 * FULL}]
    assert "A membayar 3 bulan mulai 2027-07, Rp50.400." in answer["kalimat"]


def test_a_proposal_row_leads_to_its_person(world, book):
    record = world([{}, {}], [{}]).record(book)
    assert why(record, "a.csv##P001")["id_pekerja"] == "P001"
    with pytest.raises(Problem, match="ORANG_TIDAK_ADA"):
        why(record, "P999")


@pytest.mark.parametrize(
    ("person", "fund", "harus", "tercatat"),
    [
        ({"desil": 3}, {"syarat": "desil<=2"}, "desil<=2", "3"),
        ({"desil": None}, {"syarat": "desil<=2"}, "desil<=2", "belum diketahui"),
        ({"terdaftar": True}, {"syarat": "belum_terdaftar"}, "belum_terdaftar", "terdaftar"),
        ({"pekerjaan": None}, {"pekerjaan": "SAWIT|TANI"}, "SAWIT atau TANI", "belum diketahui"),
    ],
)
def test_the_condition_that_fails_is_named(world, book, person, fund, harus, tercatat):
    answer = why(world([person], [fund]).record(book), "P000")
    (change,) = answer["perubahan"]
    assert (change["dana"], change["harus"], change["tercatat"]) == ("A", harus, tercatat)
    assert not answer["dana"][0]["boleh"]
    assert answer["kalimat"][0] == "Tidak ada dana yang boleh membayar orang ini."


def test_a_fund_of_another_place_is_counted_only(world, book):
    answer = why(world([{}], [{"wilayah": "6302"}]).record(book), "P000")
    assert (answer["dana"], answer["dana_wilayah_lain"]) == ([], 1)


def test_a_fund_that_ends_too_early_says_so(world, book):
    answer = why(world([{}], [{"berlaku_sampai": "2027-08"}]).record(book), "P000")
    assert answer["dana"][0]["bulan_berlaku"] == ["2027-07", "2027-08"]
    assert "tidak mencakup semua 3 bulan" in answer["kalimat"][0]


def test_fewer_months_are_offered_where_they_help(world, book):
    made = world([{"poin": 9}, {"poin": 1}], [{"anggaran": 12 * FULL}], bulan=12)
    (change,) = [c for c in why(made.record(book), "P001")["perubahan"] if c["jenis"] == "BULAN"]
    assert change["bulan"] == 6


def test_an_ineligible_person_hears_each_reason_and_what_to_do(world, book):
    record = world([{}, {}], [{}]).record(book)
    verdict = {"id_pekerja": "X", "poin": 5, "layak": False, "alasan": ["MENINGGAL", "USIA_LEBIH"]}
    refused = pl.DataFrame([{**verdict, "rincian_poin": '{"desil":5}'}])
    record.__dict__["kelayakan"] = pl.concat([record.kelayakan, refused.select(record.kelayakan.columns)])
    record.__dict__["pekerja"] = pl.concat([record.pekerja, pl.DataFrame({"id_pekerja": ["X"]})], how="diagonal")
    answer = why(record, "X")
    assert answer["status"] == "TIDAK_LAYAK"
    assert [row["kode"] for row in answer["alasan"]] == ["MENINGGAL", "USIA_LEBIH"]
    assert answer["kalimat"][-1] == "Poin 5 (desil 5)."


def test_an_undecided_link_is_told(world, book):
    record = world([{"poin": 0}, {}], [{"anggaran": 3 * FULL}]).record(book)
    link = {"id_usulan": "a.csv##P000", "register": "kesejahteraan", "id_register": "K1", "keputusan": "tinjau"}
    record.__dict__["tautan"] = pl.DataFrame([link])
    answer = why(record, "P000")
    assert [(row["register"], row["pasangan"]) for row in answer["tinjauan"]] == [("kesejahteraan", 1)]
    assert "belum diputus" in answer["kalimat"][-1]


def test_bands_count_everybody_whom_the_fund_pays(world, book):
    record = random_world(world, 2, size=60).record(book)
    person = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"][0]
    for fund in why(record, person, changes=False)["dana"]:
        beside = fund["lebih_tinggi"] + fund["sama"] + fund["lebih_rendah"]
        assert sum(band["orang"] for band in fund["pita"]) == fund["orang"] == beside
        assert len(fund["pita"]) <= 6


def test_without_changes_nothing_is_planned_anew(world, book, monkeypatch):
    record = random_world(world, 4).record(book)
    monkeypatch.setattr("jangkau.core.planning.explain.replan.solve", None)
    person = record.rencana.filter(pl.col("dana").is_null())["id_pekerja"][0]
    assert why(record, person, changes=False)["perubahan"] == []


def test_the_lottery_can_be_repeated_by_hand(world, book):
    made = world([{} for _ in range(9)], [{"anggaran": 4 * 3 * FULL}], benih="undi-7")
    record = made.record(book)
    by_hand = sorted(record.people["id_pekerja"], key=lambda who: hashlib.sha256(f"undi-7|{who}".encode()).hexdigest())
    assert set(made.paid(book)) == set(by_hand[:4])
    for rank, person in enumerate(by_hand, start=1):
        draw = why(record, person, changes=False)["undian"]
        assert (draw["urutan"], draw["peserta"], draw["menang"]) == (rank, 9, 4)
        assert draw["karcis"] == hashlib.sha256(f"undi-7|{person}".encode()).hexdigest()


def test_the_tickets_of_a_lottery_name_nobody(world, book):
    record = world([{} for _ in range(9)] + [{"poin": 50}], [{"anggaran": 4 * 3 * FULL}]).record(book)
    tickets = lotteries(record).to_native()
    assert tickets["karcis"].is_sorted()
    assert tickets["terpilih"].to_list() == [True] * 3 + [False] * 6
    assert "id_pekerja" not in tickets.columns


def test_no_tie_no_lottery(world, book):
    record = world([{"poin": 1}, {"poin": 2}], [{"anggaran": 3 * FULL}]).record(book)
    assert lotteries(record).to_native().is_empty()
    assert why(record, "P000", changes=False)["undian"] is None


def test_with_targets_lots_are_drawn_among_those_alike_to_the_targets_too(world, book):
    people = [{"jenis_kelamin": "LP"[at % 2]} for at in range(12)]
    record = world(people, [{"anggaran": 15 * FULL}]).aims({"indikator": "perempuan", "jumlah": 4}).record(book)
    tickets = lotteries(record).to_native()
    assert tickets["terpilih"].sum() == 5
    assert tickets.filter(
        pl.col("terpilih") != (pl.col("urutan") <= pl.col("terpilih").sum().over("undian"))
    ).is_empty()
    drawn = {person: why(record, person)["undian"] for person in record.people["id_pekerja"]}
    assert any(drawn.values())
    for person, draw in drawn.items():
        assert (draw and draw["urutan"] <= draw["menang"] or False) == (person in record.paid_rows["id_pekerja"])
