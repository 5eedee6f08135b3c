from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangkau.apps.linkage.models import Person


def test_home_greets_with_region_and_says_when_nothing_waits(sign_in: Callable[..., Client]) -> None:
    page = sign_in("evaluator").get("/").content.decode()
    assert "<h1>Bengkulu</h1>" in page
    assert "Tidak ada yang menunggu Anda hari ini." in page


def test_choices_of_look_are_kept_and_never_lead_away(client: Client, db: None) -> None:
    answer = client.post("/tampilan/", {"language": "en", "tema": "dark", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["tema"].value == "dark"
    assert 'data-bs-theme="dark"' in client.get("/masuk/").content.decode()


def test_a_page_of_other_roles_says_whose_it_is(sign_in: Callable[..., Client]) -> None:
    answer = sign_in("pendata").get("/akun/pengguna/")
    assert answer.status_code == 403
    assert "Yang boleh membukanya: Admin" in " ".join(answer.content.decode().split())


def test_an_unknown_address_is_a_page_in_plain_words(sign_in: Callable[..., Client]) -> None:
    answer = sign_in("auditor").get("/tidak-ada/")
    assert answer.status_code == 404
    assert "di luar wilayah Anda" in answer.content.decode()


def test_health_needs_no_sign_in(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_home_counts_the_people_of_the_users_region_only(sign_in: Callable[..., Client]) -> None:
    for number, (place, status) in enumerate(
        [("1705012002", "cocok"), ("1705012002", "tinjau"), ("1704012001", "cocok")]
    ):
        Person.objects.create(id=number, id_pekerja=str(number), region_code=place, status_tautan=status)
    page = sign_in("operator_kab").get("/").content.decode()
    assert "<strong>2</strong>" in page
    assert "1 menunggu tinjauan, 0 tidak ditemukan" in page
    assert "Orang berbeda" not in sign_in("evaluator").get("/").content.decode()


def test_home_asks_the_database_a_fixed_number_of_questions(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Callable
) -> None:
    client = sign_in("operator_kab")
    with django_assert_max_num_queries(37):
        client.get("/")


def test_figures_of_home_are_counted_once_a_minute_for_all_of_a_region(sign_in: Callable[..., Client]) -> None:
    first, second = sign_in("operator_kab"), sign_in("operator_kab", "1704")
    for client, counted in ((first, 1), (first, 0), (second, 1)):
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        assert sum('COUNT("linkage_person"."id")' in query["sql"] for query in asked) == counted


def test_counts_of_every_page_are_kept_for_a_moment_and_counted_anew_after_the_users_own_write(
    sign_in: Callable[..., Client], settings: Any
) -> None:
    settings.COUNTS_SECONDS = 600
    client = sign_in("operator_kab")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    first = asked()
    assert asked() < first - 10
    client.post("/tampilan/", {"tema": "dark"})
    assert asked() > first - 10
