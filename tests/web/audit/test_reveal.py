"""A number in full: asked with a reason, on record, limited, never kept by a browser."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.audit.reveal import reveal

NUMBER = "1705010101900001"
Ask = Callable[..., HttpResponse]


@pytest.fixture
def ask(rf: RequestFactory, user: Callable[..., User], regions: None) -> Ask:
    asking, seen = user("operator_kab"), user("pendata")
    seen.nama = NUMBER  # any field of any thing will do

    def post(reason: str, **headers: str) -> HttpResponse:
        request = rf.post("/pekerja/1/nik/", {"alasan": reason}, headers=headers)
        request.user = asking
        return reveal(request, seen, "nama", back="/pekerja/1/")

    return post


def test_a_reason_shows_the_number_and_is_on_record_without_it(ask: Ask) -> None:
    answer = ask("mencocokkan dengan KTP asli")
    assert NUMBER in answer.content.decode()
    event = Event.objects.get(tindakan="reveal")
    assert (event.alasan, event.sesudah, event.oleh.username) == (
        "mencocokkan dengan KTP asli", {"kolom": "nama"}, "operator_kab",
    )  # fmt: skip
    assert NUMBER not in str(event.__dict__)


@pytest.mark.parametrize("reason", ["", "perlu", "          "])
def test_without_a_reason_nothing_is_shown_or_recorded(ask: Ask, reason: str) -> None:
    page = ask(reason).content.decode()
    assert NUMBER not in page
    assert 'aria-invalid="true"' in page
    assert not Event.objects.filter(tindakan="reveal").exists()


def test_no_browser_or_proxy_keeps_it(ask: Ask) -> None:
    assert "no-store" in ask("mencocokkan dengan KTP asli").headers["Cache-Control"]


def test_htmx_gets_a_fragment_and_a_browser_without_it_a_page(ask: Ask) -> None:
    fragment = ask("mencocokkan dengan KTP asli", **{"HX-Request": "true"}).content.decode()
    page = ask("mencocokkan dengan KTP asli").content.decode()
    assert "<html" not in fragment
    assert "<html" in page
    assert 'href="/pekerja/1/"' in page


def test_the_hours_share_is_limited(ask: Ask, settings: object) -> None:
    settings.JANGKAU_REVEALS_PER_HOUR = 2
    pages = [ask("mencocokkan dengan KTP asli").content.decode() for _ in range(3)]
    assert [NUMBER in page for page in pages] == [True, True, False]
    assert "Batas 2 nomor per jam" in pages[2]
    assert Event.objects.filter(tindakan="reveal").count() == 2
