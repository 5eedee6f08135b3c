"""The independent check: it passes what the planner made, and catches every way of changing it."""

import copy

import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.planning.verify import check, verify

FULL = 16_800
CODES = {"RENCANA_BERUBAH", "SERTIFIKAT_SALAH"}


@pytest.fixture(scope="module")
def made(world, book):
    """A plan with a handover, a lottery, prices that differ by payer, and people whom nobody may pay."""
    people = [{"poin": 5 * (at % 5), "kode_desa": f"63{1 + at % 2:02d}012001", "desil": 1 + at % 3,
               "pekerjaan": ("TANI", "ANGKUTAN", "SAWIT", None)[at % 4], "terdaftar": at % 7 == 0}
              for at in range(60)]  # fmt: skip
    people.append({"kode_desa": "9901012001", "poin": 100})
    funds = [
        {"kode": "A", "anggaran": 31 * FULL, "berlaku_sampai": "2027-02"},
        {"kode": "B", "anggaran": 40 * FULL + 9, "wilayah": "6301", "syarat": "desil<=2;belum_terdaftar"},
        {"kode": "C", "anggaran": 25 * FULL, "jenis": "CSR", "pekerjaan": "ANGKUTAN|SAWIT"},
        {"kode": "D", "anggaran": 0},
        {"kode": "E", "anggaran": 9 * FULL, "berlaku_dari": "2027-02"},
    ]
    return world(people, funds, mulai="2027-01", bulan=4).out(book)


@pytest.fixture
def plan(made):
    tables, run = made
    return dict(tables), copy.deepcopy(run)


def _paid(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("dana").is_not_null())


def _edit(rows: pl.DataFrame, at: dict, **changes) -> pl.DataFrame:
    hit = pl.all_horizontal(*(pl.col(name) == value for name, value in at.items()))
    return rows.with_columns(
        pl.when(hit).then(pl.lit(value)).otherwise(name).alias(name) for name, value in changes.items()
    )


def test_the_planners_own_plan_holds(plan, book):
    assert _paid(plan[0]["rencana"]).height > plan[1]["orang"] > 10
    assert check(*plan, book) == []


@pytest.mark.parametrize("base", ["minimum", "penghasilan"])
@pytest.mark.parametrize("start", ["2026-11", "2027-03"])
def test_plans_by_income_and_across_the_discount_hold(world, book, base, start):
    people = [
        {"poin": 3 + at % 6, "penghasilan": (None, 900_000, 1_300_000, 2_750_000)[at % 4], "terdaftar": at % 5 == 0,
         "pekerjaan": ("ANGKUTAN", "NELAYAN", None)[at % 3], "kode_desa": None if at == 9 else "6301012001"}
        for at in range(80)
    ]  # fmt: skip
    funds = [
        {"kode": "A", "anggaran": 50 * FULL, "jenis": "ZAKAT", "syarat": "penghasilan<1300000"},
        {"kode": "B", "anggaran": 41 * FULL - 1, "jenis": "APBD_PROV"},
        {"kode": "C", "anggaran": 33 * FULL, "jenis": "DANA_DESA", "tarif": "DISKON", "berlaku_sampai": "2026-12"},
    ]
    tables, run = world(people, funds, mulai=start, bulan=4, dasar_iuran=base).out(book)
    assert run["orang"] > 10
    assert check(tables, run, book) == []


def test_a_plan_of_nobody_holds(world, book):
    for people, funds in (([], [{}]), ([{}], []), ([{}], [{"anggaran": 0}])):
        assert check(*world(people, funds).out(book), book) == []


def test_it_reads_a_folder(plan, book, tmp_path):
    import json

    for name, table in plan[0].items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    (tmp_path / "rencana.json").write_text(json.dumps(plan[1]), "utf-8")
    assert verify(tmp_path) == []


def test_an_out_that_is_not_whole_is_said(plan, book, tmp_path):
    with pytest.raises(Problem, match=r"pekerja\.parquet"):
        verify(tmp_path)
    tables, run = plan
    for key in ("batas", "sertifikat"):
        findings = check(tables, {name: value for name, value in run.items() if name != key}, book)
        assert [key in finding["pesan"] for finding in findings] == [True]


def _one_person_more(tables, run):
    rows = tables["rencana"]
    out = rows.filter(pl.col("dana").is_null() & pl.col("ambang").is_not_null())["id_pekerja"][0]
    tables["rencana"] = _edit(rows, {"id_pekerja": out}, dana="B", bulan_mulai="2027-01", jumlah_bulan=4,
                              iuran_per_bulan=FULL, iuran_total=4 * FULL)  # fmt: skip


def _one_person_fewer(tables, run):
    first = _paid(tables["rencana"])["id_pekerja"][0]
    tables["rencana"] = tables["rencana"].filter(pl.col("id_pekerja") != first)


def _paid_twice(tables, run):
    tables["rencana"] = pl.concat([tables["rencana"], _paid(tables["rencana"]).head(1)])


def _swapped_fund(tables, run):
    row = _paid(tables["rencana"]).filter(dana="B").row(0, named=True)
    tables["rencana"] = _edit(tables["rencana"], {"id_pekerja": row["id_pekerja"], "dana": "B"}, dana="C")


def _changed_points(tables, run):
    who = _paid(tables["rencana"])["id_pekerja"][0]
    tables["rencana"] = tables["rencana"].with_columns(
        poin=pl.when(pl.col("id_pekerja") == who).then(pl.col("poin") + 1).otherwise("poin")
    )


def _ineligible(tables, run):
    who = _paid(tables["rencana"])["id_pekerja"][0]
    tables["kelayakan"] = _edit(tables["kelayakan"], {"id_pekerja": who}, layak=False)


def _moved_away(tables, run):
    who = _paid(tables["rencana"]).filter(dana="B")["id_pekerja"][0]
    tables["pekerja"] = _edit(tables["pekerja"], {"id_pekerja": who}, kode_desa="6302012001")


def _month_missing(tables, run):
    who = _paid(tables["rencana"]).filter(jumlah_bulan=4)["id_pekerja"][0]
    tables["rencana"] = _edit(tables["rencana"], {"id_pekerja": who}, jumlah_bulan=3)


def _month_after_the_fund_ends(tables, run):
    for fund in run["sertifikat"]["masukan"]["dana"]:
        fund["berlaku_sampai"] = "2027-01" if fund["kode"] == "A" else fund["berlaku_sampai"]


def _rupiah_less_in_the_row(tables, run):
    who = _paid(tables["rencana"])["id_pekerja"][0]
    tables["rencana"] = tables["rencana"].with_columns(
        iuran_total=pl.when(pl.col("id_pekerja") == who).then(pl.col("iuran_total") - 1).otherwise("iuran_total")
    )


def _fund_overspent_by_one_rupiah(tables, run):
    fund = next(f for f in run["dana"] if f["kode"] == "C")
    row = next(f for f in run["sertifikat"]["masukan"]["dana"] if f["kode"] == "C")
    row["anggaran"] = fund["anggaran"] = fund["terpakai"] - 1
    fund["sisa"] = -1


def _higher_goal(tables, run):
    run["tujuan"] += 5


def _lower_bound(tables, run):
    run["batas"] = run["sertifikat"]["batas_harga"] = run["tujuan"]
    run["selisih_persen"] = 0.0


def _other_prices(tables, run):
    run["sertifikat"]["harga"]["A"] += run["sertifikat"]["skala"]


def _smaller_gap(tables, run):
    run["selisih_persen"] += 0.5


def _cutoff(tables, run):
    who = _paid(tables["rencana"])["id_pekerja"][0]
    tables["rencana"] = _edit(tables["rencana"], {"id_pekerja": who}, ambang=10_000)


def _verdict_against_its_reasons(tables, run):
    who = tables["rencana"]["id_pekerja"][0]
    tables["kelayakan"] = tables["kelayakan"].with_columns(
        alasan=pl.when(pl.col("id_pekerja") == who).then(pl.lit(["MENINGGAL"])).otherwise("alasan")
    )


def _other_region_counts(tables, run):
    run["wilayah"][0]["terpilih"] += 1


def _other_price_in_the_summary(tables, run):
    run["dana"][0]["harga"] += 1


def _month_twice_and_month_missing(tables, run):
    """A handover moved by a month: one month paid by both funds, as many months as before."""
    rows = _paid(tables["rencana"])
    late = rows.filter(pl.col("bulan_mulai") > "2027-01").row(0, named=True)
    at = {"id_pekerja": late["id_pekerja"], "bulan_mulai": late["bulan_mulai"]}
    tables["rencana"] = _edit(tables["rencana"], at, bulan_mulai="2027-01")


def _fewer_points_before_more(tables, run):
    """Somebody with fewer points takes the place of somebody who stands alike; sums and cutoffs are made to fit."""
    rows = tables["rencana"].join(tables["pekerja"], on="id_pekerja").filter(pl.col("ambang").is_not_null())
    out = rows.filter(pl.col("dana").is_null() & (pl.col("poin") < pl.col("ambang"))).sort("id_pekerja")
    pairs = _paid(rows).join(out, on=["kode_desa", "pekerjaan", "desil"], suffix="_kalah")
    pair = pairs.filter(~pl.col("id_pekerja").is_in(pairs["id_pekerja_kalah"])).row(0, named=True)
    rows = tables["rencana"]
    names = {pair["id_pekerja"]: pair["id_pekerja_kalah"], pair["id_pekerja_kalah"]: pair["id_pekerja"]}
    swapped = rows.with_columns(pl.col("id_pekerja").replace(names)).drop("poin")
    tables["rencana"] = swapped.join(tables["kelayakan"].select("id_pekerja", "poin"), on="id_pekerja")
    tables["rencana"] = tables["rencana"].with_columns(ambang=pl.lit(None, dtype=pl.Int64))
    run["tujuan"] -= pair["poin"] - pair["poin_kalah"]


def _worse_plan_called_searched(tables, run):
    """One person's rows are taken out, and what is left is said to be the best that a search can find."""
    who = _paid(tables["rencana"]).sort("poin")["id_pekerja"][-1]
    mine = tables["rencana"].filter(id_pekerja=who)
    for row in mine.to_dicts():
        fund = next(f for f in run["dana"] if f["kode"] == row["dana"])
        fund["terpakai"] -= row["iuran_total"]
        fund["sisa"] += row["iuran_total"]
    empty = mine.head(1).with_columns(
        dana=pl.lit(None, dtype=pl.String), bulan_mulai=pl.lit(None, dtype=pl.String),
        jumlah_bulan=pl.lit(0, dtype=pl.Int64), iuran_per_bulan=pl.lit(0, dtype=pl.Int64),
        iuran_total=pl.lit(0, dtype=pl.Int64), ambang=pl.lit(None, dtype=pl.Int64),
    )  # fmt: skip
    tables["rencana"] = pl.concat([tables["rencana"].filter(pl.col("id_pekerja") != who), empty])
    region = next(w for w in run["wilayah"] if w["wilayah"] == f"63{1 + int(who[1:]) % 2:02d}")
    region["terpilih"] -= 1
    region["poin"] -= mine["poin"][0]
    region["iuran"] -= mine["iuran_total"].sum()
    run["tujuan"] -= mine["poin"][0]
    run["orang"] -= 1
    run["iuran"] -= mine["iuran_total"].sum()
    run["batas"], run["selisih_persen"] = run["tujuan"], 0.0
    run["sertifikat"]["cara"] = "pencarian"


def _negative_prices(tables, run):
    run["sertifikat"]["harga"] = {code: -price for code, price in run["sertifikat"]["harga"].items()}


def _prices_of_another_scale(tables, run):
    run["sertifikat"]["skala"] *= 2


def _prices_that_are_no_whole_numbers(tables, run):
    run["sertifikat"]["harga"]["A"] = 0.5


def _another_seed(tables, run):
    run["benih"] = "undian-lain"


def _fund_added_to_the_input(tables, run):
    run["sertifikat"]["masukan"]["dana"].append({**run["sertifikat"]["masukan"]["dana"][0], "kode": "Z"})


def _fund_rule_nobody_can_read(tables, run):
    run["sertifikat"]["masukan"]["dana"][0]["syarat"] = "umur muda"


def _input_without_funds(tables, run):
    del run["sertifikat"]["masukan"]["dana"]


def _fewer_months(tables, run):
    run["bulan"] = 3


def _other_people_in_total(tables, run):
    run["layak"] += 1


def _other_cutoff_in_the_certificate(tables, run):
    run["sertifikat"]["ambang"][0]["ambang"] += 1


def _other_group_in_the_certificate(tables, run):
    run["sertifikat"]["ambang"][0]["terpilih"] += 1


@pytest.mark.parametrize(
    "tamper",
    [_one_person_more, _one_person_fewer, _paid_twice, _swapped_fund, _changed_points, _ineligible, _moved_away,
     _month_missing, _month_after_the_fund_ends, _rupiah_less_in_the_row, _fund_overspent_by_one_rupiah, _higher_goal,
     _lower_bound, _other_prices, _smaller_gap, _cutoff,
     _verdict_against_its_reasons, _other_region_counts, _other_price_in_the_summary,
     _month_twice_and_month_missing, _fewer_points_before_more,
     _worse_plan_called_searched, _negative_prices, _prices_of_another_scale, _prices_that_are_no_whole_numbers,
     _another_seed, _fund_added_to_the_input, _fund_rule_nobody_can_read, _input_without_funds, _fewer_months,
     _other_people_in_total, _other_cutoff_in_the_certificate, _other_group_in_the_certificate],
)  # fmt: skip
def test_a_changed_plan_is_caught(plan, book, tamper):
    tamper(*plan)
    findings = check(*plan, book)
    assert findings
    assert {finding["kode"] for finding in findings} <= CODES
    assert all(finding["pesan"] and finding["saran"] for finding in findings)


def test_plans_of_five_years_are_checked_month_by_month(world, book):
    funds = [{"anggaran": 90 * FULL, "berlaku_sampai": "2029-12"}, {"kode": "B", "anggaran": 99 * FULL}]
    tables, run = world([{"poin": at} for at in range(4)], funds, bulan=60).out(book)
    assert run["orang"] > 1
    assert check(tables, run, book) == []
    late = _paid(tables["rencana"]).filter(pl.col("bulan_mulai") > "2027-07").row(0, named=True)
    at = {"id_pekerja": late["id_pekerja"], "bulan_mulai": late["bulan_mulai"]}
    tables["rencana"] = _edit(tables["rencana"], at, bulan_mulai="2027-08")
    assert any("bulan seseorang" in finding["pesan"] for finding in check(tables, run, book))


def test_who_won_the_lottery_is_checked(world, book):
    tables, run = world([{} for _ in range(6)], [{"anggaran": 9 * FULL}]).out(book)
    assert check(tables, run, book) == []
    won, lost = (
        _paid(tables["rencana"])["id_pekerja"][0],
        tables["rencana"].filter(pl.col("dana").is_null())["id_pekerja"][0],
    )
    tables["rencana"] = tables["rencana"].with_columns(pl.col("id_pekerja").replace({won: lost, lost: won}))
    assert ["undian" in finding["pesan"] for finding in check(tables, run, book)] == [True]


def test_the_checker_shares_no_code_with_the_planner():
    from pathlib import Path

    import jangkau.core.planning.verify as checker

    for path in Path(checker.__file__).parent.glob("verify*.py"):
        lines = path.read_text("utf-8").splitlines()
        uses = [line for line in lines if "jangkau.core.planning" in line]
        assert all(line.startswith("from jangkau.core.planning.verify_") for line in uses)
