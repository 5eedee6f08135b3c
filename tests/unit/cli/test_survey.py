"""`jangkau survey`: shapes, notes, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main

FILE = str(Path(__file__).parents[1] / "statistics" / "survei.csv")
BASE = ["survey", FILE, "--nilai", "pengeluaran", "--bobot", "bobot", "--strata", "strata", "--psu", "psu"]


def called(*words):
    return CliRunner().invoke(main, [*BASE, *words])


def test_json_has_every_measure_of_each_domain():
    answer = called("--garis", "600000", "--menurut", "kab", "--json")
    found = json.loads(answer.stdout)
    assert list(found) == ["1701", "1702", "1771"]
    assert all(list(row) == ["FGT0", "FGT1", "FGT2", "ARPT", "ARPR", "Gini"] for row in found.values())
    cell = found["1701"]["ARPR"]
    assert cell["bawah"] < cell["nilai"] < cell["atas"]
    assert cell["rse"] == pytest.approx(100 * cell["se"] / cell["nilai"])
    assert cell["laeken"] <= 100 * cell["nilai"]
    assert answer.stderr == "Catatan: 4 dari 96 baris tanpa nilai tidak dihitung.\n"


def test_without_a_line_only_what_needs_none():
    assert list(json.loads(called("--json").stdout)["SEMUA"]) == ["ARPT", "ARPR", "Gini"]


def test_coverage_ratio_and_quantiles():
    words = ["--ukuran", "Rerata", "--ukuran", "Rasio", "--pembagi", "anggota", "--kuantil", "0.9", "--json"]
    assert list(json.loads(called(*words).stdout)["SEMUA"]) == ["Rerata", "Rasio", "Q90"]


def test_table_in_indonesian_numbers():
    shown = called("--garis", "600000").output
    assert "0,4" in shown
    assert "RSE" in shown


def test_a_domain_that_tells_nothing_is_null(tmp_path):
    (tmp_path / "s.csv").write_text("y,k\n1,a\n2,a\nNA,b\n")
    answer = CliRunner().invoke(main, ["survey", str(tmp_path / "s.csv"), "--nilai", "y", "--menurut", "k", "--json"])
    assert json.loads(answer.stdout)["b"]["Gini"]["nilai"] is None
    plain = CliRunner().invoke(main, ["survey", str(tmp_path / "s.csv"), "--nilai", "y", "--menurut", "k"])
    assert "–" in plain.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--garis", "0"], 2),
        (["--ukuran", "FGT1"], 2),
        (["--ukuran", "Rasio"], 2),
        (["--psu-tunggal", "entah"], 2),
        (["--menurut", "tidak_ada"], 1),
    ],
)
def test_exit_codes(words, code):
    answer = called(*words)
    assert answer.exit_code == code
    assert "Traceback" not in answer.output


def test_a_file_that_is_not_there_is_wrong_usage():
    answer = CliRunner().invoke(main, ["survey", "tidak.csv", "--nilai", "y"])
    assert (answer.exit_code, answer.stderr.splitlines()[0]) == (2, "Berkas tidak.csv tidak ada.")


def test_values_below_zero_are_told(tmp_path):
    (tmp_path / "s.csv").write_text("y\n-1\n2\n3\n")
    answer = CliRunner().invoke(main, ["survey", str(tmp_path / "s.csv"), "--nilai", "y", "--json"])
    assert "1 dari 3 baris bernilai di bawah nol" in answer.stderr


def test_a_problem_as_json():
    assert json.loads(called("--menurut", "x", "--json").stdout)["galat"]["kode"] == "SURVEI_KOLOM"
