"""`jangkau report --semester`: the half-year documents of regions from a finished run."""

import json
from shutil import copytree

import openpyxl
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from jangkau.cli.main import main


def ask(ws, out, *words):
    return CliRunner().invoke(main, ["report", str(ws), "--out", str(out), *words, "--json"])


@pytest.fixture(scope="module")
def finished(finished, tmp_path_factory):
    """A copy: reports are written into it."""
    return copytree(finished, tmp_path_factory.mktemp("setengah") / "keluaran")


@pytest.fixture(scope="module")
def reported(yogya, finished):
    return json.loads(ask(yogya, finished, "--semester", "kini", "--wilayah", "3404").output)


def test_one_region_has_its_four_documents(finished, reported):
    names = [name.split("/")[-1] for name in reported["berkas"]]
    assert names == [f"laporan-3404-2026-2{end}" for end in (".pdf", ".xlsx", "-ringkas.pdf", "-poster.pdf")]
    text = " ".join(page.extract_text() for page in PdfReader(finished / reported["berkas"][0]).pages)
    assert "Kabupaten Sleman" in text
    assert "menurut rencana di keluaran ini, belum dibukukan" in " ".join(text.split())


def test_the_workbook_agrees_with_the_coverage_of_the_run(finished, reported):
    rows = (finished / "cakupan.csv").read_text("utf-8").splitlines()
    (whole,) = [line for line in rows if line.startswith("3404,") and ",SEMUA,sebelum," in line]
    sheet = openpyxl.load_workbook(finished / reported["berkas"][1])["Angka utama"]
    (found,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Cakupan kepesertaan"]
    assert str(found[3]) in whole.split(",")


def test_only_the_kind_asked_for_and_the_same_again(yogya, finished):
    first, again = (ask(yogya, finished, "--semester", "2026-2", "--wilayah", "34", "--jenis", "poster") for _ in "ab")
    assert first.output == again.output
    assert [name.split("/")[-1] for name in json.loads(first.output)["berkas"]] == ["laporan-34-2026-2-poster.pdf"]


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--semester", "2026"), "SEMESTER_SALAH"), (("--semester", "2026-2", "--wilayah", "3201"), "LAPORAN_WILAYAH")],
)
def test_what_cannot_be_reported_is_said(yogya, finished, words, code):
    answer = ask(yogya, finished, *words)
    assert answer.exit_code == 1
    assert json.loads(answer.output)["galat"]["kode"] == code


def test_options_of_the_half_year_alone_are_wrong_usage(yogya, finished):
    assert ask(yogya, finished, "--wilayah", "3404").exit_code == 2
