"""English pages: every string has its English, says the same, and nothing visible escapes the catalogue."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from django.utils.formats import number_format

from jangkau.web.words import CATALOGUE, PACKAGE, collected, english, missing, renewed, written


def _plain() -> Iterator[str]:
    """Every address without arguments."""
    for name in filter(lambda key: isinstance(key, str), get_resolver().reverse_dict):
        with suppress(NoReverseMatch):
            yield reverse(name)


pytestmark = [pytest.mark.usefixtures("english_words"), pytest.mark.any_database]
RENEW = "run `jangkau-admin words` and write the English in src/jangkau/web/locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w+>")
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
# 500.html stands alone: it must work when nothing else does.
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if path.name != "500.html")
# Words that are the same in both languages.
SAME = {"jangkau", "nik", "kpj", "sha256", "csv", "excel", "pdf", "parquet", "kappa", "api"}
INDONESIAN_ONLY = {"/isi/"}  # kept by phones as it is, the same for everybody
ADDRESSES = sorted({*_plain(), "/tidak-ada/"} - INDONESIAN_ONLY)
INDONESIAN = re.compile(r"\b(?:yang|tidak|belum|dengan|untuk|dari|sudah|dan|atau|anda|pada|bila|ini|itu)\b", re.I)


def in_english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_every_string_of_the_pages_has_its_english() -> None:
    new = renewed()
    assert missing(new) == [], RENEW
    assert written(new) == CATALOGUE.read_bytes(), RENEW


def test_the_catalogue_is_found_wherever_strings_stand() -> None:
    ids = {str(message.id) for message in collected()}
    assert {"Beranda", "Keluar", "Operator kabupaten", "Nama pengguna", "satu huruf beda"} <= ids


def test_english_keeps_placeholders_and_markup() -> None:
    told = [(m.id, m.string) for m in english() if m.id]
    pairs = [pair for id, said in told for pair in _pairs(id, said)]
    wrong = [(one, other) for one, other in pairs if _marks(one) != _marks(other)]
    assert pairs
    assert wrong == []


def _pairs(
    id: str | tuple[str, ...] | list[str], said: str | tuple[str, ...] | list[str] | None
) -> Iterator[tuple[str, str]]:
    ids, strings = ([one] if isinstance(one, str) else list(one or []) for one in (id, said))
    yield from zip(ids, strings, strict=True)


def _marks(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_plural_forms_follow_english() -> None:
    forms = [m.string for m in english() if not isinstance(m.id, str)]
    assert forms
    assert all(one != many for one, many in forms)


@pytest.mark.parametrize("role", ["operator_kab", "pengelola", "admin", "auditor"])
def test_pages_in_english_hold_no_indonesian(role: str, sign_in: Callable[..., Client]) -> None:
    client = in_english(sign_in(role))
    pages = [answer for address in ADDRESSES if _is_page(answer := client.get(address))]
    assert len(pages) > 5
    for answer in pages:
        text = answer.content.decode()
        assert '<html lang="en"' in text
        assert [said for said in Visible.of(text) if INDONESIAN.search(said)] == [], answer.request["PATH_INFO"]


def _is_page(answer: HttpResponse) -> bool:
    if answer.streaming:  # a file that is sent is closed at its end
        b"".join(answer)
    return not answer.streaming and b"<html" in answer.content


def test_the_sign_in_page_is_in_english_and_in_indonesian(client: Client, db: None) -> None:
    page = in_english(client).get(reverse("account_login")).content.decode()
    assert '<html lang="en"' in page
    assert "Sign in with a passkey" in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"
    page = client.get(reverse("account_login")).content.decode()
    assert '<html lang="id"' in page
    assert "Masuk dengan kunci sandi" in page


def test_the_menu_and_roles_are_named_in_the_language_of_the_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab")
    indonesian, other = (
        client.get("/").content.decode(),
        in_english(client).get("/").content.decode(),
    )
    for here, there in (("Beranda", "Home"), ("Pendataan", "Intake"), ("Operator kabupaten", "Kabupaten operator")):
        assert here in indonesian
        assert there in other
        assert here not in other


def test_the_reminder_to_villages_stays_indonesian() -> None:
    text = next(path for path in TEMPLATES if path.name == "missing.html").read_text("utf-8")
    assert re.search(r'<textarea[^>]*lang="id"[^>]*>\{% language "id" %\}', text)


def test_numbers_look_the_same_in_both_languages() -> None:
    for language in ("id", "en"):
        with translation.override(language):
            assert number_format(1234567.5, decimal_pos=1, force_grouping=True) == "1.234.567,5"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_words_stand_outside_the_catalogue(path: Path) -> None:
    left = list(_words_outside(path.read_text("utf-8")))
    assert left == [], "wrap them in {% translate %} or {% blocktranslate %}, then " + RENEW


def _words_outside(template: str) -> Iterator[str]:
    code = r"{% *(blocktranslate|comment)\b.*?{% *end\1 *%}|{#.*?#}|{%.*?%}"
    shown = re.sub(r"{{.*?}}", _default, re.sub(code, "", template, flags=re.S), flags=re.S)
    for text in Visible.of(shown):
        yield from (word for word in re.findall(r"[^\W\d_][^\W_]{2,}", text) if word.lower() not in SAME)


def _default(variable: re.Match[str]) -> str:
    """What a variable shows when it is empty, unless that is translated."""
    found = re.search(r"""default(?:_if_none)?:(["'])(.*?)\1""", variable[0])
    return found[2] if found else " "


def test_words_outside_the_catalogue_are_noticed() -> None:
    text = """<p title="Judul ini">{% translate "Nama" %} NIK {{ a|default:"kosong" }}{# catatan #}</p>
        {% if a > b %}<b lang="id">Bahasa</b>lepas{% endif %}{% blocktranslate %}Dua {{ a }}{% endblocktranslate %}"""
    assert sorted(_words_outside(text)) == ["Judul", "ini", "kosong", "lepas"]


class Visible(HTMLParser):
    """The texts that a page shows or reads out, but those marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent: list[str] = []

    @classmethod
    def of(cls, page: str) -> list[str]:
        parser = cls()
        parser.feed(page)
        parser.close()
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        foreign = tag != "html" and bool((held.get("lang") or "").strip())
        if self.silent or foreign or tag in ("script", "style"):
            self.silent += [tag] if tag not in VOID else []
            return
        self.found += [held[name] or "" for name in ("aria-label", "title", "placeholder", "alt") if name in held]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)
