"""Spark and one machine: the same links, and the same weights as Splink on either."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.linkage.spark.session import Options, session
from jangkau.core.synthetic import generate

# The Java under Spark is spoken to over a socket of this machine.
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def spark():
    """One session for the module, without what pays only on large data. No Java to be had is a failure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with session(Options(memory="1g")) as work:
            work.spark.conf.set("spark.sql.adaptive.enabled", "false")
            work.spark.conf.set("spark.sql.codegen.wholeStage", "false")
            work.spark.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            yield work.spark


def jangkau(*words: object) -> dict:
    done = CliRunner().invoke(main, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


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
        jangkau("run", province, "--out", tmp_path / engine, "--engine", engine)
    links = pl.read_parquet(tmp_path / "polars" / "tautan.parquet")
    assert set(links["cara"]) == {"nik", "model", "petugas"}
    assert content(tmp_path / "spark") == content(tmp_path / "polars")
