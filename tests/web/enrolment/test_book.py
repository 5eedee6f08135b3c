"""The pages of the ledger."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import Account, Decree, Journal
from jangkau.apps.registry.models import Fund

from .conftest import RATE, make_fund, person_months

SignIn = Callable[..., Client]


@pytest.fixture
def made(decree: Callable[..., Decree]) -> Decree:
    made = decree(people=2, months=2)
    ledger.commit(person_months(made), decree=made, by=None)
    return made


def test_the_trial_balance_shows_the_funds_of_the_region(sign_in: SignIn, made: Decree) -> None:
    make_fund("KAUR", wilayah="1704")
    page = sign_in("operator_kab").get(reverse("book")).content.decode()
    assert "Dana SELUMA" in page
    assert "Dana KAUR" not in page
    assert "9.932.800" in page  # 10.000.000 - 4 x 16.800


def test_the_book_asks_the_database_few_questions_however_much_is_in_it(
    sign_in: SignIn, made: Decree, django_assert_max_num_queries: Callable
) -> None:
    for n in range(5):
        ledger.budget(make_fund(f"F{n}"), by=None)
    client = sign_in("pengelola")
    with django_assert_max_num_queries(14):
        assert client.get(reverse("book")).status_code == 200


def test_one_fund_is_picked(sign_in: SignIn, made: Decree) -> None:
    other = ledger.budget(make_fund("LAIN"), by=None)
    page = sign_in("auditor").get(reverse("book"), {"dana": "SELUMA"}).content.decode()
    assert reverse("journal", args=[other.pk]) not in page


def test_a_journal_shows_its_entries_masked_and_page_by_page(
    sign_in: SignIn, made: Decree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jangkau.apps.enrolment.views.ledger._ENTRIES", 3)
    journal = Journal.objects.get(kind="komitmen")
    client = sign_in("penyetuju")
    first = client.get(reverse("journal", args=[journal.pk]))
    assert b"1705010000000001" not in first.content
    assert "Januari 2027" in first.content.decode()
    following = first.context["following"]
    second = client.get(reverse("journal", args=[journal.pk]), {"sesudah": following})
    assert len(first.context["entries"]) + len(second.context["entries"]) == 4
    assert second.context["following"] is None


def test_exports_open_and_are_on_record(sign_in: SignIn, made: Decree) -> None:
    client = sign_in("auditor")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(reverse("book_export"), {"jenis": "xlsx"}))))
    rows = list(book.active.values)
    assert rows[1][:5] == ("SELUMA", "Dana SELUMA", 10_000_000, 10_000_000 - 4 * RATE, 4 * RATE)
    journal = Journal.objects.get(kind="komitmen")
    lines = b"".join(client.get(reverse("journal_export", args=[journal.pk]))).decode().splitlines()
    assert len(lines) == 5
    assert "1705010000000001" not in lines[1]
    assert Event.objects.filter(tindakan="ledger.export").count() == 2


def test_the_check_says_what_does_not_agree(sign_in: SignIn, made: Decree) -> None:
    client = sign_in("auditor")
    assert "Buku seimbang" in client.post(reverse("book_check"), follow=True).content.decode()
    Account.objects.filter(kind="tersedia").update(balance=5)
    assert "Dana SELUMA, Tersedia: saldo Rp5" in client.post(reverse("book_check"), follow=True).content.decode()


def test_a_changed_budget_is_shown_and_posted(sign_in: SignIn, made: Decree) -> None:
    Fund.objects.update(anggaran=11_000_000)
    other = make_fund("KAUR", wilayah="1704")
    client = sign_in("operator_kab")
    assert re.search(r"daftar dana: Rp\s?11\.000\.000", client.get(reverse("book")).content.decode())
    client.post(reverse("post_budgets"))
    assert -Account.objects.get(kind="anggaran").balance == 11_000_000
    assert not Account.objects.filter(fund=other).exists()
    assert Event.objects.get(tindakan="ledger.budget").sesudah == {"SELUMA": 11_000_000}


def test_an_empty_book_says_when_the_first_line_comes(sign_in: SignIn) -> None:
    assert "Baris pertama muncul saat SK ditetapkan" in sign_in("operator_kab").get(reverse("book")).content.decode()
