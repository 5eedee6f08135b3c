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


@pytest.mark.parametrize(
    "tamper",
    [_one_person_more, _one_person_fewer, _paid_twice, _swapped_fund, _changed_points, _ineligible, _moved_away,
     _month_missing, _month_after_the_fund_ends, _rupiah_less_in_the_row, _fund_overspent_by_one_rupiah, _higher_goal,
     _lower_bound, _other_prices, _smaller_gap, _cutoff,
     _verdict_against_its_reasons, _other_region_counts, _other_price_in_the_summary],
)  # fmt: skip
def test_a_changed_plan_is_caught(plan, book, tamper):
    tamper(*plan)
    findings = check(*plan, book)
    assert findings
    assert {finding["kode"] for finding in findings} <= CODES
    assert all(finding["pesan"] and finding["saran"] for finding in findings)


def test_the_checker_shares_no_code_with_the_planner():
    from pathlib import Path

    import jangkau.core.planning.verify as checker

    for name in ("verify.py", "verify_facts.py"):
        lines = Path(checker.__file__).with_name(name).read_text("utf-8").splitlines()
        uses = [line for line in lines if "jangkau.core.planning" in line]
        assert all("verify_facts" in line for line in uses)
