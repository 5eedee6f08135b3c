"""The waterfall as a picture: readable by people, by screen readers, and true to its numbers."""

import re
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.reporting.waterfall import Limits, Step, draw, percent, signed

SVG = "{http://www.w3.org/2000/svg}"
LIMITS = Limits(0.3, 0.85)
STEPS = [
    Step("Sebelum dibandingkan", "", "satu baris mana pun", -10.0),
    Step("Nama", "BUDI & ANI <x> · BUDI", "sebunyi", 8.5),
    Step("Tanggal lahir", "", "berbeda", -3.25),
    Step("Tempat tinggal", "", "satu desa", 7.0),
]


def drawn(steps=STEPS, closing=""):
    return Xml.fromstring(draw(steps, LIMITS, "Mengapa", closing))


def texts(picture):
    return [part.text for part in picture.iter(f"{SVG}text")]


def test_title_description_and_texts_tell_all():
    picture = drawn(closing="Tidak dibandingkan: Telepon.")
    assert picture.find(f"{SVG}title").text == "Mengapa"
    words = picture.find(f"{SVG}desc").text
    assert "Nama, sebunyi: +8,5" in words
    assert words.endswith("Peluang orang yang sama 83%.")
    shown = texts(picture)
    for words in ("Nama", "BUDI & ANI <x> · BUDI", "+8,5", "−3,2", "83%", "Tidak dibandingkan: Telepon.", "cocok"):
        assert words in shown


def bars(picture):
    found = [part for part in picture.iter(f"{SVG}rect") if part.get("rx")]
    return [(float(part.get("x")), float(part.get("width")), part.get("fill")) for part in found]


def test_each_bar_begins_where_the_last_one_ended():
    first, second, third = bars(drawn())
    assert first[0] + first[1] == pytest.approx(second[0] + second[1], abs=0.2)  # falls back from the same place
    assert second[0] == pytest.approx(third[0], abs=0.2)
    assert first[1] / third[1] == pytest.approx(8.5 / 7.0, rel=0.01)


def test_what_speaks_against_is_hatched_not_only_coloured():
    fills = [fill for _, _, fill in bars(drawn())]
    assert fills[1] == "url(#kurang)"
    assert len({fills[0], fills[2]}) == 1
    assert drawn().find(f".//{SVG}pattern[@id='kurang']") is not None


@given(st.lists(st.floats(-70, 70), min_size=1, max_size=9), st.text("abc ", max_size=200))
def test_everything_stays_inside_the_picture(bits, words):
    picture = drawn([Step("judul", words, words, bit) for bit in bits])
    left, top, width, height = map(float, picture.get("viewBox").split())
    for part in picture.iter():
        for name, low, size in (("x", left, width), ("y", top, height), ("cx", left, width), ("x2", left, width)):
            if name in part.attrib:
                assert low - 0.1 <= float(part.get(name)) <= low + size + 0.1
    assert not re.search("nan|inf", Xml.tostring(picture, encoding="unicode"))


@pytest.mark.parametrize(
    ("peluang", "words"),
    [
        (0.5, "50%"),
        (0.97, "97%"),
        (0.995, "99,5%"),
        (0.9995, "99,95%"),
        (0.99999, "99,999%"),
        (0.004, "0,4%"),
        (1.0, "lebih dari 99,9999%"),
        (0.0, "kurang dari 0,0001%"),
    ],
)
def test_probabilities_never_round_to_certainty(peluang, words):
    assert percent(peluang) == words


def test_bits_carry_their_sign():
    assert [signed(bit) for bit in (7.25, -3.0, 0.0, 0.01, -0.01)] == ["+7,2", "−3,0", "0,0", "0,0", "0,0"]
