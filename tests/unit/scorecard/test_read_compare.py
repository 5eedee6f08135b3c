"""Reading an instrument strictly; versions and cards side by side."""

from datetime import date

import pytest
import yaml

from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard import Answer, Instrument, difference, differences, faults, heat, read, score

START = date(2026, 1, 1)
SOUND = """
kode: UJI
versi: "1"
judul: Uji
pembuat: kami
resmi: false
tidak_berlaku: bagian
pita: [{nama: rendah, mulai: 0}, {nama: tinggi, mulai: 50}]
bagian:
  - kode: A
    judul: Satu
    bobot: 60
    pertanyaan:
      - {kode: A1, tanya: "Ada?", jenis: ya_tidak, bobot: 1}
      - {kode: A2, tanya: "Apa?", jenis: ya_tidak, bobot: 1, bila: {pertanyaan: A1, jawaban: [ya]}}
  - kode: B
    judul: Dua
    bobot: 40
    pertanyaan: [{kode: B1, tanya: "Lagi?", jenis: ya_tidak, bobot: 1}]
"""


def changed(**more) -> dict:
    """The sound instrument with questions, sections or its head changed: `A1={...}` changes a question."""
    told = yaml.safe_load(SOUND)
    for section in told["bagian"]:
        for question in section["pertanyaan"]:
            question.update(more.pop(question["kode"], {}))
        section.update(more.pop(section["kode"], {}))
    return {**told, **more}


def test_a_sound_one_is_read():
    assert list(read(SOUND).questions) == ["A1", "A2", "B1"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (changed(A1={"jenis": "boleh"}), "bagian A / pertanyaan A1 / jenis: tidak dikenal"),
        (changed(A1={"bobot": "dua"}), "pertanyaan A1 / bobot: harus bilangan"),
        (changed(A1={"bobot": -1}), "bobot: terlalu kecil, paling sedikit 0"),
        (changed(A1={"bobto": 1}), "bobto: tidak dikenal"),
        (changed(A1={"jenis": "tingkat"}), "`tingkat` ditulis untuk jenis tingkat"),
        (changed(A1={"jenis": "angka"}), "`jenjang` ditulis untuk angka dan persen"),
        (changed(A1={"jenis": "teks"}), "tulis `bobot: 0`"),
        (changed(A1={"bukti_wajib": True}), "bukti wajib harus disebut"),
        (changed(A1={"hari": 3}), "`hari` hanya untuk jenis tanggal"),
        (changed(B1={"kode": "A1"}), "kode pertanyaan A1 berulang"),
        (changed(B={"kode": "A"}), "kode bagian A berulang"),
        (changed(A2={"bila": {"pertanyaan": "B1", "jawaban": ["ya"]}}), "menyebut B1, yang tidak ada sebelumnya"),
        (changed(A2={"bila": {"pertanyaan": "A1", "jawaban": ["mungkin"]}}), "tidak dapat dijawab mungkin"),
        (changed(pita=[{"nama": "x", "mulai": 5}]), "pita mulai dari 0 dan naik"),
        (changed(B={"bobot": 0}), "bagian B: bobot bagian"),
        (changed(versi=1), "versi: harus teks"),
        (changed(resmi="mungkin"), "resmi: harus true atau false"),
        (changed(A1={"bobot": float("nan")}), "bobot: "),
        ([], "berkas: isinya harus pasangan nama dan nilai"), (None, "berkas: isinya harus"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(told, words):
    assert any(words in fault for fault in faults(told)), faults(told)


@pytest.mark.parametrize(
    "text",
    ["a: [", b"\xff\xfe\x00", "x" * 500_001, "a: &a [1]\nb: *a", "2026-13-45", "[" * 5_000, "!!python/object:os.x {}"],
)
def test_what_is_no_instrument_is_a_problem_and_no_traceback(text):
    with pytest.raises(Problem, match="INSTRUMEN_SALAH"):
        read(text)


def two(**more) -> Instrument:
    return Instrument.model_validate(changed(versi="2", **more))


def test_what_a_version_changes_is_said():
    found = {
        (c.kind, c.code)
        for c in differences(read(SOUND), two(A1={"tanya": "Berlaku?"}, B1={"kode": "B2"}, A={"bobot": 70}))
    }
    assert found == {("asks", "A1"), ("gone", "B1"), ("new", "B2"), ("weighs", "A")}
    assert differences(read(SOUND), two()) == []


def card(form: Instrument, **answers: str):
    return score(form, {kode: Answer(value) for kode, value in answers.items()}, start=START)


def test_only_questions_asked_alike_are_compared():
    old, new = (
        card(read(SOUND), A1="ya", A2="tidak", B1="ya"),
        card(two(B1={"tanya": "Lain?"}), A1="ya", A2="ya", B1="tidak"),
    )
    found = difference(old, new)
    assert (found.before, found.after) == (50, 100)
    assert [(q.kode, before, after) for q, before, after in found.moved] == [("A2", 0, 1)]
    assert [(change.kind, change.code) for change in found.apart] == [("asks", "B1")]


def test_another_weight_still_compares_and_by_the_later_weights():
    old, new = card(read(SOUND), A1="ya", A2="ya", B1="tidak"), card(two(B={"bobot": 60}), A1="ya", A2="ya", B1="tidak")
    assert (difference(old, new).before, difference(old, new).after) == (50, 50)


def test_the_table_of_regions_has_a_row_each_and_says_what_is_left_out():
    rows, left = heat(
        [("Seluma", card(read(SOUND), A1="ya")), ("Kaur", card(two(B1={"tanya": "Lain?"}), A1="ya", A2="ya", B1="ya"))]
    )
    assert [(row.name, row.sections, row.percent) for row in rows] == [
        ("Seluma", (50, None), 50),
        ("Kaur", (100, None), 100),
    ]
    assert left == ["B1"]
    assert heat([]) == ([], [])
