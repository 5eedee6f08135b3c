"""Duties and questions: read strictly, pointing at one another."""

import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.law.duties import duties, scorecard

DUTY = """versi: 1
butir:
  - {kode: K01, siapa: [gubernur], isi: a, rujukan: b, keyakinan: tinggi, dari: 2021-03, bukti: [c]}
"""
QUESTION = """versi: 1
butir:
  - kode: N01
    kelompok: a
    tanya: b
    jenis: persen
    bobot: 10
    kewajiban: [K01]
    rujukan: c
    keyakinan: sedang
    bukti: [d]
golongan:
  - {dari: 0, nama: rendah}
  - {dari: 50, nama: tinggi}
"""


def test_every_duty_says_who_what_where_and_how_to_show_it() -> None:
    found = duties()
    assert len({duty.code for duty in found}) == len(found) >= 10
    assert all(duty.who and duty.what and duty.reference and duty.evidence for duty in found)


def test_weights_sum_to_a_hundred_and_bands_cover_all_scores() -> None:
    card = scorecard()
    assert sum(question.weight for question in card.questions) == 100
    assert [card.band(points) for points in (0, 24.9, 25, 74, 100)] == [
        "sangat rendah", "sangat rendah", "rendah", "sedang", "tinggi",
    ]  # fmt: skip


def test_other_versions_can_be_read() -> None:
    assert duties(DUTY)[0].who == ("gubernur",)
    assert scorecard(QUESTION).band(60) == "tinggi"


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("keyakinan: tinggi", "keyakinan: pasti", "baris 3 .*keyakinan"),
        (", bukti: [c]", "", "baris 3 .*bukti"),
        ("isi: a", "isi: a, warna: b", "baris 3 .*warna"),
        ("butir:\n", f"butir:\n{DUTY.splitlines()[2]}\n", "baris 4 .*dua kali"),
    ],
)
def test_a_faulty_duty_names_its_line(old: str, new: str, cause: str) -> None:
    with pytest.raises(Problem, match=cause):
        duties(DUTY.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("[K01]", "[K99]", "baris 8 .*K99"),
        ("jenis: persen", "jenis: warna", "baris 6 .*warna"),
        ("bobot: 10", "bobot: x", "baris 7"),
    ],
)
def test_a_faulty_question_names_its_line(old: str, new: str, cause: str) -> None:
    with pytest.raises(Problem, match=cause):
        scorecard(QUESTION.replace(old, new, 1))
