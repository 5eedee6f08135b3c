"""`jangkau impact` and `jangkau family`: shapes, files, exit codes."""

import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from paid_plans import crowd, paid, person, written

from jangkau.cli.main import main


def called(*words):
    return CliRunner().invoke(main, [*map(str, words)])


@pytest.fixture
def out(tmp_path):
    return written(tmp_path / "keluaran", *crowd())


def test_json_has_the_contract(out):
    found = json.loads(called("impact", out, "--tarikan", 200, "--json").stdout)
    assert {"P0", "P1", "P2", "kematian_diharapkan", "biaya", "pesimis"} <= set(found)
    assert all(
        {"nilai", "bawah", "atas"} == set(found[name]) for name in ("P0", "P1", "P2", "kematian_diharapkan", "biaya")
    )
    assert found["pesimis"]["nilai"] < found["P0"]["nilai"]


def test_words_and_indonesian_numbers(out):
    said = called("impact", out, "--tarikan", 200).output
    assert "Diharapkan, sebelum kejadian" in said
    assert "Pesimis" in said
    assert "12 orang" in said


def test_plans_beside_one_another(out, tmp_path):
    other = written(tmp_path / "lain", [person("a")], [paid("a")])
    answer = called("impact", out, "--banding", other, "--tarikan", 100, "--json")
    assert [row["orang"] for row in json.loads(answer.stdout)["banding"]] == [12, 1]
    assert "bukan urutan" in called("impact", out, "--banding", other, "--tarikan", 100).output


def test_a_workspace_tells_households(out, tmp_path):
    register = tmp_path / "ruang" / "register"
    register.mkdir(parents=True)
    rows = [f"{nik},{kk},X,1980-01-01,L,1701012001,KEPALA,," for nik, kk in (("p0", 1), ("x", 1), ("p1", 2))]
    header = "nik,no_kk,nama,tanggal_lahir,jenis_kelamin,kode_desa,hubungan,pekerjaan,tanggal_meninggal"
    (register / "penduduk.csv").write_text("\n".join([header, *rows]))
    plain = json.loads(called("impact", out, "--tarikan", 100, "--json").stdout)
    with_homes = json.loads(called("impact", tmp_path / "ruang", "--plan", out, "--tarikan", 100, "--json").stdout)
    assert with_homes["P0"]["nilai"] != plain["P0"]["nilai"]


def test_own_assumptions(out, tmp_path):
    (tmp_path / "a.yaml").write_text("ketabahan: 1")
    answer = called("impact", out, "--asumsi", tmp_path / "a.yaml", "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["galat"]["kode"]) == (1, "PENGATURAN_SALAH")
    assert "tidak ada" in called("impact", out, "--asumsi", tmp_path / "b.yaml").output


def test_folders_that_are_not_a_plan(out, tmp_path):
    assert json.loads(called("impact", tmp_path / "tidak", "--json").stdout)["galat"]["kode"] == "BERKAS_TIDAK_ADA"
    (out / "rencana.parquet").write_bytes(b"rusak")
    assert json.loads(called("impact", out, "--json").stdout)["galat"]["kode"] == "BERKAS_RUSAK"
    pl.DataFrame({"a": [1]}).write_parquet(out / "rencana.parquet")
    assert json.loads(called("impact", out, "--json").stdout)["galat"]["kode"] == "TABEL_SALAH"
    assert called("impact", out, "--tarikan", 1).exit_code == 2


def test_one_family():
    words = ("family", "--desil", 1, "--anggota", 4, "--wilayah", 1701)
    found = json.loads(called(*words, "--json").stdout)
    assert len(found["bulan"]) == 24
    said = called(*words, "--peristiwa", "KECELAKAAN").output
    assert "garis miskin ekstrem" in said
    assert called("family", "--desil", 11, "--anggota", 4).exit_code == 2
    assert called(*words, "--bulan", "2026").exit_code == 1


def test_a_survey_becomes_a_model_that_the_plan_is_measured_by(out, tmp_path):
    rng, n = np.random.default_rng(2), 400
    decile, size = rng.integers(1, 11, n), rng.integers(1, 7, n)
    spent = np.exp(13.2 + 0.1 * decile - 0.3 * np.log(size) + 0.3 * rng.standard_normal(n))
    pl.DataFrame({"c": spent, "d": decile, "n": size}).write_csv(tmp_path / "s.csv")
    said = ("--pengeluaran", "c", "--desil", "d", "--anggota", "n", "--sumber", "Contoh", "--per", "2025-03")
    model = tmp_path / "model.json"
    assert "400 baris dipakai, 0 tidak" in called("consumption", tmp_path / "s.csv", *said, "--keluar", model).output
    plain, told = (
        json.loads(called("impact", out, *more, "--tarikan", 200, "--json").stdout) for more in ((), ("--model", model))
    )
    assert told["pengeluaran"]["asal"] == "survei"
    assert plain["pengeluaran"]["diagnosa"] is None
    assert told["P0"]["nilai"] != plain["P0"]["nilai"]


def test_a_model_that_is_not_there_is_said(out):
    assert called("impact", out, "--model", "tidak-ada.json").exit_code == 2


def test_each_person_adds_up_to_the_plan(out, tmp_path):
    found = json.loads(called("impact", out, "--tarikan", 100, "--orang", tmp_path / "o.parquet", "--json").stdout)
    people = pl.read_parquet(tmp_path / "o.parquet")
    assert people["id_pekerja"].n_unique() == found["orang"] == len(people)
    for name in ("P0", "P1", "P2"):
        assert people[name].sum() == pytest.approx(found[name]["nilai"])
    assert people["kematian"].sum() == pytest.approx(found["kematian_diharapkan"]["nilai"])
