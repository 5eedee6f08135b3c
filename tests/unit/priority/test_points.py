"""Points and their parts, as one adds them by hand."""

import json
from datetime import date

import polars as pl

from jangkau.core.priority import score
from jangkau.core.tables.results import FAKTA
from jangkau.core.tables.settings import Settings

BOBOT = {
    "desil": {1: 100, 2: 80},
    "perempuan": 10,
    "disabilitas": 25,
    "kepala_keluarga": 15,
    "lanjutan": 30,
    "risiko": {"NELAYAN": 20, "LAIN": -5},
}
SETTINGS = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12", bobot=BOBOT)
PLAIN = {"status_tautan": "cocok", "aparatur": False, "aktif": False, "terdaftar": False, "tinjau": False}


def points(*people: dict, settings: Settings = SETTINGS) -> list[tuple[int, dict]]:
    rows = [{"id_pekerja": f"p{i}", "lanjutan": False, **PLAIN, **person} for i, person in enumerate(people)]
    fakta = FAKTA.conform(pl.DataFrame(rows, infer_schema_length=None))
    return [(row["poin"], json.loads(row["rincian_poin"])) for row in score(fakta, settings).rows(named=True)]


def test_parts_that_count_are_shown_and_add_up():
    everything = {
        "desil": 1,
        "jenis_kelamin": "P",
        "disabilitas": 1,
        "hubungan": "KEPALA",
        "lanjutan": True,
        "pekerjaan": "NELAYAN",
    }
    [(total, parts)] = points(everything)
    assert list(parts.items()) == [
        ("desil", 100),
        ("perempuan", 10),
        ("disabilitas", 25),
        ("kepala_keluarga", 15),
        ("lanjutan", 30),
        ("risiko", 20),
    ]
    assert total == 200


def test_unknown_facts_and_other_values_earn_nothing():
    other = {"desil": 9, "jenis_kelamin": "L", "disabilitas": 0, "hubungan": "ANAK", "pekerjaan": "TANI"}
    assert points({}, other) == [(0, {}), (0, {})]


def test_a_negative_weight_is_a_part_too():
    assert points({"pekerjaan": "LAIN", "jenis_kelamin": "P"}) == [(5, {"perempuan": 10, "risiko": -5})]


def test_without_weights_everyone_has_none_and_whoever_goes_on_is_still_named():
    bare = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12")
    assert points({"desil": 1, "lanjutan": True}, settings=bare) == [(0, {"lanjutan": 0})]


def test_the_text_is_compact():
    fakta = FAKTA.conform(pl.DataFrame([{"id_pekerja": "p", "lanjutan": False, "desil": 2, **PLAIN}]))
    assert score(fakta, SETTINGS)["rincian_poin"].to_list() == ['{"desil":80}']
