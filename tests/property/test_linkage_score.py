"""Our compiled score against Splink's own, and the waterfall against the score, on random pairs of damaged people."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from splink import DuckDBAPI, Linker

from jangkau.core.linkage import linker
from jangkau.core.linkage.explain import explain
from jangkau.core.linkage.model import load
from jangkau.core.linkage.normalise import comparable, connection, dictionary, frequencies, place_shares, store
from jangkau.core.linkage.score import score

NIKS = ["3302011705800001", "3302011705800002", "330201170580000", "3302011705810001", "3302015705800001", None]
NAMES = [
    "BUDI SANTOSO",
    "Boedi Santosa",
    "BUDI S",
    "SANTOSO",
    "MUHAMMAD BUDI SANTOSO",
    "SITI AMINAH",
    "S. AMINAH",
    None,
]
DATES = [
    date(1980, 5, 7),
    date(1980, 7, 5),
    date(1980, 1, 1),
    date(1981, 5, 7),
    date(1980, 5, 17),
    date(1981, 5, 17),
    date(1975, 2, 3),
    None,
]
PLACES = ["3302012001", "3302012002", "330201", "3302", "3303", None]

people = st.fixed_dictionaries({
    "nik": st.sampled_from(NIKS), "nama": st.sampled_from(NAMES), "tanggal_lahir": st.sampled_from(DATES),
    "jenis_kelamin": st.sampled_from(["L", "P", None]), "kode_wilayah": st.sampled_from(PLACES),
    "no_kk": st.sampled_from(["3302010101100001", None]), 
    "no_hp": st.sampled_from(["081234567890", "085555555555", None]),
})  # fmt: skip


def frame(rows):
    texts = ("nik", "nama", "jenis_kelamin", "kode_wilayah", "no_kk", "no_hp")
    schema = dict.fromkeys(texts, pl.String) | {"tanggal_lahir": pl.Date}
    return nw.from_native(pl.DataFrame(rows, schema=schema), eager_only=True)


def side(rows):
    return comparable(frame(rows).rename({"nik": "nik_dugaan"}))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=6), st.lists(people, min_size=1, max_size=6))
@pytest.mark.filterwarnings("ignore")
def test_weight_equals_splink(left, right):
    with connection(1, "1GB") as con:
        sides = {"kiri": side(left), "kanan_semua": side(right)}
        dictionary(con, sides.values(), sides["kanan_semua"])
        for table, rows in sides.items():
            store(con, table, rows)
        rarest = frequencies(con, "kanan_semua")
        model = load().for_register(place_shares(con, "kanan_semua"), rarest)
        con.execute("CREATE TABLE calon AS SELECT a.rid AS l, b.rid AS r, FALSE AS sekata FROM kiri a, kanan_semua b")
        score(con, "calon", "kiri", "kanan_semua", model)
        ours = {(left, right): bits for left, right, bits in con.execute("SELECT l, r, bobot FROM skor").fetchall()}
        theirs = splink_weights(con, model)
        assert ours.keys() == theirs.keys()
        for pair, weight in ours.items():
            assert weight == pytest.approx(theirs[pair], abs=1e-6), pair


def splink_weights(con, model):
    for table in ("kiri", "kanan_semua"):
        con.execute(
            f"CREATE TABLE {table}_tf AS SELECT k.*, tf_bunyi, tf_lahir FROM {table} k "
            "LEFT JOIN tf_bunyi USING (bunyi) LEFT JOIN tf_lahir USING (lahir)"
        )
    api = DuckDBAPI(connection=con)
    tables = [api.register(f"{table}_tf", dataset_display_name=table) for table in ("kiri", "kanan_semua")]
    linker = Linker(tables, model.splink() | {"probability_two_random_records_match": 0.5}, log_level=None)
    scored = linker.inference.score_pairs(*tables).as_duckdbpyrelation().to_arrow_table().to_pylist()
    return {(row["rid_l"], row["rid_r"]): row["match_weight"] for row in scored}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=4), st.lists(people, min_size=1, max_size=6))
def test_bits_add_up_to_the_weight_and_to_the_probability_of_the_search(left, right):
    with connection(1, "1GB") as con:
        search = linker.prepare(con, frame(left), {"penduduk": frame(right)}, load())
        found = search.find("usulan", "penduduk", "penduduk")
        said = {(row["l"], row["r"]): (row["peluang"], row["cara"]) for row in found.rows(named=True)}
        told = explain(search, "usulan", "penduduk", "penduduk")
        assert told.keys() == said.keys()
        modelled = any(cara == "model" for _, cara in said.values())
        weights = con.execute("SELECT l, r, bobot FROM skor").fetchall() if modelled else []
    for pair, waterfall in told.items():
        assert (waterfall.peluang, waterfall.cara) == (pytest.approx(said[pair][0], abs=1e-9), said[pair][1]), pair
    names = {comparison.name for comparison in search.model.comparisons}
    for left, right, weight in weights:
        if (left, right) in told:
            evidence = [bar.bit for bar in told[left, right].bars if bar.kode.removesuffix("_langka") in names]
            assert sum(evidence) == pytest.approx(weight, abs=1e-9)
