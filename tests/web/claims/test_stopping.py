"""Nobody is paid for after their death, and what the programme paid before it counts."""

import mourning
import pytest
from django.urls import reverse
from mourning import ago
from web.enrolment.conftest import RATE, make_decree, make_fund, person_months

from jangkau.apps.claims import actions, selectors
from jangkau.apps.claims.models import CaseStep
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import Account, Batch, DecreeLine, Enrolment, PersonMonth
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import UNABLE


@pytest.fixture
def clerk(regions, user):
    return user("operator_kab")


@pytest.fixture
def promised(clerk):
    """Ahmad is paid from four months before his death: five months paid, the sixth billed, six promised."""
    first = month_of(ago(40)) - 4
    decree = make_decree(make_fund(), [mourning.ahmad()], months=12)
    DecreeLine.objects.filter(decree=decree).update(first=first)
    ledger.commit(person_months(decree), decree=decree, by=None)
    fund = decree.lines.first().fund
    batch = Batch.objects.create(fund=fund, month=first, year=2026, number=1, region_code="1705")
    sent = PersonMonth.objects.filter(month__lte=first + 5)
    ledger.bill(sent, batch=batch, by=None)
    ledger.pay(sent.filter(month__lte=first + 4), batch=batch, by=None)
    return first


def test_months_paid_by_this_programme_count_as_cover(promised, clerk):
    case = mourning.case(clerk, day=ago(40))
    assert (case.status, case.full, case.registered) == ("aktif", True, promised)
    assert case.paid == list(range(promised, promised + 5))


def test_promised_months_are_let_go_and_the_membership_ends(promised, clerk):
    case = mourning.case(clerk, day=ago(40))
    assert selectors.after_death(case) == {"ditagih": 1, "komitmen": 6}
    free = Account.objects.get(kind="tersedia").balance
    assert (actions.stop_paying(case, by=clerk), actions.stop_paying(case, by=clerk)) == (6, 0)
    assert Account.objects.get(kind="tersedia").balance == free + 6 * RATE
    assert selectors.after_death(case) == {"ditagih": 1}
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.reason) == ("selesai", "meninggal")
    assert CaseStep.objects.filter(note__contains="6 bulan").count() == 1


def test_an_accident_stops_nothing(promised, clerk):
    case = mourning.case(clerk, happening=UNABLE, day=ago(40))
    assert selectors.after_death(case) == {}
    with pytest.raises(Problem, match="kasus kematian"):
        actions.stop_paying(case, by=clerk)
    assert Enrolment.objects.get().state != "selesai"


def test_the_button_is_on_the_page_and_works(promised, clerk, sign_in):
    case = mourning.case(clerk, day=ago(40))
    client = sign_in("operator_kab")
    page = client.get(reverse("claim", args=[case.pk])).content.decode()
    assert "6 bulan yang dijanjikan dan 1 bulan yang ditagih" in page
    told = client.post(reverse("claim_stop", args=[case.pk]), follow=True).content.decode()
    assert "6 bulan dilepas" in told
    assert "0 bulan yang dijanjikan dan 1 bulan" in told
