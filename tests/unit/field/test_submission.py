"""Submissions are read by their form's model; nothing in them is trusted."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of_forms import book, survey

from jangkau.core.field import Unreadable, build
from jangkau.core.field.submission import Point, head, read
from jangkau.core.field.xml import MOST_DEPTH

ROWS = [
    ("text", "nama", "N"), ("integer", "umur", "U"), ("decimal", "luas", "L"), ("date", "hari", "H"),
    ("geopoint", "titik", "T"), ("image", "foto", "F"), ("begin group", "g", "G"), ("text", "x", "X"),
    ("end group", "", ""), ("begin repeat", "r", "R"), ("text", "y", "Y"), ("image", "z", "Z"), ("end repeat", "", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return build(book(survey(*ROWS))).model


def xml(inside: str, meta: str = "<meta><instanceID>uuid:1</instanceID></meta>") -> bytes:
    return f'<data id="uji" version="1">{inside}{meta}</data>'.encode()


def test_the_head_says_which_form_and_which_instance():
    found = head(xml("", "<meta><instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID></meta>"))
    assert (found.form_id, found.version, found.instance_id, found.deprecated_id) == ("uji", "1", "uuid:2", "uuid:1")


def test_values_have_their_types_and_repeats_are_lists(model):
    found = read(head(xml(
        "<nama>Siti</nama><umur>40</umur><luas>1.50</luas><hari>2026-11-27</hari><titik>-4.5 102.5 10 6</titik>"
        "<foto>a.jpg</foto><g><x>1</x></g><r><y>satu</y><z>b.jpg</z></r><r><y>dua</y></r>"
    )), model)  # fmt: skip
    assert found.record == {
        "nama": "Siti", "umur": 40, "luas": Decimal("1.50"), "hari": dt.date(2026, 11, 27),
        "titik": Point(-4.5, 102.5, 10, 6), "foto": "a.jpg", "g": {"x": "1"},
        "r": [{"y": "satu", "z": "b.jpg"}, {"y": "dua"}],
    }  # fmt: skip
    assert found.files == ("a.jpg", "b.jpg")
    assert found.values["/data/r/y"] == "satu\n\ndua"
    assert (found.wrong, found.strange) == ((), ())


@pytest.mark.parametrize(
    ("inside", "path"),
    [("<umur>4o</umur>", "/data/umur"), ("<luas>NaN</luas>", "/data/luas"), ("<hari>2026-02-30</hari>", "/data/hari"),
     ("<titik>91 0</titik>", "/data/titik"), ("<titik>x</titik>", "/data/titik")],
)  # fmt: skip
def test_a_value_of_another_type_is_kept_and_told(model, inside, path):
    found = read(head(xml(inside)), model)
    assert [wrong.path for wrong in found.wrong] == [path]
    assert found.values[path]


def test_what_the_form_does_not_have_is_told(model):
    assert read(head(xml("<lain>1</lain><g><apa>2</apa></g>")), model).strange == ("/data/lain", "/data/g/apa")


@pytest.mark.parametrize(
    "data",
    [b"", b"<a", b"\xff\xfe", b"<a/>", xml("", ""), b'<!DOCTYPE a [<!ENTITY b "c">]><a id="x">&b;</a>',
     b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a id="x"/>', b"<a>" * (MOST_DEPTH + 2) + b"</a>" * (MOST_DEPTH + 2),
     b'<?xml version="1.0" encoding="bogus"?><a/>', b"<a>" + b"<b/>" * 100_001 + b"</a>",
     xml("", "<meta><instanceID>" + "x" * 201 + "</instanceID></meta>")],
)  # fmt: skip
def test_what_is_no_submission_is_refused_without_harm(data):
    with pytest.raises(Unreadable):
        head(data)


def test_another_shape_is_refused(model):
    with pytest.raises(Unreadable):
        read(head(xml("").replace(b"data", b"lain")), model)


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_refused(data):
    with pytest.raises(Unreadable):
        head(b"<a>" + data)
