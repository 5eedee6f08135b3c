"""The score is 1 for a run that knows the truth, and falls by what it gets wrong."""

import polars as pl
import pytest

from jangkau.core.synthetic import generate, score


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ws")
    generate(folder, "34", 0.01, 21)
    return folder


@pytest.fixture
def out(workspace, tmp_path):
    """The tables of a run that makes no mistake."""
    truth = workspace / "truth"
    lines = pl.read_parquet(truth / "usulan.parquet")
    read = lines.with_columns(pl.col("nik_tertulis").alias("nik"), pl.col("id_orang").alias("id_pekerja"))
    read.write_parquet(tmp_path / "usulan.parquet")
    verdict = pl.read_parquet(truth / "orang.parquet").rename({"nik": "id_pekerja"})
    unknown = lines.filter(pl.col("nik").is_null()).select(
        pl.col("id_orang").alias("id_pekerja"),
        layak=pl.lit(False),
        alasan=pl.concat_list(pl.lit("NIK_TIDAK_DITEMUKAN")),
    )
    pl.concat([verdict, unknown.unique("id_pekerja")]).write_parquet(tmp_path / "kelayakan.parquet")
    return tmp_path


def change(out, name, edit):
    path = out / f"{name}.parquet"
    edit(pl.read_parquet(path)).write_parquet(path)


def test_no_mistake_scores_one(workspace, out):
    figures = score(out, workspace / "truth")
    assert figures.pop("baris_karangan") == 0
    assert {name: value for name, value in figures.items() if value != 1} == {}


def test_lines_missed_and_invented(workspace, out):
    extra = pl.col("id_usulan").str.replace("$", "9999999")
    change(out, "usulan", lambda t: pl.concat([t.slice(10), t.slice(10, 5).with_columns(extra)]))
    figures = score(out, workspace / "truth")
    count = pl.read_parquet(workspace / "truth" / "usulan.parquet").height
    assert figures["baris_terbaca"] == pytest.approx(1 - 10 / count)
    assert figures["baris_karangan"] == pytest.approx(5 / (count - 5))


def test_a_wrong_field_counts_once(workspace, out):
    change(
        out,
        "usulan",
        lambda t: t.with_columns(pl.when(pl.int_range(pl.len()) < 4).then(pl.lit("X")).otherwise("nama").alias("nama")),
    )
    figures = score(out, workspace / "truth")
    count = pl.read_parquet(workspace / "truth" / "usulan.parquet").height
    assert figures["isian_nama"] == pytest.approx(1 - 4 / count)
    assert figures["isian_no_hp"] == 1
    assert 0.99 < figures["isian"] < 1


def test_a_wrong_verdict_and_a_wrong_reason(workspace, out):
    change(out, "kelayakan", lambda t: t.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias("alasan")))
    figures = score(out, workspace / "truth")
    assert figures["putusan"] == 1
    assert figures["putusan_alasan"] < 1
    change(out, "kelayakan", lambda t: t.with_columns(~pl.col("layak")))
    assert score(out, workspace / "truth")["putusan"] == 0
