"""The public's pages: small, plain, right by the law, and silent about everybody."""

import io
import re
from datetime import date, timedelta
from html import unescape

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.portal import cover, facts, limits
from jangkau.apps.portal.models import Check, Cover, Edition
from jangkau.apps.registry.actions import read_snapshot, receive
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.progress import Silent
from jangkau.core.law.book import Book
from jangkau.web import cover as published

PAGES = ("portal", "portal_questions", "portal_family", "portal_check", "portal_heirs")
NIK, BORN = "1705014101900001", date(1990, 1, 1)
NOW = month_of(date.today())


@pytest.fixture
def member(db):
    """One member, paid from half a year ago until two months from now."""
    cover.publish([(NIK, BORN, NOW - 6, NOW + 2)], date.today())


def text_of(page: str) -> str:
    body = re.sub(r"<(script|style|head|nav)\b.*?</\1>", " ", page, flags=re.DOTALL)
    body = re.sub(r"</(p|li|h\d|label|option|legend|button|a|span|strong)>", ". ", body)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def sentences(page: str) -> list[list[str]]:
    parts = re.split(r"(?<!\d)[.:?](?=\s)|[;✓⏱🔒✗]", text_of(page))
    return [words for part in parts if (words := re.findall(r"[A-Za-z][A-Za-z'-]+", part))]


def ask(client, nik=NIK, born=BORN, page="portal_check", **more):
    return client.post(reverse(page), {"nik": nik, "lahir": born.isoformat(), **more})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_needs_no_script_and_says_which_insurance_this_is(client, db, name):
    answer = client.get(reverse(name))
    page = answer.content.decode()
    assert len(answer.content) < 30_000
    assert "<script" not in page
    assert "Bukan BPJS Kesehatan" in page
    assert "set-cookie" not in {k.lower() for k in answer.headers} or "sessionid" not in answer.cookies


@pytest.mark.parametrize("name", PAGES)
def test_sentences_are_short_and_words_plain(client, db, name):
    """At most 16 words a sentence, 9 on average, and LIX (Björnsson 1968) no higher than of a schoolbook."""
    found = sentences(client.get(reverse(name)).content.decode())
    longest = max(found, key=len)
    assert len(longest) <= 16 or "KTP" in longest, longest
    words = [word for sentence in found for word in sentence]
    mean, long = len(words) / len(found), 100 * sum(len(word) > 6 for word in words) / len(words)
    assert mean <= 9, mean
    assert mean + long <= 50, (mean, long)


def test_every_amount_has_its_condition_and_comes_from_the_law(client, db):
    page = client.get(reverse("portal")).content.decode()
    on, book = timezone.localdate(), Book.load()
    for group in facts.gifts(on, 1_000_000, book).values():
        for gift in group:
            assert gift.amount in page
            assert gift.condition in page
    assert "Rp42 juta" in page
    assert "Rp10 juta" in page


def test_the_family_page_tells_what_is_due_and_what_is_not_yet(client, db):
    given = {"pekerjaan": "NELAYAN", "penghasilan": 1_500_000, "sebab": "LAIN"}
    early = client.post(reverse("portal_family"), given | {"bulan": 2}).content.decode()
    late = client.post(reverse("portal_family"), given | {"bulan": 5, "anak": ["SD"]}).content.decode()
    assert "Rp10 juta" in early
    assert "Rp42 juta" in late
    assert client.post(reverse("portal_family"), given | {"bulan": -1}).status_code == 422


def test_yes_with_the_month_and_nothing_else(client, member):
    page = ask(client).content.decode()
    assert "Ya" in text_of(page)
    assert "NIK berakhiran 0001" in page
    assert NIK not in page
    assert re.search(r"sampai akhir\s+<strong>", page)


def test_unknown_wrong_and_lapsed_get_the_same_page(client, member):
    lapsed = "1705014101900002"
    edition = Edition.objects.get()
    Cover.objects.create(edition=edition, key=cover._key(lapsed, BORN), since=NOW - 9, until=NOW - 1)
    asked = ((NIK, BORN + timedelta(days=1)), (lapsed, BORN), (lapsed, BORN + timedelta(days=9)))
    pages = [ask(client, nik, born).content.decode() for nik, born in asked]
    plain = {re.sub(r"berakhiran \d{4}", "", re.sub(r'value="[^"]*"', "", page)) for page in pages}
    assert len(plain) == 1
    assert "tidak ada perlindungan yang berlaku" in plain.pop()


def test_the_same_questions_are_asked_of_the_database_whoever_it_is(client, member, django_assert_num_queries):
    locks = connection.vendor == "postgresql"
    with django_assert_num_queries(10 + locks) as known:
        ask(client)
    with django_assert_num_queries(len(known.captured_queries)):
        ask(client, "1705014101900009")


def test_heirs_ask_for_the_day_of_death(client, member):
    then = date.today() - timedelta(days=60)
    assert "Terlindungi pada" in ask(client, page="portal_heirs", meninggal=then.isoformat()).content.decode()
    long_ago = date.today() - timedelta(days=400)
    assert "Terlindungi pada" not in ask(client, page="portal_heirs", meninggal=long_ago.isoformat()).content.decode()


@pytest.mark.any_database
def test_ten_thousand_tries_from_everywhere_get_an_hour_s_share_and_no_more(member, settings):
    """Tries from ever new places, of which the numbers follow each other: those beyond the share learn nothing."""
    settings.CHECKS_AN_HOUR = 40
    learned = 0
    for n in range(10_000):
        if limits.may_ask(limits.CHECK, "cek", f"10.{n // 250}.{n % 250}.1", timezone.now()):
            learned += cover.covered_until(f"17050141019{n:05}", BORN, date.today()) is not None
    assert Check.objects.count() == 40
    assert learned <= 1
    assert {name.name for name in Check._meta.get_fields()} == {"id", "kind", "place", "at"}


def test_tries_by_the_page_are_turned_away_alike_whomever_they_name(client, member, settings):
    settings.CHECKS_AN_HOUR = 10
    settings.CHECKS_A_DAY = 1_000
    pages = [ask(client, f"17050141019{n:05}") for n in range(9)] + [ask(client)]
    assert {page.status_code for page in pages} == {200}
    refused = [ask(client, nik) for nik in [NIK, *(f"17050141019{n:05}" for n in range(100))]]
    assert {page.status_code for page in refused} == {429}
    assert len({re.sub(r'value="[^"]*"', "", page.content.decode()) for page in refused}) == 1


def test_a_household_of_ipv6_is_one_place(member, settings):
    settings.CHECKS_A_DAY = 2
    asked = [limits.may_ask(limits.CHECK, "cek", f"2001:db8:1:2::{n}", timezone.now()) for n in range(4)]
    assert asked == [True, True, False, False]
    assert limits.may_ask(limits.CHECK, "cek", "2001:db8:1:3::1", timezone.now())


def test_one_place_asks_a_few_times_a_day(client, member, settings):
    statuses = [ask(client).status_code for _ in range(settings.CHECKS_A_DAY + 2)]
    assert statuses == [200] * settings.CHECKS_A_DAY + [429, 429]


def test_a_number_that_is_none_is_said_beside_the_field_and_costs_no_try(client, member):
    answer = ask(client, "123")
    assert answer.status_code == 422
    assert "NIK ada 16 angka" in answer.content.decode()
    assert not Check.objects.exists()


def test_a_new_edition_replaces_the_old_whole(member):
    other = "1705014101900003"
    assert cover.publish([(other, BORN, NOW - 1, NOW)], date.today()) == 1
    assert cover.covered_until(NIK, BORN, date.today()) is None
    assert cover.covered_until(other, BORN, date.today()) == NOW
    assert Edition.objects.count() == 1


def test_before_anything_is_published_the_page_says_so(client, db):
    assert "Data peserta belum ada" in client.get(reverse("portal_check")).content.decode()


def test_the_leaflet_prints(client, db):
    assert client.get(reverse("portal_leaflet")).content.startswith(b"%PDF")


def test_a_register_brought_in_by_any_way_is_answered_from(regions, settings, tmp_path):
    settings.DATA = str(tmp_path)
    rows = pl.DataFrame({
        "kpj": ["1", "2", "3"], "nik": [NIK, "1705014101900002", None], "nama": ["A", "B", "C"],
        "tanggal_lahir": [BORN, None, BORN], "jenis_kelamin": ["P", "L", "L"], "kode_wilayah": ["1705"] * 3,
        "segmen": ["BPU"] * 3, "mulai": [month_text(NOW - 6)] * 3, "dibayar_sampai": [month_text(NOW + 1)] * 3,
    })  # fmt: skip
    whole = io.BytesIO()
    rows.write_parquet(whole)
    file = SimpleUploadedFile("peserta.parquet", whole.getvalue())
    read_snapshot(receive(file, "peserta", date.today(), "uji", by=None), Silent())
    assert cover.newest() is None
    published.ask_to_publish()
    run_job.call(Job.objects.get(kind=published.KIND).pk)
    assert cover.covered_until(NIK, BORN, date.today()) == NOW + 1
    assert Cover.objects.count() == 1
    published.ask_to_publish()
    assert Job.objects.filter(kind=published.KIND).count() == 1
