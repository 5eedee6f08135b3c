"""Texts in documents: every character can be shown, so PDF/UA never refuses a document."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core import pdf

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "uji")
#set text(font: ("Public Sans", "Libertinus Serif"), lang: "id")
= Uji
#d.teks
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" tepi ", " tepi "),
        ("Rp42\u00a0juta ", "Rp42\u00a0juta "),
        ("Ｓｉｔｉ ﬁ", "Siti fi"),
        ("a\u200bb\u202ec", "abc"),
        ("satu\ndua\u2028tiga", "satu dua tiga"),
        ("日本 😀", "□□ □"),
        ("Jose\u0301 Łé", "José Łé"),
        ("a\x07b", "a□b"),
    ],
)
def test_what_is_shown(text, shown):
    assert pdf.printable(text) == shown


@settings(max_examples=tries(60), deadline=None)
@given(st.text(max_size=40))
def test_any_text_makes_a_document(text):
    assert pdf.compile_pdf(TEMPLATE, {"teks": text}, date(2026, 11, 22)).startswith(b"%PDF")


def test_without_the_house_typeface_there_is_still_a_document(monkeypatch):
    monkeypatch.setattr(pdf, "font_folder", lambda: None)
    pdf._fonts.cache_clear()
    try:
        assert pdf.compile_pdf(TEMPLATE, {"teks": "□ − × Łé"}, date(2026, 11, 22)).startswith(b"%PDF")
    finally:
        pdf._fonts.cache_clear()


def test_a_folder_of_fonts_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "a.ttf").touch()
    monkeypatch.setenv("JANGKAU_FONTS", str(tmp_path))
    assert pdf.font_folder() == tmp_path
