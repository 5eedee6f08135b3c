"""Letters and leaflet: the law's numbers, and bytes that depend on nothing else."""

from datetime import date, datetime

import pytest

from jangkau.core.enrolment.letters import Letter, leaflet, leaflet_pdf, letter_pdf
from jangkau.core.law.book import Book, LawUndefinedOn

ON = date(2026, 11, 22)


def letter(**more):
    told = {
        "number": "K-00001", "on": ON, "name": "ANI CONTOH", "place": "Seluma / Niur", "happening": "kecelakaan kerja",
        "day": date(2026, 11, 21), "death": False, "due": [("Santunan", 1_000_000)], "unmet": ["Tunggakan dilunasi"],
        "to_prove": ["bekerja dan sehat"], "papers": [("KTP dan KK", "asli", True)], "expires": date(2031, 11, 21),
        "report_by": datetime(2026, 11, 23, 9, 30), "sources": ["PP 44/2015; PP 82/2019", "PP 44/2015"],
    }  # fmt: skip
    return Letter(**told | more)


@pytest.mark.parametrize("more", [{}, {"death": True, "report_by": None}, {"due": [], "unmet": [], "papers": []},
                                  {"name": "\u202eNAMA 漢字 #let *x* $y$", "place": "]"}])  # fmt: skip
def test_a_letter_is_made_of_any_words_and_always_the_same(more):
    one = letter_pdf(letter(**more))
    assert one.startswith(b"%PDF-")
    assert letter_pdf(letter(**more)) == one


def test_the_leaflet_follows_the_law_of_its_day():
    now = leaflet(ON, Book.load())
    assert [row[0] for row in now["hak"]] == ["Biaya rawat", "Rp70 juta", "Rp42 juta", "Rp10 juta", "Beasiswa"]
    assert now["batas"] == "5 tahun sejak kejadian"
    assert leaflet_pdf(ON) == leaflet_pdf(ON)
    with pytest.raises(LawUndefinedOn):
        leaflet(date(2022, 6, 1), Book.load())
