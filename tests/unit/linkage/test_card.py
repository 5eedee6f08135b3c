"""The model card is of the model that ships, adds up, and says what it says for whom."""

import json

import pytest

from jangkau.core.linkage.card import card, page, pooled
from jangkau.core.linkage.model import load
from jangkau.core.linkage.proportions import Share


def test_the_figures_are_of_the_model_that_ships():
    assert card()["versi"] == load().version, "run benchmarks/linkage_tools/card.py, then `make docs`"


def test_the_page_says_what_a_reader_must_know():
    text = page()
    for words in (
        "versi " + load().version,
        "Kapan jangan dipakai",
        "jenis kelamin",
        "satu kata",
        "asal nama",
        "kabupaten",
        "F1",
    ):
        assert words in text
    assert "{" not in text


def test_the_measured_model_is_good_enough_to_ship():
    usual = [run for run in card()["ukuran"] if run["gangguan"] == 1.0]
    assert len(usual) >= 3
    assert all(run["register"]["penduduk"]["f1"] >= 0.98 for run in usual)
    assert all(run["register"]["penduduk"]["presisi"]["nilai"] >= 0.995 for run in usual)


def shares(k, n):
    return {harm: Share(k, n).as_dict() for harm in ("ditemukan", "salah", "terlewat", "tinjau")}


def run(name, k, n):
    band = {"pita": 9, "pasangan": n, "peluang": 0.9, "benar": k / n}
    group = {"menurut": "kelamin", "kelompok": "perempuan", "baris": n, **shares(k, n)}
    place = group | {"menurut": "kabupaten", "kelompok": "1701"}
    return {
        "nama": name, "gangguan": 1.0, "usulan": n, "penduduk": n, "register": {}, "orang": {},
        "keandalan": {"penduduk": [band]}, "kelompok": [group, place],
        "jenis": [{"jenis": "NIK_KOSONG", "arti": "NIK kosong", "baris": n, **shares(k, n)}],
    }  # fmt: skip


def test_runs_are_added_up_by_count_not_averaged():
    found = pooled([run("a", 10, 10), run("b", 60, 90)])
    (band,) = found["keandalan"]
    assert (band["terjadi"]["pembilang"], band["terjadi"]["penyebut"]) == (70, 100)
    assert band["peluang"] == pytest.approx(0.9)
    (kind,), (group, place) = found["jenis"], found["kelompok"]
    assert place["kelompok"] == "1701"
    assert kind["ditemukan"]["nilai"] == group["salah"]["nilai"] == 0.7
    assert [row["nama"] for row in found["ukuran"]] == ["a", "b"]
    assert json.dumps(found)
