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


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def links(matched, **which):
    return pl.read_parquet(matched / "out" / "tautan.parquet").filter(**which).sort("peluang", "id_usulan")


def explained(matched, link, *more):
    words = ("--usulan", link["id_usulan"], "--register", link["register"], "--id-register", link["id_register"])
    result = ask("link", "jelaskan", matched / "ws", matched / "out", *words, *more, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize("at", [0, 0.5, 0.9, 1])
def test_the_bits_of_a_pair_add_up_to_its_probability(matched, at):
    rows = links(matched, register="penduduk", cara="model")
    link = rows.row(int(at * (len(rows) - 1)), named=True)
    (step,) = explained(matched, link)["langkah"]
    assert chance(sum(bar["bit"] for bar in step["batang"])) == pytest.approx(link["peluang"], abs=2e-6)
    assert step["batang"][0]["kode"] == "awal"


def test_a_member_is_explained_through_the_resident(matched):
    link = links(matched, register="peserta").row(-1, named=True)
    answer = explained(matched, link)
    first, second = answer["langkah"]
    assert (first["kiri"], first["kanan"], second["kiri"], second["kanan"]) == (
        "usulan", "penduduk", "peserta", "penduduk",
    )  # fmt: skip
    assert first["peluang"] * second["peluang"] == pytest.approx(link["peluang"], abs=0.01)
    chain = answer["lewat"]
    assert chain[0]["bersama"] == max(one["usulan"] * one["baris"] for one in chain)
    assert sum(one["bersama"] for one in chain) == pytest.approx(link["peluang"], abs=1e-3)
    words = ("--usulan", link["id_usulan"], "--register", "peserta", "--id-register", link["id_register"])
    shown = ask("link", "jelaskan", matched / "ws", matched / "out", *words).output
    assert f"lewat {len(chain)} penduduk" in shown


def test_numbers_are_masked_until_revealed(matched):
    link = links(matched, register="penduduk", cara="nik").row(0, named=True)
    shut, opened = (json.dumps(explained(matched, link, *more)) for more in ((), ("--buka-nik",)))
    assert link["id_register"] not in shut
    assert link["id_register"] in opened


def test_the_picture_and_the_table(matched, tmp_path):
    link = links(matched, register="penduduk", cara="model").row(-1, named=True)
    words = ("--usulan", link["id_usulan"], "--svg", tmp_path / "a.svg")
    result = ask("link", "jelaskan", matched / "ws", matched / "out", *words)
    assert result.exit_code == 0, result.output
    assert link["id_register"] not in result.output
    assert Xml.parse(tmp_path / "a.svg").getroot().find("{http://www.w3.org/2000/svg}desc").text


def test_a_pair_that_is_not_there_is_said(matched):
    link = links(matched, register="penduduk").row(0, named=True)
    for words in (("--usulan", "nothing"), ("--usulan", link["id_usulan"], "--id-register", "1")):
        result = ask("link", "jelaskan", matched / "ws", matched / "out", *words, "--json")
        assert (result.exit_code, json.loads(result.output)["galat"]["kode"]) == (1, "TAUTAN_TIDAK_ADA")


def test_the_kept_register_is_used_and_other_lists_are_not_read(matched, monkeypatch):
    link = links(matched, register="peserta").row(0, named=True)
    before = explained(matched, link)
    read = []
    monkeypatch.setattr(
        "jangkau.core.intake.read.read_file", lambda name, *rest: read.append(name) or real(name, *rest)
    )
    monkeypatch.setattr("jangkau.core.linkage.shelf.prepare_population", lambda *_: pytest.fail("prepared again"))
    assert explained(matched, link) == before
    assert read == [link["id_usulan"].split("#")[0]]


def test_lists_that_changed_since_are_said(matched, tmp_path):
    link = links(matched, register="penduduk").row(0, named=True)
    generate(tmp_path / "other", "34", 0.002, 8)
    result = ask("link", "jelaskan", tmp_path / "other", matched / "out", "--usulan", link["id_usulan"], "--json")
    assert (result.exit_code, json.loads(result.output)["galat"]["kode"]) == (1, "TAUTAN_BERUBAH")
