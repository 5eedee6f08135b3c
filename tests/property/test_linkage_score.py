"""Our compiled score against Splink's own, and the waterfall against the score, on random pairs of damaged people."""

from datetime import date
from functools import partial

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from splink import DuckDBAPI, Linker
from tries import tries

from jangkau.core.linkage.explain import explain
from jangkau.core.linkage.linker import here
from jangkau.core.linkage.model import load
from jangkau.core.linkage.pairs import Desk, Pairs
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.score import Limits, Scorer, columns

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


ALL = Limits(-1e9, 1e9)


@settings(max_examples=tries(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=6), st.lists(people, min_size=1, max_size=6))
@pytest.mark.filterwarnings("ignore")
def test_weight_equals_splink(left, right):
    population = prepare_population(frame(right))
    model = population.census.model(load())
    asked = prepare_list(frame(left), population.census)
    ours, theirs = (side.ravel().astype(np.int32) for side in np.mgrid[: len(left), : len(right)])
    pairs = Pairs(ours, theirs)
    scored = Desk(1).each(pairs, asked, population.side, partial(Scorer(model).weigh, limits=ALL))
    ours = {(row["l"], row["r"]): row["bobot"] for row in scored.to_dicts()}
    theirs = splink_weights(asked, population.side, model)
    assert ours.keys() == theirs.keys()
    for pair, weight in ours.items():
        assert weight == pytest.approx(theirs[pair], abs=1e-6), pair


def splink_weights(left, right, model):
    api = DuckDBAPI()
    wanted = [*columns(model), "tf_bunyi", "tf_lahir"]
    tables = [
        api.register(side.table(wanted).to_arrow(), dataset_display_name=name)
        for name, side in (("kiri", left), ("kanan", right))
    ]
    linker = Linker(tables, model.splink() | {"probability_two_random_records_match": 0.5}, log_level=None)
    scored = linker.inference.score_pairs(*tables).as_duckdbpyrelation().to_arrow_table().to_pylist()
    return {(row["rid_l"], row["rid_r"]): row["match_weight"] for row in scored}


@settings(max_examples=tries(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=4), st.lists(people, min_size=1, max_size=6))
def test_bits_add_up_to_the_weight_and_to_the_probability_of_the_search(left, right):
    with here(frame(left), {"penduduk": frame(right)}, load()) as search:
        found = search.find("usulan", "penduduk", "penduduk")
        said = {(row["l"], row["r"]): (row["peluang"], row["cara"]) for row in found.rows(named=True)}
        told = explain(search, "usulan", "penduduk", "penduduk")
        assert told.keys() == said.keys()
        weights = search.levels("sisa", "penduduk", "penduduk").select("l", "r", "bobot").rows()
    for pair, waterfall in told.items():
        assert (waterfall.peluang, waterfall.cara) == (pytest.approx(said[pair][0], abs=1e-9), said[pair][1]), pair
    names = {comparison.name for comparison in search.model.comparisons}
    for left, right, weight in weights:
        if (left, right) in told:
            evidence = [bar.bit for bar in told[left, right].bars if bar.kode.removesuffix("_langka") in names]
            assert sum(evidence) == pytest.approx(weight, abs=1e-9)
