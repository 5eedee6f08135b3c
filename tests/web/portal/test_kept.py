"""Pages that are the same for everybody are made once, until what they rest on changes."""

import gzip
from datetime import date

import published
import pytest
from django.test import Client
from django.urls import reverse

from jangkau.apps.portal import cover, kept

HOME = "/portal/"


@pytest.fixture(autouse=True)
def _shelf(settings, regions):
    settings.PORTAL_SECONDS = 1e-9  # looks each time
    kept.SHELF.__init__()


def test_the_second_reader_costs_no_page(client, monkeypatch):
    first = client.get(HOME)
    monkeypatch.setattr("jangkau.apps.portal.views.render", None)  # whoever renders now fails
    second = client.get(HOME)
    assert first.content == second.content
    security = ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options")
    assert [second.headers[name] for name in security] == [first.headers[name] for name in security]
    assert "Cookie" in second.headers["Vary"]
    assert client.head(HOME).content == b""


def test_who_has_the_page_is_told_that_it_still_holds(client):
    tag = client.get(HOME).headers["ETag"]
    again = client.get(HOME, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(HOME, headers={"If-None-Match": 'W/"lain"'}).status_code == 200
    packed = client.get(HOME, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["ETag"] == tag
    assert gzip.decompress(packed.content) == client.get(HOME).content


def test_each_language_has_its_own(client):
    indonesian = client.get(HOME, headers={"Accept-Language": "id"}).content.decode()
    english = client.get(HOME, headers={"Accept-Language": "en"}).content.decode()
    assert 'lang="id"' in indonesian
    assert 'lang="en"' in english


def test_a_signed_in_reader_gets_the_page_of_everybody_and_leaves_no_trace(sign_in):
    officer = sign_in("operator_kab")
    assert officer.get(HOME).content == Client().get(HOME).content


@pytest.mark.parametrize("change", ["cover", "day", "offices"])
def test_a_page_is_made_anew_when_what_it_rests_on_changes(client, monkeypatch, change):
    address = reverse("portal_check") if change == "cover" else reverse("portal_offices")
    before = client.get(address)
    assert kept.SHELF.pages
    if change == "cover":
        cover.publish([], date.today())
    elif change == "day":
        monkeypatch.setattr("jangkau.apps.portal.state.timezone.localdate", lambda: date(2027, 1, 1))
    else:
        published_office()
    of = kept.SHELF.of
    after = client.get(address)
    assert kept.SHELF.of != of
    assert change == "day" or after.content != before.content


def published_office():
    from jangkau.apps.portal.models import Office

    Office.objects.create(
        nama="Kantor",
        jenis="bpjs",
        kode_wilayah="1705",
        alamat="Jalan",
        sumber="uji",
        per=date(2026, 1, 1),
        keyakinan="tinggi",
    )


@pytest.mark.parametrize("address", ["/portal/tidak-ada/", "/portal/?q=1", "/portal/cakupan/9999/", "/masuk/"])
def test_what_is_not_found_or_asked_with_a_query_is_not_kept(client, address):
    client.get(address)
    assert not kept.SHELF.pages


def test_what_is_sent_is_answered_by_the_site_itself(client):
    client.get(reverse("portal_check"))
    answer = client.post(reverse("portal_check"), {"nik": "1705010101900001", "lahir": "1990-01-01"})
    assert "Belum" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_shelf_does_not_grow_without_end(client, monkeypatch):
    client.get(HOME)
    monkeypatch.setattr(kept, "_MOST_BYTES", 10)
    client.get(reverse("portal_questions"))
    assert len(kept.SHELF.pages) == 1


def test_published_coverage_is_shown_with_its_definition_and_nothing_else(client, user, monkeypatch):
    address = reverse("portal_coverage_of", args=["1705"])
    assert "belum diterbitkan" in client.get(address).content.decode()
    published.count(monkeypatch, published.figures())
    edition = published.published(user)
    page = client.get(address).content.decode()
    assert edition.title in page
    assert "Yang dihitung" in page
    assert client.get(reverse("portal_coverage_of", args=["9999"])).status_code == 404
