"""One person at the counter gets what a list of one row gets; conditions read by Python say what DuckDB says."""

from dataclasses import asdict, replace
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity.name_columns import FORMS, form, forms
from jangkau.core.linkage.blocks import RULES
from jangkau.core.linkage.calibrate import calibrate
from jangkau.core.linkage.comparisons import COMPARISONS, ELSE
from jangkau.core.linkage.counter import Counter
from jangkau.core.linkage.decide import decide
from jangkau.core.linkage.keys import WORDS
from jangkau.core.linkage.keys import keys as keys_of_list
from jangkau.core.linkage.model import Thresholds, load
from jangkau.core.linkage.nik_pass import GUARD
from jangkau.core.linkage.pairs import asked, connect
from jangkau.core.linkage.person import Person, keys, values
from jangkau.core.linkage.plain_sql import compiled
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.score import stranger_sql
from jangkau.core.linkage.search import Search, part_of
from jangkau.core.linkage.shelf import population_part

NIKS = [
    "3302011705800001", "3302011705800002", "3302011705800000", "330201170580000", "3302011705810001", "330201170580",
    "3302015705800001", "3302011750800001", "0000000000000000", "33020117058x0001", "", None,
]  # fmt: skip
NAMES = [
    "BUDI SANTOSO",
    "Boedi Santosa", "BUDI S", "SANTOSO", "MUHAMMAD BUDI SANTOSO", "H. Budi Santoso, S.Pd", "BUDISANTOSO",
    "SITI AMINAH", "S. AMINAH", "Siti Aminah (Mina)", "NUR AINI", "Nuraini", "(alm)", "", "12", None,
]  # fmt: skip
DATES = [
    date(1980, 5, 7), date(1980, 7, 5), date(1980, 1, 1), date(1981, 5, 7), date(1980, 5, 17), date(1981, 5, 17),
    date(1975, 2, 3), None,
]  # fmt: skip
PLACES = ["3302012001", "3302012002", "330201", "3302", "3303", "33", "", None]
FIELDS = {
    "nik": st.sampled_from(NIKS), "nama": st.sampled_from(NAMES), "tanggal_lahir": st.sampled_from(DATES),
    "jenis_kelamin": st.sampled_from(["L", "P", None]), "kode_wilayah": st.sampled_from(PLACES),
    "no_kk": st.sampled_from(["3302010101100001", "330201", None]),
    "no_hp": st.sampled_from(["081234567890", "085555555555", None]),
}  # fmt: skip
people = st.fixed_dictionaries(FIELDS)
SCHEMA = dict.fromkeys(FIELDS, pl.String) | {"tanggal_lahir": pl.Date}
LIMITS = Thresholds(cocok=0.85, tinjau=0.3)
models = st.builds(
    replace,
    st.just(load()),
    thresholds=st.sampled_from([LIMITS, Thresholds(cocok=0.6, tinjau=0.01)]),
    curves=st.sampled_from([{}, {"penduduk": ((0.05, 0.01), (0.5, 0.7), (0.9, 0.95))}]),
)
slow = settings(max_examples=tries(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def residents(rows):
    return prepare_population(nw.from_native(pl.DataFrame(rows, schema=SCHEMA), eager_only=True))


def row_of(person):
    """A list of this one row; a number that is not whole is only surmised."""
    row = asdict(person)
    whole = row["nik"] is not None and len(row["nik"]) == 16
    row |= {"nik": row["nik"] if whole else None, "nik_dugaan": row["nik"]}
    return nw.from_native(pl.DataFrame([row], schema=SCHEMA | {"nik_dugaan": pl.String}), eager_only=True)


def by_list(population, model, person):
    """What a list of this one row gets."""
    known = population.census.model(model)
    parts = {"penduduk": population_part(population), "orang": part_of(prepare_list(row_of(person), population.census))}
    search = Search(parts, known)
    found, told = search.by_nik("orang", "penduduk"), pl.DataFrame()
    if found.is_empty():
        told = search.levels("orang", "penduduk", "penduduk")
        found = search.judge(told, "penduduk", "penduduk")
        found = calibrate(found, known.curves.get("penduduk", ()), known.thresholds, single=True)
    levels = {row["r"]: row for row in told.to_dicts()}
    return [
        (row["r"], round(row["peluang"], 6), row["keputusan"], row["cara"], named(known, levels.get(row["r"], {})))
        for row in decide(found, known.thresholds, single=True).rows(named=True)
    ]


def named(model, row):
    numbers = ((comparison, row.get(f"t_{comparison.name}", -1)) for comparison in model.comparisons)
    return {comparison.name: comparison.levels[number].label for comparison, number in numbers if number >= 0}


@slow
@given(st.lists(people, min_size=1, max_size=12), st.lists(people, min_size=1, max_size=4), models)
def test_the_counter_says_what_a_list_says(register, asking, model):
    population = residents(register)
    counter = Counter(population, model)
    ids = population.side.rows["id"]
    for person in (Person(**row) for row in asking):
        found = [(c.nik, c.peluang, c.keputusan, c.cara, c.tingkat) for c in counter.find(person)]
        assert found == [(ids[r], *rest) for r, *rest in by_list(population, model, person)]


@slow
@given(people, st.lists(people, min_size=1, max_size=5))
def test_one_person_is_prepared_as_a_list_prepares_it(asking, register):
    census = residents(register).census
    one = values(Person(**asking), census.common)
    listed = prepare_list(row_of(Person(**asking)), census)
    told = listed.take(np.zeros(1, dtype=np.int32), list(one)).row(0, named=True)
    assert {name: value or None if name in WORDS else value for name, value in one.items()} == told | {
        name: told[name] and sorted(told[name]) for name in WORDS
    }
    ours, theirs = keys(one), keys_of_list(listed, np.zeros(1, dtype=np.int32), RULES)
    for rule in RULES:
        (mine, holders), (its, other) = ours.of(rule), theirs.of(rule)
        assert sorted(zip(mine, holders, strict=True)) == sorted(zip(its, other, strict=True)), rule


@given(st.one_of(st.sampled_from(NAMES), st.text(max_size=30)))
def test_a_name_alone_has_the_forms_of_a_column(name):
    assert pl.DataFrame([form(name)], schema=FORMS).equals(forms(pl.Series([name], dtype=pl.String)))


CONDITIONS = [level.condition for c in COMPARISONS for level in c.levels if level.condition != ELSE]
CONDITIONS += [GUARD, stranger_sql(), *(c.missing for c in COMPARISONS)]


@slow
@given(st.lists(people, min_size=1, max_size=6), st.lists(people, min_size=1, max_size=6))
def test_python_answers_as_the_database(left, right):
    sides = [residents(rows).side for rows in (left, right)]
    at = np.mgrid[: len(left), : len(right)].reshape(2, -1).astype(np.int32)
    columns = [name for name in (*sides[0].rows.columns, *sides[0].names.columns) if name not in ("id_nama", "id")]
    one, other = (side.take(rids, columns, end) for side, rids, end in zip(sides, at, ("_l", "_r"), strict=True))
    flat = one.hstack(other)
    with connect() as con:
        whens = (f"CASE WHEN {text} THEN 1 ELSE 0 END AS k{number}" for number, text in enumerate(CONDITIONS))
        told = asked(con, flat, f"SELECT {', '.join(whens)} FROM pasangan")
    for number, text in enumerate(CONDITIONS):
        holds = compiled(text)
        assert [int(bool(holds(row))) for row in flat.iter_rows(named=True)] == told[f"k{number}"].to_list(), text
