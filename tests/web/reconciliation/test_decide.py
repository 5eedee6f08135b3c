"""Decisions move the money and the membership, and can be undone while their money has not moved on."""

from pathlib import Path

import pytest
import reconciled
from reconciled import NOV, RATE, finding, fund, world

from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import Account, Batch, Enrolment, MonthState, PersonMonth
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.reconciliation import actions
from jangkau.apps.reconciliation.models import Decision, Finding
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

pytestmark = pytest.mark.usefixtures("regions", "_data")


@pytest.fixture
def _data(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path


def promised(enrolment: Enrolment) -> list[int]:
    found = PersonMonth.objects.filter(enrolment=enrolment, state=MonthState.COMMITTED)
    return sorted(found.values_list("month", flat=True))


def of(kind: str) -> "object":
    return Finding.objects.filter(kind=kind)


def free() -> int:
    return Account.objects.get(kind="tersedia", fund=fund()).balance


def test_stopping_lets_the_money_go_and_ends_the_membership_with_its_reason(user) -> None:
    world()
    before, clerk = free(), user("operator_kab")
    done = actions.stop(of("meninggal"), "Akta kematian dari desa", by=clerk)
    assert (done.people, done.months, done.rupiah, done.billed) == (1, 6, 6 * RATE, 0)
    assert free() == before + 6 * RATE
    ended = finding("meninggal").enrolment
    assert (ended.state, ended.reason) == ("selesai", "meninggal")
    assert ended.steps.last().why == "Akta kematian dari desa"
    event = Event.objects.get(tindakan="reconciliation.decide")
    assert (event.region_code, event.sesudah["rupiah"], event.alasan) == (
        reconciled.NIUR,
        6 * RATE,
        ended.steps.last().why,
    )
    assert verify(Fund.objects.all()) == []


def test_stopping_for_another_payer_frees_only_his_months_and_ends_nothing(user) -> None:
    world()
    state = finding("dibayar_lain").enrolment.state
    actions.stop(of("dibayar_lain"), "Dibayar perusahaan", by=user("operator_kab"))
    assert finding("dibayar_lain").enrolment.state == state
    assert len(promised(finding("dibayar_lain").enrolment)) == 6


def test_months_that_are_billed_wait_for_their_bill(user) -> None:
    world()
    ours = finding("pindah").enrolment
    batch = Batch.objects.create(fund=fund(), month=NOV + 1, year=2026, number=9, region_code="1705")
    ledger.bill(PersonMonth.objects.filter(enrolment=ours, month=NOV + 1), batch=batch, by=None)
    done = actions.stop(of("pindah"), "Pindah", by=user("operator_kab"))
    assert (done.months, done.billed) == (5, 1)


def test_money_that_came_back_is_booked_once(user) -> None:
    world()
    before, clerk = free(), user("operator_kab")
    done = actions.take_back(of("meninggal"), "Transfer 5 Desember", by=clerk)
    assert (done.months, done.rupiah) == (2, 2 * RATE)
    assert actions.take_back(of("meninggal"), "Sekali lagi", by=clerk).months == 0
    assert free() == before + 2 * RATE
    assert verify(Fund.objects.all()) == []


def test_a_decision_taken_back_promises_the_same_months_again(user) -> None:
    world()
    clerk, ours = user("operator_kab"), finding("menjadi_formal").enrolment
    before = (promised(ours), free(), ours.state)
    actions.stop(of("menjadi_formal"), "Bekerja di pabrik", by=clerk)
    actions.undo(finding("menjadi_formal"), by=clerk)
    ours.refresh_from_db()
    assert (promised(ours), free(), ours.state, ours.reason) == (*before, "")
    assert finding("menjadi_formal").decision == Decision.OPEN
    actions.stop(of("menjadi_formal"), "Bekerja di pabrik", by=clerk)
    assert promised(ours) == []
    assert verify(Fund.objects.all()) == []


def test_nothing_is_undone_once_the_money_has_moved_on(user) -> None:
    world()
    clerk = user("operator_kab")
    actions.stop(of("meninggal"), "Akta kematian", by=clerk)
    actions.take_back(of("meninggal"), "Transfer", by=clerk)
    with pytest.raises(Problem, match="TEMUAN_UANG_KEMBALI"):
        actions.undo(finding("meninggal"), by=clerk)


def test_an_undo_that_the_fund_cannot_pay_changes_nothing(user) -> None:
    world()
    clerk = user("operator_kab")
    actions.stop(of("menjadi_formal"), "Bekerja di pabrik", by=clerk)
    spent = fund()
    spent.anggaran -= free()
    spent.save()
    with pytest.raises(Problem, match="DANA_KURANG"):
        actions.undo(finding("menjadi_formal"), by=clerk)
    assert finding("menjadi_formal").enrolment.state == "selesai"
    assert finding("menjadi_formal").decision == Decision.STOP


def test_an_undo_of_somebody_enrolled_anew_is_refused(user) -> None:
    world()
    clerk = user("operator_kab")
    actions.stop(of("menjadi_formal"), "Bekerja di pabrik", by=clerk)
    Enrolment.objects.create(person=finding("menjadi_formal").enrolment.person, region_code=reconciled.NIUR)
    with pytest.raises(Problem, match="TEMUAN_SUDAH_DIBUKA"):
        actions.undo(finding("menjadi_formal"), by=clerk)


def test_putting_off_is_undone_too(user) -> None:
    world()
    clerk = user("operator_kab")
    assert actions.put_off(of("lapse"), "Ditanya dulu", by=clerk).people == 1
    assert actions.undo(finding("lapse"), by=clerk).decision == Decision.OPEN
