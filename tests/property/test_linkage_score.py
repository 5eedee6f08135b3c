"""Our compiled score against Splink's own, pair by pair, on random pairs of damaged people."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from splink import DuckDBAPI, Linker

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


def side(rows):
    texts = ("nik", "nama", "jenis_kelamin", "kode_wilayah", "no_kk", "no_hp")
    schema = dict.fromkeys(texts, pl.String) | {"tanggal_lahir": pl.Date}
    frame = pl.DataFrame(rows, schema=schema)
    return comparable(nw.from_native(frame.rename({"nik": "nik_dugaan"}), eager_only=True))


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
