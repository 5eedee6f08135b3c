"""The commands that explain a finished plan, over what a run wrote."""

import json
import shutil

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main


@pytest.fixture(scope="module")
def out(finished):
    return finished


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def answer_of(out, person, *options):
    return json.loads(ask("why", out, person, "--json", *options).stdout)


def test_every_proposed_person_has_an_answer(out):
    verdicts = pl.read_parquet(out / "kelayakan.parquet")
    plan = pl.read_parquet(out / "rencana.parquet")
    paid = plan.filter(pl.col("dana").is_not_null())["id_pekerja"]
    unpaid = plan.filter(pl.col("dana").is_null())["id_pekerja"]
    refused = verdicts.filter(~pl.col("layak"))["id_pekerja"]
    for people, status in ((paid, "DIBAYAR"), (unpaid, "TIDAK_DIBAYAR"), (refused, "TIDAK_LAYAK")):
        for person in people.unique().sort().head(2):
            answer = answer_of(out, person, "--singkat")
            assert (answer["status"], answer["id_pekerja"]) == (status, person)
            assert answer["kalimat"]
            assert ask("why", out, answer["id_usulan"][0], "--singkat").stdout.splitlines() == answer["kalimat"]


def test_the_answer_shows_no_name_and_no_nik(out):
    people = pl.read_parquet(out / "pekerja.parquet").filter(pl.col("nik").is_not_null())
    row = people.row(0, named=True)
    text = ask("why", out, row["id_pekerja"], "--json").stdout
    assert row["nik"] not in text
    assert row["nama"] not in text


def test_an_unknown_person_is_said_plainly(out):
    result = ask("why", out, "nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Tidak ada orang atau usulan 'nobody'" in result.stderr


def test_a_folder_that_holds_no_run_is_said_plainly(tmp_path):
    assert ask("why", tmp_path, "x").exit_code == 1
    assert ask("lottery", tmp_path).exit_code == 1


def test_a_certificate_that_is_gone_is_said_plainly(out, tmp_path):
    broken = tmp_path / "out"
    shutil.copytree(out, broken)
    (broken / "rencana.json").write_text("{}")
    person = pl.read_parquet(out / "rencana.parquet")["id_pekerja"][0]
    assert "tanpa sertifikat" in ask("why", broken, person).stderr


def test_lottery_tickets_as_a_file(out, tmp_path):
    path = tmp_path / "karcis.csv"
    told = json.loads(ask("lottery", out, "--csv", path, "--json").stdout)["karcis"]
    written = pl.read_csv(path)
    assert written.height == len(told)
    assert "id_pekerja" not in written.columns
    assert "undian" in ask("lottery", out).stdout


def test_cash_of_a_run_adds_up(out):
    told = json.loads(ask("cash", out, "--json").stdout)
    plan = pl.read_parquet(out / "rencana.parquet")
    assert sum(row["iuran"] for row in told["kas"]) == plan["iuran_total"].sum()
    first = told["kas"][0]["dana"]
    assert {row["dana"] for row in json.loads(ask("cash", out, "--dana", first, "--json").stdout)["kas"]} == {first}
    assert "Uang tiap bulan" in ask("cash", out).stdout


def test_an_unknown_fund_is_said_plainly(out):
    result = ask("cash", out, "--dana", "X")
    assert (result.exit_code, "berkode 'X'" in result.stderr) == (1, True)


def test_a_path_to_a_target_as_table_json_and_picture(yogya, out, tmp_path):
    picture = tmp_path / "jalur.svg"
    words = ("path", yogya, "--target", "45", "--tahun", "2029", "--out", out)
    told = json.loads(ask(*words, "--svg", picture, "--json").stdout)
    assert {group["kode"] for group in told["kelompok"]} >= {"FORMAL_BELUM", "RENTAN"}
    assert any("PDS.orang" in question for question in told["diminta"])
    assert picture.read_text("utf-8").startswith("<svg")
    shown = ask(*words).stdout
    assert "Siapa membayar apa" in shown
    assert "Isi PDS.orang di jalur.yaml" in shown


def test_a_path_without_a_run_asks_for_the_vulnerable(yogya):
    told = json.loads(ask("path", yogya, "--target", "45", "--tahun", "2029", "--json").stdout)
    assert any("RENTAN.orang" in question for question in told["diminta"])


def test_a_path_needs_a_year_to_come_and_a_denominator(yogya, tmp_path):
    assert "2020 harus sesudah" in ask("path", yogya, "--target", "45", "--tahun", "2020").stderr
    bare = tmp_path / "ws"
    shutil.copytree(yogya, bare)
    (bare / "register" / "angkatan_kerja.csv").unlink()
    result = ask("path", bare, "--target", "45", "--tahun", "2029")
    assert (result.exit_code, "angkatan_kerja.csv" in result.stderr) == (1, True)
