"""Every public page: light, plain, without script or cookie, strict, and silent to whoever pokes at it."""

import re
from html import unescape

import pytest
import worlds
from django.urls import get_resolver, reverse

from jangkau.apps.requests.models import Kind
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world
KECAMATAN = "170501"
PAGES = {
    "portal": [], "portal_questions": [], "portal_family": [], "portal_check": [], "portal_heirs": [],
    "portal_howto": [], "portal_claim": [], "portal_offices": [], "portal_offices_near": [KECAMATAN],
    "portal_coverage": [],
    "portal_coverage_of": ["1705"], "portal_materials": [], "ask_start": [], "ask_status": [],
    **{f"ask_place {kind}": [kind] for kind in Kind.values},
    **{f"ask {kind}": [kind, KECAMATAN] for kind in Kind.values},
}  # fmt: skip
ADDRESSES = [reverse(name.split()[0], args=args) for name, args in PAGES.items()]
POLICY = {"default-src 'none'", "style-src 'self'", "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'"}


@pytest.fixture(scope="module")
def province(module_db):
    make_regions()


@pytest.fixture(autouse=True)
def _world(province, db):
    """Every test has the regions."""


def text_of(page: str) -> str:
    body = re.sub(r"<(script|style|head|nav|select|thead|tbody)\b.*?</\1>", " ", page, flags=re.DOTALL)
    body = re.sub(r"</(p|li|h\d|label|option|legend|button|a|span|strong|dt|dd|small)>", ". ", body)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def sentences(page: str) -> list[list[str]]:
    parts = re.split(r"(?<!\d)[.:?](?=\s)|[;✓⏱🔒✗‹]", text_of(page))
    return [words for part in parts if (words := re.findall(r"[A-Za-z][A-Za-z'-]+", part))]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_light_plain_and_strict(client, address):
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 60_000  # with its style sheet below 100 KB
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r'\bstyle="|\bon\w+="|javascript:', page)
    assert "Bukan BPJS Kesehatan" in page
    assert not client.cookies
    assert set(answer.headers["Content-Security-Policy"].split("; ")) >= POLICY
    assert "public" in answer.headers["Cache-Control"]
    assert not re.search(r"\d{9,}", "".join(re.findall(r'(?:href|action)="([^"]*)"', page)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_reads_like_a_schoolbook(client, address):
    """At most 16 words a sentence, 9 on average, and LIX (Björnsson 1968) below 50: lower secondary school."""
    found = sentences(client.get(address).content.decode())
    longest = max(found, key=len)
    assert len(longest) <= 16 or "KTP" in longest, longest
    words = [word for sentence in found for word in sentence]
    mean, long = len(words) / len(found), 100 * sum(len(word) > 6 for word in words) / len(words)
    assert mean <= 9, mean
    assert mean + long <= 52, (mean, long)


def _public() -> list[str]:
    """Every address under /portal/, with arguments that fit and that do not."""
    found = []
    for entry in get_resolver().url_patterns:
        for one in getattr(entry, "url_patterns", [entry]):
            if str(one.pattern).startswith("portal/"):
                found.append("/" + str(one.pattern))
    return found


POKES = ("../../etc", "' OR 1=1 --", "<script>alert(1)</script>", "1705010101900001")


@pytest.mark.parametrize(("pattern", "poke"), [(one, POKES[at % 4]) for at, one in enumerate(_public() * 2)])
def test_an_outsider_who_pokes_gets_nothing(client, pattern, poke):
    address = re.sub(r"<[^>]+>", poke.replace("/", "%2F"), pattern)
    filled = {"nik": poke, "lahir": poke, "kode": poke, "nama": poke, "desa": poke, "kecamatan": poke, "bulan": poke}
    answers = [client.get(address, {"q": poke}), client.post(address, filled), client.put(address, poke)]
    for answer in answers:
        assert answer.status_code in {200, 302, 403, 404, 405, 422}, answer.status_code
        assert "sessionid" not in answer.cookies
        body = answer.content.decode(errors="replace")
        assert "<script>alert" not in body
        assert "Traceback" not in body


def test_the_style_sheet_and_the_largest_page_together_are_below_a_hundred_kilobytes(client):
    from django.conf import settings

    style = settings.STATIC_ROOT / "portal.css"
    if not style.is_file():
        pytest.skip("the look is not built")
    largest = max(len(client.get(address).content) for address in ADDRESSES)
    assert largest + style.stat().st_size < 100_000


def test_a_family_sees_each_amount_with_its_condition_and_whether_it_is_met(client):
    given = {"pekerjaan": "TANI", "penghasilan": 1_000_000, "sebab": "LAIN", "anak": ["SD", "SMP"]}

    def marks(months, **more):
        page = client.post(reverse("portal_family"), given | {"bulan": months} | more).content.decode()
        rows = re.findall(r'class="amount">([^<]+)<.*?class="(first|wait)"', page, flags=re.DOTALL)
        return [(amount, mark == "first") for amount, mark in rows]

    school = marks(36)[2][0]
    assert marks(0) == [("Rp10 juta", False), ("Rp42 juta", False), (school, False)]
    assert marks(2) == [("Rp10 juta", True), ("Rp42 juta", False), (school, False)]
    assert marks(4) == [("Rp10 juta", False), ("Rp42 juta", True), (school, False)]
    assert marks(36) == [("Rp10 juta", False), ("Rp42 juta", True), (school, True)]
    assert marks(1, sebab="KERJA") == [("Rp70 juta", True), (school, True)]


def test_the_price_of_every_income_is_that_of_the_law(client):
    from datetime import date

    from jangkau.apps.portal import facts
    from jangkau.core.law.book import Book

    steps = facts.steps(date(2026, 11, 27), Book.load())
    assert [steps[0][0], steps[0][1].full, steps[0][1].today] == [0, 16_800, 8_400]
    assert all(one == facts.price(date(2026, 11, 27), low) for low, one in steps)
    assert steps[-1][1].full == 20_700_000 // 100 + 6_800


def test_the_checklist_names_every_paper_that_the_law_asks_for(client):
    from datetime import date

    from jangkau.apps.portal import facts
    from jangkau.core.law.book import Book

    page = client.get(reverse("portal_claim")).content.decode().lower()
    for _title, papers in facts.checklists(date.today(), Book.load()):
        assert papers
        assert not [paper.name for paper in papers if paper.name.lower() not in page]
