"""The person's page tells of decrees, months and payments."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment.models import Batch, Decree, Enrolment, PersonMonth
from jangkau.apps.linkage.models import Person
from jangkau.apps.people.held import own_months, way
from jangkau.apps.registry.models import Fund, Programme

from .conftest import FIRST, person_months


@pytest.fixture
def paid(decree: Callable[..., Decree]) -> Person:
    """Three months promised, the first two paid, one of another person refunded."""
    made = decree(people=2, months=3)
    ledger.commit(person_months(made), decree=made, by=None)
    batch = Batch.objects.create(fund=Fund.objects.get(), month=FIRST, year=2027, number=1, region_code="1705")
    early = PersonMonth.objects.filter(month__lt=FIRST + 2)
    ledger.bill(early, batch=batch, by=None)
    ledger.pay(early, batch=batch, by=None)
    ledger.refund(PersonMonth.objects.filter(person=2, month=FIRST), by=None)
    return Person.objects.get(pk=1)


def test_paid_months_are_runs_and_the_rest_is_promised(paid: Person) -> None:
    runs, promised = own_months(paid)
    assert [(run.payer, run.start, run.until, run.kpj) for run in runs] == [("P", FIRST, FIRST + 1, "")]
    assert promised == {FIRST + 2: "P"}
    runs, _ = own_months(Person.objects.get(pk=2))
    assert [(run.start, run.until) for run in runs] == [(FIRST + 1, FIRST + 1)]


def test_the_way_names_decree_step_payment_and_refund(paid: Person, user: Callable) -> None:
    steps.move(Enrolment.objects.filter(person=paid), "diajukan", by=user("operator_kab"))
    told = {moment.title: moment for moment in way(paid)}
    assert told["Namanya ada dalam SK"].text == "560/1/2026, Dana SELUMA: Januari 2027 sampai Maret 2027."
    assert told["Namanya ada dalam SK"].day == date(2026, 12, 1)
    assert told["Iuran dibayar"].text == "Dana SELUMA, Januari 2027 sampai Februari 2027: 2 bulan."
    assert "operator_kab" in told["Kepesertaan: diajukan"].text
    assert "Iuran dikembalikan" in {moment.title for moment in way(Person.objects.get(pk=2))}


def test_the_page_shows_promised_months_of_the_next_year(
    sign_in: Callable[..., Client], paid: Person, django_assert_max_num_queries: Callable
) -> None:
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
    client = sign_in("operator_kab")
    with django_assert_max_num_queries(32):
        page = client.get(reverse("person", args=[paid.id_pekerja])).content.decode()
    assert ">2027<" in page
    assert "<td>Maret 2027</td><td>dijanjikan</td>" in page
    assert "<td>Januari 2027</td><td>dibayar</td>" in page
