"""Where Spark and its Java are found, and what is said where they are not; no Java is started here."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.spark import java, session
from jangkau.core.linkage.spark.session import Options
from jangkau.core.synthetic import generate


def fake_java(home: Path, says: str) -> Path:
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    program.chmod(0o755)
    return home


@pytest.fixture
def no_java(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(java, "find_spec", lambda _name: None)


def test_the_java_that_is_told_comes_first(monkeypatch, tmp_path):
    home = fake_java(tmp_path / "told", 'openjdk version "21.0.2" 2024-01-16')
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert java.java_home(tmp_path) == home


@pytest.mark.parametrize("says", ['openjdk version "11.0.2"', 'java version "1.8.0_392"', "not a version"])
def test_a_java_too_old_is_no_java(no_java, monkeypatch, tmp_path, says):
    monkeypatch.setenv("JAVA_HOME", str(fake_java(tmp_path / "old", says)))
    assert java.java_home(tmp_path) is None


def test_a_java_home_that_is_gone_is_passed_over(no_java, monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    assert java.java_home(tmp_path) is None


def test_the_packaged_java_runs_without_the_module_it_lacks(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(java.shutil, "which", lambda _name: None)
    home = java.java_home(tmp_path)
    words = ["--add-modules=jdk.incubator.vector", "-Da=b c", "-version"]
    said = subprocess.run([home / "bin" / "java", *words], capture_output=True, text=True, check=True).stderr
    assert "openjdk version" in said


def test_options_come_from_the_environment(tmp_path):
    assert Options.read({}) == Options("local[2]", None, "2g", 2)
    given = {
        "JANGKAU_SPARK_MASTER": "local[8]", "JANGKAU_SPARK_FOLDER": str(tmp_path),
        "JANGKAU_SPARK_MEMORY": "6g", "JANGKAU_SPARK_PARTITIONS": "64",
    }  # fmt: skip
    assert Options.read(given) == Options("local[8]", tmp_path, "6g", 64)


@pytest.mark.parametrize("given", [{"JANGKAU_SPARK_PARTITIONS": "banyak"}, {"JANGKAU_SPARK_FOLDER": "tidak/ada"}])
def test_options_that_cannot_be_are_said(given):
    with pytest.raises(Problem, match=next(iter(given))):
        Options.read(given)


def run_on_spark(tmp_path) -> tuple[int, str]:
    generate(tmp_path / "ruang", "17", 0.0004, 6)
    words = ["link", str(tmp_path / "ruang"), "--out", str(tmp_path / "out"), "--engine", "spark"]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    return done.exit_code, done.stderr


def test_without_pyspark_the_command_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(session, "find_spec", lambda _name: None)
    code, said = run_on_spark(tmp_path)
    assert code == 1
    assert "PySpark belum terpasang" in said
    assert "pip install 'jangkau[spark]'" in said
    assert not (tmp_path / "out" / "tautan.parquet").exists()


def test_without_java_the_command_says_so_and_leaves_nothing(no_java, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    code, said = run_on_spark(tmp_path)
    assert code == 1
    assert "Java 17 atau lebih baru tidak ditemukan" in said
    assert list((tmp_path / "scratch").iterdir()) == []
