"""`jangkau link jelaskan`: the evidence behind a row of tautan.parquet, from the command line."""

import json
from xml.etree import ElementTree as Xml

import polars as pl
import pytest
from click.testing import CliRunner

from jangkau.cli.main import main
from jangkau.core.intake.read import read_file as real
from jangkau.core.linkage.explain import chance
from jangkau.core.synthetic import generate


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ws")
    generate(folder / "ws", "34", 0.004, 7, faults=2.0)
    assert ask("link", folder / "ws", "--out", folder / "out").exit_code == 0
    return folder


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def links(province, **which):
    return pl.read_parquet(province / "out" / "tautan.parquet").filter(**which).sort("peluang", "id_usulan")


def explained(province, link, *more):
    words = ("--usulan", link["id_usulan"], "--register", link["register"], "--id-register", link["id_register"])
    result = ask("link", "jelaskan", province / "ws", province / "out", *words, *more, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize("at", [0, 0.5, 0.9, 1])
def test_the_bits_of_a_pair_add_up_to_its_probability(province, at):
    rows = links(province, register="penduduk", cara="model")
    link = rows.row(int(at * (len(rows) - 1)), named=True)
    (step,) = explained(province, link)["langkah"]
    assert chance(sum(bar["bit"] for bar in step["batang"])) == pytest.approx(link["peluang"], abs=2e-6)
    assert step["batang"][0]["kode"] == "awal"


def test_a_member_is_explained_through_the_resident(province):
    link = links(province, register="peserta").row(-1, named=True)
    answer = explained(province, link)
    first, second = answer["langkah"]
    assert (first["kiri"], first["kanan"], second["kiri"], second["kanan"]) == (
        "usulan", "penduduk", "peserta", "penduduk",
    )  # fmt: skip
    assert first["peluang"] * second["peluang"] == pytest.approx(link["peluang"], abs=0.01)


def test_numbers_are_masked_until_revealed(province):
    link = links(province, register="penduduk", cara="nik").row(0, named=True)
    shut, opened = (json.dumps(explained(province, link, *more)) for more in ((), ("--buka-nik",)))
    assert link["id_register"] not in shut
    assert link["id_register"] in opened


def test_the_picture_and_the_table(province, tmp_path):
    link = links(province, register="penduduk", cara="model").row(-1, named=True)
    words = ("--usulan", link["id_usulan"], "--svg", tmp_path / "a.svg")
    result = ask("link", "jelaskan", province / "ws", province / "out", *words)
    assert result.exit_code == 0, result.output
    assert link["id_register"] not in result.output
    assert Xml.parse(tmp_path / "a.svg").getroot().find("{http://www.w3.org/2000/svg}desc").text


def test_a_pair_that_is_not_there_is_said(province):
    link = links(province, register="penduduk").row(0, named=True)
    for words in (("--usulan", "nothing"), ("--usulan", link["id_usulan"], "--id-register", "1")):
        result = ask("link", "jelaskan", province / "ws", province / "out", *words, "--json")
        assert (result.exit_code, json.loads(result.output)["galat"]["kode"]) == (1, "TAUTAN_TIDAK_ADA")


def test_the_kept_register_is_used_and_other_lists_are_not_read(province, monkeypatch):
    link = links(province, register="peserta").row(0, named=True)
    before = explained(province, link)
    read = []
    monkeypatch.setattr(
        "jangkau.core.intake.read.read_file", lambda name, *rest: read.append(name) or real(name, *rest)
    )
    monkeypatch.setattr("jangkau.core.linkage.shelf.prepare_population", lambda *_: pytest.fail("prepared again"))
    assert explained(province, link) == before
    assert read == [link["id_usulan"].split("#")[0]]


def test_lists_that_changed_since_are_said(province, tmp_path):
    link = links(province, register="penduduk").row(0, named=True)
    generate(tmp_path / "other", "34", 0.002, 8)
    result = ask("link", "jelaskan", tmp_path / "other", province / "out", "--usulan", link["id_usulan"], "--json")
    assert (result.exit_code, json.loads(result.output)["galat"]["kode"]) == (1, "TAUTAN_BERUBAH")
