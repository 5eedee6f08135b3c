"""The reliability curve: dots where they belong, words for those who do not see it."""

from xml.etree import ElementTree as Xml

import pytest

from jangkau.core.reporting.reliability import SIDE, TOP, Band, draw

SVG = "{http://www.w3.org/2000/svg}"


def test_dots_stand_where_the_shares_say():
    picture = Xml.fromstring(draw([Band(100, 0.25, 0.25, 0.2, 0.3), Band(2000, 0.9, 0.5, 0.4, 0.6)], "Judul"))
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in picture.iter(f"{SVG}circle")]
    assert dots[0][1] == pytest.approx(TOP + 0.75 * SIDE)
    assert dots[1][1] == pytest.approx(TOP + 0.5 * SIDE)
    assert dots[1][0] - dots[0][0] == pytest.approx(0.65 * SIDE, abs=0.2)
    words = picture.find(f"{SVG}desc").text
    assert "ditulis 90,0%, terjadi 50,0% dari 2.000" in words
    assert picture.find(f"{SVG}title").text == "Judul"
