"""A province of hundreds of village funds: the paths for many arcs, whole files, in any order of rows."""

import json

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from jangkau.core import outputs
from jangkau.core.planning import draft, persons
from jangkau.core.planning.build import build
from jangkau.core.planning.explore.months import LONGEST, shorten
from jangkau.core.planning.explore.quick import quick
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.live import live
from jangkau.core.planning.rounding import many_arcs
from jangkau.core.planning.verify import check
from jangkau.core.tables.results import RENCANA

FULL = 16_800
VILLAGES = [f"63{1 + at % 9:02d}{1 + at // 100:02d}{2000 + at % 100:04d}" for at in range(400)]


@pytest.fixture(scope="module")
def many(world):
    """2,000 people, 404 funds, a year in which the discount ends and one fund too."""
    draw = np.random.default_rng(7)
    people = [
        {"kode_desa": VILLAGES[draw.integers(400)], "pekerjaan": ("TANI", "ANGKUTAN", "SAWIT")[draw.integers(3)],
         "desil": int(draw.integers(1, 6)), "terdaftar": bool(draw.integers(2)), "poin": 5 * int(draw.integers(20))}
        for _ in range(2000)
    ]  # fmt: skip
    funds = [{"kode": f"D{at:03d}", "jenis": "DANA_DESA", "wilayah": code, "anggaran": int(draw.integers(40 * FULL))}
             for at, code in enumerate(VILLAGES)]  # fmt: skip
    funds += [
        {"kode": "PROV", "jenis": "APBD_PROV", "anggaran": 3000 * FULL + 11},
        {"kode": "KAB", "wilayah": "6301", "anggaran": 900 * FULL, "berlaku_sampai": "2027-04"},
        {"kode": "CSR", "jenis": "CSR", "pekerjaan": "SAWIT|ANGKUTAN", "anggaran": 2000 * FULL},
        {"kode": "ZIS", "jenis": "ZAKAT", "syarat": "desil<=2;belum_terdaftar", "anggaran": 2000 * FULL},
    ]
    return world(people, funds, mulai="2027-01", bulan=6)


@pytest.fixture(scope="module")
def drawn(many, book):
    return draft(nw.from_native(many.people), nw.from_native(many.funds), many.settings, book)


def test_the_plan_is_close_to_its_bound_and_the_checker_agrees(many, drawn, book):
    assert many_arcs(drawn.built.case)
    run = json.loads(json.dumps({**drawn.ringkasan, "sertifikat": drawn.sertifikat}))
    assert 0 < run["tujuan"] <= run["batas"]
    assert run["selisih_persen"] < 2
    tables = many.tables(drawn.rencana.to_native())
    assert check(tables, run, book) == []


def test_files_are_the_same_bytes_for_any_order_of_rows(many, drawn, book, tmp_path):
    shuffled = many.people.sample(fraction=1, shuffle=True, seed=3)
    again = draft(nw.from_native(shuffled), nw.from_native(many.funds.reverse()), many.settings, book)
    for name, each in (("a", drawn), ("b", again)):
        (tmp_path / name).mkdir()
        outputs.write_parquet(each.rencana, RENCANA, tmp_path / name)
        outputs.write_json({**each.ringkasan, "sertifikat": each.sertifikat}, tmp_path / name / "rencana.json")
    for file in ("rencana.parquet", "rencana.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_everybody_paid_has_all_months_in_order(drawn):
    rows = drawn.rencana.to_native().drop_nulls("dana")
    months = rows.group_by("id_pekerja").agg(pl.col("jumlah_bulan").sum(), pl.col("bulan_mulai").is_sorted())
    assert months["jumlah_bulan"].unique().to_list() == [6]
    assert months["bulan_mulai"].all()
    assert rows.height > months.height


def test_hundreds_of_village_funds_are_dealt_out_near_the_best_without_the_relaxed_plan(drawn, monkeypatch):
    monkeypatch.delattr("jangkau.core.planning.explore.quick.relax")
    case, best = drawn.built.case, drawn.ringkasan
    found = quick(case)
    assert 0.998 * best["tujuan"] <= found.points <= best["batas"]
    assert best["tujuan"] <= found.bound
    assert (found.plan.spent(case) <= case.budgets).all()


def test_lengths_told_while_a_plan_is_built_are_near_their_plans_wherever_it_starts(many, book):
    people, funds = persons(nw.from_native(many.people)), read_funds(nw.from_native(many.funds))
    long = build(people, funds, many.settings.model_copy(update={"bulan": LONGEST}), book, gaps=True).case
    paid = {months: int(quick(shorten(long, months)[0]).plan.paid.sum()) for months in (3, 12)}
    for own in (1, LONGEST):
        told = live(people, funds, [], many.settings.model_copy(update={"bulan": own}), book).bulan_orang
        for row in told:
            assert row["orang"] == pytest.approx(paid.get(row["bulan"], row["orang"]), rel=0.06)
