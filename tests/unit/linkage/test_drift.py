"""What has shifted is named; what only chance moved is not."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.engine import frame
from jangkau.core.linkage.agreement import agreement
from jangkau.core.linkage.drift import agreements, chances_alike, links, tables
from jangkau.core.linkage.model import load
from jangkau.core.linkage.proportions import Share
from jangkau.core.linkage.shift import rates, stability, values
from jangkau.core.tables.registers import PENDUDUK


def drawn(weights, count, seed):
    weights = np.array(weights, dtype=float)
    return pl.Series(np.random.default_rng(seed).choice(len(weights), count, p=weights / weights.sum())).cast(pl.String)


@pytest.mark.parametrize("seed", range(5))
def test_two_samples_of_one_population_are_steady(seed):
    one, other = drawn(range(1, 30), 800, seed), drawn(range(1, 30), 500, seed + 100)
    assert values("t", "k", "isi", one, other).kata == "stabil"


def test_index_is_the_textbook_sum():
    index, _ = stability(pl.Series(["a"] * 700 + ["b"] * 300), pl.Series(["a"] * 500 + ["b"] * 500))
    assert index == pytest.approx((0.7 - 0.5) * np.log(0.7 / 0.5) + (0.3 - 0.5) * np.log(0.3 / 0.5), abs=2e-3)


@pytest.mark.parametrize(("weights", "word"), [((6, 4), "bergeser"), ((3, 7), "bergeser jauh"), ((76, 24), "stabil")])
def test_how_far_is_said_in_words(weights, word):
    assert values("t", "k", "isi", drawn((77, 23), 20_000, 1), drawn(weights, 20_000, 2)).kata == word


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_the_index_is_symmetric_and_never_negative(one, other):
    sides = pl.Series(one, dtype=pl.String), pl.Series(other, dtype=pl.String)
    there, back = stability(*sides)[0], stability(*reversed(sides))[0]
    assert there >= 0
    assert back >= 0
    assert stability(sides[0], sides[0])[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [((10, 1000), (12, 1000), "stabil"), ((10, 1000), (60, 1000), "bergeser"),
     ((10, 1000), (400, 1000), "bergeser jauh"), ((0, 0), (5, 10), "stabil"), ((1, 4), (3, 4), "stabil")],
)  # fmt: skip
def test_rates_move_only_beyond_chance(old, new, word):
    assert rates("t", "k", "kosong", Share(*old), Share(*new)).kata == word


def people(count=2000, seed=1, **changes):
    rng = np.random.default_rng(seed)
    rows = pl.DataFrame({
        "nik": [f"{at:016}" for at in range(count)],
        "nama": rng.choice(["SITI AMINAH", "BUDI", "AGUS SALIM", "DEWI"], count),
        "tanggal_lahir": [date(1950 + int(at), 5, 17) for at in rng.integers(0, 50, count)],
        "jenis_kelamin": rng.choice(["L", "P"], count),
        "kode_desa": rng.choice(["1701012001", "1702012001"], count),
    }).with_columns(**changes)  # fmt: skip
    return {"penduduk": PENDUDUK.conform(rows)}


def moved(shifts):
    return {(shift.kolom, shift.ukuran): shift.kata for shift in shifts if shift.kata != "stabil"}


def test_a_register_like_the_last_one_has_not_shifted():
    assert moved(tables(people(), people(), {"penduduk": PENDUDUK})) == {}


def test_gaps_defaults_and_changed_keys_are_found():
    day = pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit(date(1980, 1, 1))).otherwise("tanggal_lahir")
    sex = pl.when(pl.int_range(pl.len()) % 2 == 0).then("jenis_kelamin")
    found = moved(tables(people(), people(tanggal_lahir=day, jenis_kelamin=sex), {"penduduk": PENDUDUK}))
    assert found["jenis_kelamin", "kosong"] == "bergeser jauh"
    assert found["tanggal_lahir", "tanggal bawaan 1 Januari"] == "bergeser jauh"
    assert found["tanggal_lahir", "berubah pada kunci yang sama"] == "bergeser jauh"
    assert ("nama", "kata pertama") not in found


def test_other_people_under_other_keys_are_found():
    found = moved(tables(people(), people(nik="9" + pl.col("nik").str.tail(15)), {"penduduk": PENDUDUK}))
    assert found == {
        ("nik", "hilang dari yang lama"): "bergeser jauh",
        ("nik", "tidak ada di yang lama"): "bergeser jauh",
    }


def test_no_name_or_number_is_in_the_report():
    shifts = tables(people(), people(seed=2), {"penduduk": PENDUDUK})
    assert "SITI" not in repr(shifts)
    assert "0" * 12 not in repr(shifts)


def tautan(cocok, tinjau, chance):
    words = ["cocok"] * cocok + ["tinjau"] * tinjau
    return frame(pl.DataFrame({
        "id_usulan": [f"u{at}" for at in range(len(words))], "register": "penduduk", "id_register": "1",
        "peluang": [chance] * len(words), "keputusan": words, "cara": "model",
    }))  # fmt: skip


def test_a_lower_match_rate_is_found():
    found = moved(links(tautan(900, 20, 0.95), tautan(600, 20, 0.95), (1000, 1000)))
    assert found == {("keputusan", "usulan cocok"): "bergeser jauh"}


def test_other_probabilities_are_found():
    found = moved(links(tautan(900, 0, 0.99), tautan(900, 0, 0.75), (1000, 1000)))
    assert found == {("peluang", "sebaran peluang model"): "bergeser jauh"}


def test_agreement_of_settled_pairs_is_counted():
    listed = people(100)["penduduk"]
    wrong = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit(date(1901, 2, 3))).otherwise("tanggal_lahir")
    register = people(100, tanggal_lahir=wrong)["penduduk"]
    pairs = frame(pl.DataFrame({"l": range(100), "r": range(100), "keputusan": ["cocok"] * 90 + ["tidak"] * 10}))
    made = {row["kolom"]: row for row in agreement(pairs, listed, register, load())}
    assert (made["tanggal_lahir"]["pembilang"], made["tanggal_lahir"]["penyebut"]) == (45, 90)
    assert made["nama"]["nilai"] == 1
    found = moved(agreements([], list(made.values())))
    assert found == {("tanggal_lahir", "kurang dari m model"): "bergeser jauh"}


def test_a_population_with_fewer_names_is_found():
    one_name = people(nama=pl.lit("SITI"))["penduduk"]
    assert moved(chances_alike(people()["penduduk"], one_name, load())) == {
        ("nama", "dua orang acak sama (u model 0,00012)"): "bergeser jauh"
    }
