"""`jangkau link evaluate` on a synthetic province: what it says is what was planted."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def evaluated(*words):
    result = ask("link", "evaluate", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_every_register_is_scored_and_kinds_are_those_planted(matched):
    report = evaluated(matched / "out", "--truth", matched / "ws" / "truth")
    assert set(report["register"]) == {"penduduk", "peserta", "kesejahteraan"}
    assert all(score["f1"] > 0.95 for score in report["register"].values())
    planted = pl.read_parquet(matched / "ws" / "truth" / "usulan.parquet")["jebakan"].explode()
    counts = {row["jenis"]: row["baris"] for row in report["jenis"]}
    assert counts["NAMA_KETIK"] == planted.eq("NAMA_KETIK").sum()
    assert {row["menurut"] for row in report["kelompok"]} == {"kelamin", "usia", "kabupaten", "kata", "asal"}


def test_derived_kinds_agree_with_what_was_planted(matched, tmp_path):
    """A truth without kinds: they are told from the register, as they were planted."""
    planted = pl.read_parquet(matched / "ws" / "truth" / "usulan.parquet")
    planted.select("id_usulan", "nik").write_csv(tmp_path / "benar.csv")
    report = evaluated(matched / "out", "--truth", tmp_path / "benar.csv", "--ruang", matched / "ws")
    told = {row["jenis"]: row["baris"] for row in report["jenis"]}
    real = planted.filter(pl.col("nik").is_not_null()).explode("jebakan")["jebakan"].value_counts()
    counts = dict(real.rows())
    for kind, faults in {
        "NIK_KELUARGA": ["NIK_KELUARGA"],
        "LAHIR_KOSONG": ["TANGGAL_KOSONG"],
        "KELAMIN_SALAH": ["JK_SALAH"],
    }.items():
        assert told.get(kind, 0) == pytest.approx(sum(counts.get(fault, 0) for fault in faults), rel=0.25, abs=3), kind
    assert told["TIDAK_DI_REGISTER"] == planted["nik"].null_count()


def test_pairs_say_the_same_as_persons(matched, tmp_path):
    planted = pl.read_parquet(matched / "ws" / "truth" / "usulan.parquet")
    pairs = planted.select("id_usulan", register=pl.lit("penduduk"), id_register="nik")
    pairs.write_csv(tmp_path / "pairs.csv", separator=";")
    by_pairs = evaluated(matched / "out", "--truth", tmp_path / "pairs.csv")
    by_person = evaluated(matched / "out", "--truth", matched / "ws" / "truth")
    assert by_pairs["register"]["penduduk"] == by_person["register"]["penduduk"]


def test_the_table_is_in_indonesian_and_shows_no_number_of_a_person(matched):
    result = ask("link", "evaluate", matched / "out", "--truth", matched / "ws" / "truth")
    assert result.exit_code == 0
    assert "Mutu tautan" in result.output
    assert not set(pl.read_parquet(matched / "out" / "usulan.parquet")["nik"].drop_nulls()) & set(result.output.split())


@pytest.mark.parametrize(
    ("text", "code"), [("nama\nBUDI\n", "KEBENARAN_BENTUK"), ("id_usulan,nik\nu,\n", "KEBENARAN_ASING")]
)
def test_a_file_that_is_no_truth_of_these_lists_is_said(matched, tmp_path, text, code):
    (tmp_path / "x.csv").write_text(text)
    result = ask("link", "evaluate", matched / "out", "--truth", tmp_path / "x.csv", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["galat"]["kode"] == code


def test_a_missing_file_is_wrong_usage(matched):
    assert ask("link", "evaluate", matched / "out", "--truth", matched / "nothing").exit_code == 2
