"""`jangkau link pergeseran` between workspaces and between runs."""

import json
import shutil

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.synthetic import generate


def ask(*words):
    return CliRunner().invoke(main, ["link", *(str(word) for word in words)])


def report(*words):
    result = ask("pergeseran", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def shifted(made):
    return {(row["tabel"], row["kolom"], row["ukuran"]) for row in made["rincian"] if row["kata"] != "stabil"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A province, and the same one whose members lost half of their NIK."""
    folder = tmp_path_factory.mktemp("ws")
    generate(folder / "lama", "34", 0.003, 8)
    shutil.copytree(folder / "lama", folder / "baru")
    (path,) = (folder / "baru" / "register").glob("peserta.*")
    rows = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    gone = rows.with_columns(nik=pl.when(pl.int_range(pl.len()) % 2 == 0).then("nik"))
    gone.write_parquet(path) if path.suffix == ".parquet" else gone.write_csv(path)
    for name in ("lama", "baru"):
        assert ask(folder / name, "--out", folder / f"keluar_{name}").exit_code == 0
    return folder


def test_a_workspace_against_itself_is_steady(folder):
    made = report(folder / "lama", folder / "lama")
    assert shifted(made) == set()
    assert made["ringkasan"] == {"stabil": len(made["rincian"])}


def test_a_register_that_lost_numbers_is_named(folder):
    found = shifted(report(folder / "lama", folder / "baru"))
    assert {("peserta", "nik", "kosong"), ("peserta", "nik", "berubah pada kunci yang sama")} == found


def test_the_links_of_that_register_are_named_too(folder):
    found = shifted(report(folder / "keluar_lama", folder / "keluar_baru"))
    assert ("peserta", "cara", "cocok lewat NIK") in found
    assert not [each for each in found if each[0] in {"usulan", "penduduk", "kesamaan"}]


def test_it_is_shown_in_words(folder):
    shown = ask("pergeseran", folder / "lama", folder / "baru").output
    assert "bergeser jauh" in shown
    assert "ukuran stabil" in shown


def test_two_kinds_of_folder_are_refused(folder):
    result = ask("pergeseran", folder / "lama", folder / "keluar_baru")
    assert result.exit_code == 1
    assert "sama-sama" in result.output
