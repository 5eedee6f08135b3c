"""A choice among many regions is the same element as Django's own."""

import html.parser

import pytest
from django import forms

from jangkau.apps.regions.widgets import PlaceSelect

CHOICES = [("", "semua"), ("1705", "Seluma & <sekitar>"), ("170501", 'Kec. "Sukaraja"')]


class Seen(html.parser.HTMLParser):
    """What a browser sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(attrs))))

    def handle_data(self, data: str) -> None:
        self.words += filter(None, [data.strip()])


@pytest.mark.parametrize("value", ["1705", "", None, "lain"])
def test_it_looks_as_djangos_own(value: str | None) -> None:
    own, theirs = (
        Seen(str(kind(attrs={"class": "x"}, choices=CHOICES).render("wilayah", value, {"id": "id_wilayah"})))
        for kind in (PlaceSelect, forms.Select)
    )
    assert own.words == theirs.words
    assert own.tags == theirs.tags
