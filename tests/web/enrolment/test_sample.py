"""What the demo shows of decrees and batches is made by the actions of an office, once."""

from collections.abc import Callable

import enrolled

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Batch, BatchState, Decree, Reopening
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.progress import Silent
from jangkau.web.sample_batches import NUMBER, show_batches


def test_the_demo_issues_a_decree_and_sends_a_batch_once(
    user: Callable[..., User], regions: None, settings, tmp_path
) -> None:
    settings.DATA = str(tmp_path)
    clerk, approver = user("operator_kab"), user("penyetuju")
    enrolled.funds()
    enrolled.people()
    enrolled.approved(clerk)
    for _ in range(2):
        show_batches("1705", Silent(), by=clerk, approver=approver)
    assert Decree.objects.get().number == NUMBER
    assert Batch.objects.get().state in {BatchState.SENT, BatchState.ANSWERED}
    asked = Reopening.objects.get()
    assert (asked.enrolment.state, asked.state) == ("selesai", "menunggu")
    assert verify(Fund.objects.all()) == []


def test_without_an_approved_plan_nothing_is_made(user: Callable[..., User], regions: None) -> None:
    assert show_batches("1705", Silent(), by=user("operator_kab"), approver=user("penyetuju")) is None
    assert not Decree.objects.exists()
