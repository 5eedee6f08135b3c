"""Spark and one machine: the same links, and the same weights as Splink on either."""

import json
from datetime import date
from functools import partial
from math import log2
from pathlib import Path

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from splink import DuckDBAPI

from jangkau.cli.main import main
from jangkau.core.linkage.comparisons import COMPARISONS, TRAINING_RULES
from jangkau.core.linkage.household import with_homes
from jangkau.core.linkage.model import Model, load
from jangkau.core.linkage.pairs import Desk, Pairs
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.score import Limits, Scorer, columns
from jangkau.core.linkage.side import whole
from jangkau.core.linkage.spark.prepare import spread_homes
from jangkau.core.linkage.spark.session import Options, opened
from jangkau.core.linkage.spark.splinked import tables_on_spark
from jangkau.core.linkage.train import splink_linker, tables_here, train
from jangkau.core.synthetic import generate

# The Java under Spark is spoken to over a socket of this machine.
pytestmark = pytest.mark.enable_socket
# A short life: quick compilation only, one collector, no second look at the classes of Spark's own files.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"


@pytest.fixture(scope="module")
def spark():
    """One session for the module, without what pays only on large data. No Java to be had is a failure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", JAVA)
        with opened(Options(memory="1g", master="local[1]")) as work:
            work.spark.conf.set("spark.sql.adaptive.enabled", "false")
            work.spark.conf.set("spark.sql.codegen.wholeStage", "false")
            work.spark.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            yield work


def test_who_of_a_household_is_taken_for_another_is_the_same_on_spark(spark):
    born = date(1980, 5, 17)
    rows = [(0, 1, born, "MUR", "NI"), (1, 1, born, "UDI", "IN"), (2, 1, None, "SIT", "TI"), (3, 1, None, "SIT", "TO"),
            (4, 1, None, "JOK", "KO"), (5, 2, born, "MUR", "NI"), (6, None, born, "MUR", "NI"),
            (7, None, born, "MUR", "NI"), (8, 3, None, "SIT", "TI"), (9, 3, None, "SUT", "TI")]  # fmt: skip
    schema = {"rid": pl.Int32, "kk": pl.Int64, "lahir": pl.Date, "awal3": pl.String, "ujung": pl.String}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    told = pl.DataFrame(pl.from_arrow(spread_homes(spark.frame(table.to_arrow())).toArrow())).sort("rid")
    assert told["serumah"].to_list() == with_homes(whole(table.drop("rid"))).rows["serumah"].to_list()
    assert told["rid"].to_list() == list(range(10))


def jangkau(*words: object) -> dict:
    done = CliRunner().invoke(main, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def content(out: Path) -> dict[str, bytes]:
    """Every file but what was weighed (`blok`), of which Spark counts less."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return files | {"tautan.json": json.dumps(json.loads(files["tautan.json"]) | {"blok": []}).encode()}


def weighed(out: Path) -> list[dict]:
    blocks = json.loads((out / "tautan.json").read_text("utf-8"))["blok"]
    return [{name: block[name] for name in ("kiri", "kanan", "baris", "pasangan")} for block in blocks]


def decide_some(province: Path, tautan: pl.DataFrame) -> None:
    """A clerk's decisions on some pairs: yes and no in turn."""
    seen = tautan.gather_every(50).with_row_index("urut")
    words = pl.when(pl.col("urut") % 2 == 0).then(pl.lit("cocok")).otherwise(pl.lit("tidak"))
    told = seen.select("id_usulan", "register", "id_register", keputusan=words, waktu=pl.lit("2026-11-01"))
    assert len(told) > 5
    told.write_csv(province / "tinjauan.csv")


def test_a_province_run_on_spark_gives_the_same_bytes(spark, tmp_path):
    province = tmp_path / "ruang"
    generate(province, "17", 0.0004, 6)
    jangkau("link", province, "--out", tmp_path / "awal")
    decide_some(province, pl.read_parquet(tmp_path / "awal" / "tautan.parquet"))
    for engine in ("polars", "spark"):
        jangkau("link", province, "--out", tmp_path / engine, "--engine", engine)
    links = pl.read_parquet(tmp_path / "polars" / "tautan.parquet")
    assert set(links["cara"]) == {"nik", "model", "petugas"}
    assert content(tmp_path / "spark") == content(tmp_path / "polars")
    assert weighed(tmp_path / "spark") == weighed(tmp_path / "polars")


def test_splink_on_spark_and_on_one_machine_and_our_own_sql_give_every_pair_one_weight(spark, world):
    """Damaged proposals against residents, true pairs and strangers alike."""
    usulan = world.usulan.head(70)
    theirs = world.truth["usulan"].join(usulan, on="id_usulan", how="semi")["nik"]
    penduduk = world.penduduk.filter(pl.col("nik").is_in(theirs.implode()))
    rows, people = (nw.from_native(part, eager_only=True) for part in (usulan, penduduk))
    population = prepare_population(people)
    model = population.census.model(load())
    sides = {"usulan": prepare_list(rows, population.census), "penduduk": population.side}
    one, other = (grid.ravel().astype(np.int32) for grid in np.mgrid[: len(usulan), : len(penduduk)])
    pairs = Pairs(one, other)
    every = partial(Scorer(model).weigh, limits=Limits(-1e9, 1e9))
    scored = Desk(1).each(pairs, *sides.values(), every)
    ours = {(left, right): bits for left, right, bits in scored.select("l", "r", "bobot").rows()}
    splink = weights(tables_here(model, *sides.values()), model, "duckdb")
    wanted = [*columns(model), "tf_bunyi", "tf_lahir"]
    frames = {name: spark.frame(side.table(wanted).to_arrow()) for name, side in sides.items()}
    on_spark = weights(tables_on_spark(spark, **frames), model, "spark")
    assert len(ours) == len(usulan) * len(penduduk) > 4000
    assert len({round(bits, 6) for bits in ours.values()}) > 50
    assert splink == pytest.approx(ours, abs=1e-9)
    assert on_spark == pytest.approx(ours, abs=1e-9)


class Brief(Model):
    """One round and two comparisons: each round is a job of Spark."""

    def splink(self, dialect="duckdb"):
        return super().splink(dialect) | {"max_iterations": 1}


def test_training_on_spark_learns_what_one_machine_learns(spark, world):
    """One builder, one call: only the tables differ. Every random pair is looked at, so that u is the same as well."""
    usulan = world.usulan.head(40)
    theirs = world.truth["usulan"].join(usulan, on="id_usulan", how="semi")["nik"]
    penduduk = world.penduduk.filter(pl.col("nik").is_in(theirs.implode()))
    population = prepare_population(nw.from_native(penduduk, eager_only=True))
    whole = population.census.model(load())
    model = Brief(**vars(whole) | {"comparisons": tuple(c for c in COMPARISONS if c.name in ("lahir", "kelamin"))})
    sides = [prepare_list(nw.from_native(usulan, eager_only=True), population.census), population.side]
    wanted = [*columns(model), "bunyi", "desa"]
    frames = {f"daftar{at}": spark.frame(side.table(wanted).to_arrow()) for at, side in enumerate(sides)}
    api = DuckDBAPI()
    tables = [
        api.register(side.table(wanted).to_arrow(), dataset_display_name=f"latih_{at}") for at, side in enumerate(sides)
    ]
    rules = TRAINING_RULES[1:2]
    linkers = (
        splink_linker(tables, model, rules=rules),
        splink_linker(tables_on_spark(spark, **frames), model, "spark", rules=rules),
    )
    here, there = (train(linker, model, rules=rules, max_pairs=1e6, trust=1.0) for linker in linkers)
    for name, levels in here.items():
        assert there[name] == {label: pytest.approx(pair, rel=1e-6) for label, pair in levels.items()}, name
    assert here["lahir"] != model.parameters["lahir"]


def weights(tables, model, dialect):
    scored = splink_linker(tables, model, dialect).inference.score_pairs(*tables).as_pyarrow_table().to_pylist()
    prior = log2(0.0001 / 0.9999)  # Splink's default
    return {(row["rid_l"], row["rid_r"]): row["match_weight"] - prior for row in scored}
