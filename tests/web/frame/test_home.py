from collections.abc import Callable

from django.test import Client


def test_home_greets_with_region_and_says_when_nothing_waits(sign_in: Callable[..., Client]) -> None:
    page = sign_in("evaluator").get("/").content.decode()
    assert "<h1>Bengkulu</h1>" in page
    assert "Tidak ada yang menunggu Anda hari ini." in page


def test_choices_of_look_are_kept_and_never_lead_away(client: Client, db: None) -> None:
    answer = client.post("/tampilan/", {"language": "en", "tema": "dark", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["tema"].value == "dark"
    assert 'data-bs-theme="dark"' in client.get("/masuk/").content.decode()


def test_an_unknown_address_is_a_page_in_plain_words(sign_in: Callable[..., Client]) -> None:
    answer = sign_in("auditor").get("/tidak-ada/")
    assert answer.status_code == 404
    assert "di luar wilayah Anda" in answer.content.decode()


def test_health_needs_no_sign_in(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
