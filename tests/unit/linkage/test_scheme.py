"""Lists of another kind: their own columns, comparisons and rules over the same blocks, scoring and decisions."""

from math import log2

import polars as pl
import pytest

from jangkau.core.linkage.comparisons import ELSE, Comparison, Level
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.model import parse
from jangkau.core.linkage.search import Search, part_of
from jangkau.core.linkage.side import whole
from jangkau.core.linkage.train import splink_linker, tables_here, train

SURNAME = Comparison(
    "surname", "surname_l IS NULL OR surname_r IS NULL",
    (Level("same", "surname_l = surname_r", tf="surname"), Level("other", ELSE)),
)  # fmt: skip
SUBURB = Comparison(
    "suburb", "suburb_l IS NULL OR suburb_r IS NULL", (Level("same", "suburb_l = suburb_r"), Level("other", ELSE))
)
DATA = {
    "versi": "other/1", "frekuensi_terendah": 0.001, "kemiringan": 1.0, "bagian_ditemukan": {"people": 0.9},
    "ambang": {"cocok": 0.9, "tinjau": 0.2},
    "parameter": {
        "surname": {"same": [0.9, 0.01], "other": [0.1, 0.99]},
        "suburb": {"same": [0.8, 0.1], "other": [0.2, 0.9]},
    },
}  # fmt: skip


def table(*rows):
    return pl.DataFrame(rows, schema=["surname", "suburb"], orient="row")


def test_another_scheme_runs_through_blocks_scores_and_decisions():
    left = table(("white", "yass"), ("noble", None))
    right = table(("white", "yass"), ("white", "perth"), ("noble", "cairns")).with_columns(tf_surname=1e-4)
    rules = (Rule("surname", ("surname",)),)
    search = Search(
        {"kiri": part_of(whole(left)), "kanan": part_of(whole(right), rules)}, parse(DATA, (SURNAME, SUBURB))
    )
    found = search.by_model("kiri", "kanan", "people")
    scored = search.levels("kiri", "kanan", "people").rows(named=True)
    weights = {(row["l"], row["r"]): row["bobot"] for row in scored}
    assert list(zip(found["l"], found["r"], strict=True)) == [(0, 0), (0, 1), (1, 2)]
    assert weights[0, 0] == pytest.approx(log2(0.9) - log2(0.001) + log2(8))
    assert weights[1, 2] == pytest.approx(log2(0.9) - log2(0.001))


def test_a_level_of_a_scheme_needs_its_numbers():
    with pytest.raises(ValueError, match="suburb"):
        parse(DATA | {"parameter": {"surname": DATA["parameter"]["surname"]}}, (SURNAME, SUBURB))


def test_another_scheme_is_trained_by_its_own_rules():
    model = parse(DATA, (SURNAME, SUBURB))
    people = [(f"name{n % 17}", f"place{n % 5}") for n in range(60)]
    side = whole(table(*people).with_columns(tf_surname=pl.lit(1 / 17)))
    rules = ("l.surname = r.surname", "l.suburb = r.suburb")
    linker = splink_linker(tables_here(model, side, side), model, rules=rules)
    learned = train(linker, model, rules=rules, max_pairs=4e3, trust=1.0)
    assert {name: list(levels) for name, levels in learned.items()} == {
        "surname": ["same", "other"], "suburb": ["same", "other"],
    }  # fmt: skip
    assert learned["suburb"]["same"][1] == pytest.approx(0.2, abs=0.03)
