"""Open data as everybody reads it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import published
import pytest
from django.conf import settings as site
from django.test import Client

from jangkau.apps.opendata import actions, making
from jangkau.apps.opendata import published as readable
from jangkau.apps.opendata.models import Edition, EditionState

Users = Callable[..., object]


@pytest.fixture
def edition(
    regions: None, user: Users, monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> Iterator[Edition]:
    settings.DATA = tmp_path
    published.count(monkeypatch, published.figures())
    return published.published(user)


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_pages_need_no_sign_in_and_name_licence_and_definition(edition: Edition, client: Client) -> None:
    index, page = (client.get(address).content.decode() for address in ("/terbuka/", "/terbuka/cakupan/"))
    assert "CC-BY-4.0" in index
    assert "Cakupan kepesertaan" in index
    assert "Kabupaten Seluma" in page
    assert "Bukan BPJS Kesehatan" in page
    assert "<script" not in index + page
    assert client.get("/terbuka/lain/").status_code == 404
    assert len(page.encode()) < 20_000
    assert "sessionid" not in client.cookies


def test_a_page_with_its_look_is_under_100_kb(edition: Edition, client: Client) -> None:
    look = Path(site.STATIC_ROOT)
    fonts = [one.stat().st_size for one in look.glob("fonts/public-sans-latin-wght*")]
    page = client.get("/terbuka/cakupan/", headers={"accept-encoding": "gzip"})
    assert len(page.content) + (look / "site.css.gz").stat().st_size + sum(fonts) < 100_000


def test_closed_figures_stand_in_no_file_and_on_no_page(edition: Edition, client: Client) -> None:
    page = client.get("/terbuka/cakupan/").content.decode()
    told = json.loads(body(client.get("/terbuka/edisi/1/cakupan.json")))
    assert told["status"]
    assert set(told["value"]) & set(told["status"]) == set()
    assert "simpan" not in page
    assert readable.file(edition, "edisi.parquet") is None
    for name in ("edisi.parquet", "simpan/edisi.parquet", "../simpan/edisi.parquet", "..%2Fsimpan%2Fedisi.parquet"):
        assert client.get(f"/terbuka/edisi/1/{name}").status_code == 404


def test_every_file_is_downloaded_as_it_was_sealed(edition: Edition, client: Client) -> None:
    assert len(edition.files) == 8
    for name, told in edition.files.items():
        answer = client.get(f"/terbuka/edisi/1/{name}")
        assert len(body(answer)) == told["besar"]
        assert answer.headers["ETag"] == f'"{told["sha256"]}"'
        assert "max-age=3600" in answer.headers["Cache-Control"]
    again = client.get(
        "/terbuka/edisi/1/cakupan.csv", headers={"if-none-match": f'"{edition.files["cakupan.csv"]["sha256"]}"'}
    )
    assert again.status_code == 304


def test_what_is_not_published_is_not_there(edition: Edition, client: Client) -> None:
    for state in set(EditionState) - {EditionState.PUBLISHED, EditionState.WITHDRAWN}:
        Edition.objects.update(state=state)
        assert "Belum ada data yang terbit" in client.get("/terbuka/").content.decode()
        assert client.get("/terbuka/cakupan/").status_code == 404
        assert client.get("/terbuka/edisi/1/cakupan.csv").status_code == 404


def test_a_withdrawn_edition_stays_listed_with_its_reason(edition: Edition, client: Client, user: Users) -> None:
    actions.withdraw(edition, "Register keliru", by=user("penyetuju", "17"))
    for address in ("/terbuka/", "/terbuka/cakupan/"):
        assert "Register keliru" in client.get(address).content.decode()
    assert client.get("/terbuka/edisi/1/cakupan.csv").status_code == 410
    with pytest.raises(LookupError):
        readable.table(readable.releases(readable.editions(), "cakupan")[0])


def test_too_many_downloads_are_asked_to_wait(edition: Edition, client: Client, settings: object) -> None:
    settings.JANGKAU_OPENDATA_RATE = 2
    answers = [client.get("/terbuka/edisi/1/cakupan.csv") for _ in range(3)]
    assert [body(answer) and answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    other = client.get("/terbuka/edisi/1/cakupan.csv", REMOTE_ADDR="192.0.2.7")
    assert body(other)
    assert other.status_code == 200


def test_public_pages_ask_a_fixed_number_of_questions(
    edition: Edition, client: Client, django_assert_num_queries: Callable
) -> None:
    for address, asked in (("/terbuka/", 1), ("/terbuka/cakupan/", 1), ("/terbuka/edisi/1/cakupan.csv", 2)):
        with django_assert_num_queries(asked):
            body(client.get(address))


def test_the_public_code_reads_public_files_only() -> None:
    for module in ("published.py", "views/public.py"):
        text = (Path(making.__file__).parent / module).read_text("utf-8")
        assert "KEPT" not in text
        assert "simpan" not in text
