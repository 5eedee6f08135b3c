"""Assumptions are dated, cited and strictly read; draws repeat."""

from dataclasses import fields

import numpy as np
import pytest
import yaml

from jangkau.core.impact.parameters import NAMES, Values, central, draw, parameters, place_of, places
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem

START = 2026 * 12 + 11


def entry(**changes):
    value = {"dari": "2025-01", "nilai": 0.5, "rendah": 0.1, "tinggi": 0.9, "rujukan": "tes", "keyakinan": "rendah"}
    return {"arti": "tes", "satuan": "bagian", "nilai": [value | changes]}


def written(tmp_path, content):
    path = tmp_path / "asumsi.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), "utf-8")
    return path


def test_every_assumption_is_there_with_source_and_range():
    known = parameters(START)
    assert set(known) == set(NAMES) == {field.name for field in fields(Values)}
    assert all(p.rendah <= p.nilai <= p.tinggi and len(p.rujukan) > 10 for p in known.values())
    assert all(p.keyakinan in ("tinggi", "sedang", "rendah") for p in known.values())


def test_the_value_of_the_time_is_taken(tmp_path):
    older, newer = entry()["nilai"][0], entry(dari="2027-01", nilai=0.6)["nilai"][0]
    own = written(tmp_path, {"ketahanan": entry() | {"nilai": [older, newer]}})
    told = [parameters(month_index(month), own)["ketahanan"].nilai for month in ("2020-01", "2026-12", "2027-01")]
    assert told == [0.5, 0.5, 0.6]


def test_an_own_file_replaces_only_what_it_names(tmp_path):
    known = parameters(START, written(tmp_path, {"ketahanan": entry(nilai=0.3)}))
    assert (known["ketahanan"].nilai, known["biaya_kematian"]) == (0.3, parameters(START)["biaya_kematian"])
    assert parameters(START)["ketahanan"].nilai == 0.5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1, 2]", "isinya harus"),
        ("a: [", "lihat baris 1"),
        ({"ketabahan": entry()}, "ketabahan tidak dikenal"),
        ({"pengali_kematian": entry()}, "tidak dikenal"),
        ({"ketahanan": entry(rendah=0.6)}, "rendah <= nilai <= tinggi"),
        ({"ketahanan": entry(tinggi=1.2)}, "antara 0 dan 1"),
        ({"ketahanan": entry(sumber="x")}, "sumber"),
        ({"ketahanan": entry(dari="2025")}, "bukan bulan"),
        ({"ketahanan": {"arti": "tes"}}, "satuan"),
        ({"ketahanan": entry() | {"nilai": entry()["nilai"] * 2}}, "tanpa kembar"),
        ({"lama_dampak": entry(rendah=0) | {"satuan": "tahun"}}, "lebih dari nol"),
        ({"rasio_gini": entry(tinggi=1.0)}, "kurang dari satu"),
    ],
)
def test_refused_with_its_place(tmp_path, content, words):
    with pytest.raises(Problem) as caught:
        parameters(START, written(tmp_path, content))
    assert caught.value.kind.kode == "PENGATURAN_SALAH"
    assert words in caught.value.pesan


def test_draws_repeat_and_stay_in_their_ranges():
    known = parameters(START)
    one, again, other = draw(known, 500, 7), draw(known, 500, 7), draw(known, 500, 8)
    for name in NAMES:
        drawn = getattr(one, name)
        assert known[name].rendah <= drawn.min() <= drawn.max() <= known[name].tinggi
        np.testing.assert_array_equal(drawn, getattr(again, name))
    assert (one.ketahanan != other.ketahanan).any()


def test_the_middle_is_the_middle_but_for_what_is_moved():
    v = central(parameters(START), ketahanan=0.9)
    assert (float(v.ketahanan), float(v.lama_dampak)) == (0.9, 2)


def test_the_nearest_region_with_published_figures():
    assert place_of("1709") == (582000, 11.98)
    assert place_of("1701") == place_of("17") == (712003, 11.88)
    assert place_of("9901") == place_of("") == (609160, 8.47)
    assert places()["rujukan"].null_count() == 0
