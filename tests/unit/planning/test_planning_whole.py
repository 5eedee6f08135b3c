"""Many small village funds with few people each: a better plan, a closer proof, and a checker that reckons itself."""

import copy

import narwhals as nw
import numpy as np
import pytest

from jangkau.core.planning import draft
from jangkau.core.planning.verify import check

FULL = 16_800
VILLAGES = [f"6301{1 + at // 50:02d}{2000 + at % 50:04d}" for at in range(150)]


def crowd(world, seed, **settings):
    """600 people in 150 villages of one kabupaten; most villages have a fund for one or two of them."""
    draw = np.random.default_rng(seed)
    people = [
        {"kode_desa": VILLAGES[draw.integers(150)], "pekerjaan": ("TANI", "ANGKUTAN")[draw.integers(2)],
         "desil": int(draw.integers(1, 6)), "terdaftar": bool(draw.integers(2)), "poin": 5 * int(draw.integers(4, 40))}
        for _ in range(600)
    ]  # fmt: skip
    funds = [{"kode": f"D{at:03d}", "jenis": ("DANA_DESA", "CSR")[at % 2], "wilayah": code, "syarat": "desil<=4",
              "anggaran": int(draw.integers(2, 20) * FULL)} for at, code in enumerate(VILLAGES[:130])]  # fmt: skip
    funds += [
        {"kode": "KAB", "anggaran": 900 * FULL},
        {"kode": "CSR", "jenis": "CSR", "pekerjaan": "ANGKUTAN", "anggaran": 300 * FULL, "berlaku_sampai": "2027-04"},
    ]
    return world(people, funds, **{"mulai": "2027-01", "bulan": 6, **settings})


def proven(made, book):
    drawn = draft(nw.from_native(made.people), nw.from_native(made.funds), made.settings, book)
    return made.tables(drawn.rencana.to_native()), {**drawn.ringkasan, "sertifikat": drawn.sertifikat}


@pytest.fixture(scope="module")
def run(world, book):
    return proven(crowd(world, 1), book)


@pytest.mark.parametrize("seed", range(2, 6))
def test_the_checker_reaches_the_same_bound_by_its_own_reckoning(world, book, seed):
    tables, told = proven(crowd(world, seed, dasar_iuran=("minimum", "penghasilan")[seed % 2]), book)
    assert len(told["sertifikat"]["utuh"]) > 100
    assert told["selisih_persen"] < 1
    assert check(tables, told, book) == []


def test_counting_whole_people_brings_the_bound_closer(run, book):
    tables, told = run
    loose = copy.deepcopy(told)
    loose["sertifikat"]["utuh"] = []
    (first, *_) = check(tables, loose, book)
    assert first["kode"] == "SERTIFIKAT_SALAH"
    mixed = int(first["pesan"].split("dana ")[1].split(",")[0])
    assert mixed > told["batas"] + 2 * (told["batas"] - told["tujuan"])


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["sertifikat"]["utuh"].pop(),
        lambda told: told["sertifikat"]["utuh"].append("KAB"),
        lambda told: told["sertifikat"]["utuh"].append("TIDAK ADA"),
        lambda told: told["sertifikat"]["harga"].update(KAB=10**17),
        lambda told: told["sertifikat"].update(batas_harga=told["batas"] - 5) or told.update(batas=told["batas"] - 5),
    ],
    ids=["satu dana kurang", "dana lebar", "dana asing", "harga raksasa", "batas turun"],
)
def test_a_changed_proof_is_found(run, book, change):
    tables, told = run
    changed = copy.deepcopy(told)
    change(changed)
    assert {row["kode"] for row in check(tables, changed, book)} == {"SERTIFIKAT_SALAH"}


def test_prices_of_small_funds_do_not_move_the_bound(run, book):
    """They only say which people need no look; the plan stands whatever they are."""
    tables, told = run
    changed = copy.deepcopy(told)
    for code in told["sertifikat"]["utuh"][:40]:
        price = changed["sertifikat"]["harga"][code] // 2
        changed["sertifikat"]["harga"][code] = price
        row = next(each for each in changed["dana"] if each["kode"] == code)
        row["harga"] = round(price / told["sertifikat"]["skala"] * 1_000_000, 6)
    assert not [row for row in check(tables, changed, book) if "batas" in row["pesan"]]
