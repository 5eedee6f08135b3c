"""A new register of members is reconciled with the books: findings, steps, and nothing twice."""

from datetime import date
from pathlib import Path

import matched
import pytest
import reconciled
from reconciled import BEGAN, KINDS, NOV, RATE, finding, work, world

from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment.models import Enrolment, Step
from jangkau.apps.jobs.models import Job
from jangkau.apps.reconciliation import actions
from jangkau.apps.reconciliation import run as running
from jangkau.apps.reconciliation.models import Decision, Finding, Reconciliation
from jangkau.core.kernel.problems import Problem

pytestmark = pytest.mark.usefixtures("regions", "_data")


@pytest.fixture
def _data(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path


def told() -> list[tuple[object, ...]]:
    columns = ("enrolment", "kind", "also", "evidence", "release", "refund", "decision", "fund__kode")
    return [tuple(map(str, row)) for row in Finding.objects.order_by("enrolment").values_list(*columns)]


def test_each_person_has_one_finding_and_all_are_counted() -> None:
    made = world()
    assert made.done
    assert made.counts == {"170501": dict.fromkeys(sorted(KINDS), 1)}
    assert sorted(Finding.objects.values_list("kind", flat=True)) == sorted(set(KINDS) - {"aktif"})


def test_money_at_stake_is_named_by_month() -> None:
    world()
    dead, formal = finding("meninggal"), finding("menjadi_formal")
    assert dead.refund == [NOV - 1, NOV]  # died in September: October and November were paid
    assert dead.release == [NOV + n for n in range(1, 7)]
    assert (dead.refund_amount, dead.release_amount) == (2 * RATE, 6 * RATE)
    assert (formal.refund, formal.release) == ([], [NOV + n for n in range(1, 7)])
    assert finding("dibayar_lain").refund == [NOV - 1, NOV]
    assert finding("tidak_dikenal").refund == [BEGAN + n for n in range(6)]


def test_evidence_is_masked() -> None:
    world()
    said = finding("menjadi_formal").evidence
    assert said["formal_kpj"] == "2000•••0003"
    assert said["formal_sejak"] == "2026-10"
    assert finding("meninggal").evidence["wafat"] == "2026-09"
    assert "wafat" not in finding("menunggak").evidence


def test_steps_follow_the_register_by_machine_and_name_it() -> None:
    world()
    states = dict(Enrolment.objects.values_list("person__nama", "state"))
    assert states["AKTIF CONTOH"] == "aktif"
    assert states["MENUNGGAK CONTOH"] == "tunggakan"
    assert states["LAPSE CONTOH"] == "non-aktif"
    assert states["MENINGGAL CONTOH"] == "dibayar"  # a person decides
    path = [(s.before, s.after, s.by, s.why) for s in Step.objects.filter(enrolment__person__nama="LAPSE CONTOH")]
    why = "Register peserta per 30 November 2026"
    assert path == [("dibayar", "tunggakan", None, why), ("tunggakan", "non-aktif", None, why)]


def test_the_same_register_again_changes_nothing() -> None:
    made = world()
    before, steps = told(), Step.objects.count()
    actions.start(made.snapshot, by=None)
    work()
    assert (told(), Step.objects.count(), Reconciliation.objects.count()) == (before, steps, 1)


def test_what_was_decided_stays(user) -> None:
    made = world()
    clerk = user("operator_kab")
    actions.stop(Finding.objects.filter(kind="menjadi_formal"), "Sudah bekerja di pabrik", by=clerk)
    actions.put_off(Finding.objects.filter(kind="lapse"), "Ditanya dulu", by=clerk)
    actions.take_back(Finding.objects.filter(kind="dibayar_lain"), "Kembali 5 Desember", by=clerk)
    actions.start(made.snapshot, by=None)
    work()
    decided = dict(Finding.objects.values_list("kind", "decision"))
    assert (decided["menjadi_formal"], decided["lapse"], decided["meninggal"]) == ("hentikan", "tunda", "")
    assert finding("dibayar_lain").refunded_at
    assert finding("lapse").by == clerk
    assert Finding.objects.count() == len(KINDS) - 1


def test_a_run_that_breaks_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolments = reconciled.people(KINDS)
    reconciled.books(enrolments)
    actions.start(reconciled.registers(enrolments, KINDS), by=None)
    with monkeypatch.context() as broken:
        broken.setattr(running, "_months", lambda found: 1 / 0)
        work()
    assert (Finding.objects.count(), Step.objects.count()) == (0, 0)
    assert not Reconciliation.objects.get().done
    actions.start(Reconciliation.objects.get().snapshot, by=None)
    work()
    assert Finding.objects.count() == len(KINDS) - 1


def test_a_register_that_becomes_ready_is_reconciled_by_itself(sign_in) -> None:
    enrolments = reconciled.people(["aktif"])
    reconciled.books(enrolments)
    snapshot = reconciled.registers(enrolments, ["aktif"])
    Job.objects.create(kind="registers.read", args={"snapshot": snapshot.pk}, state="antre")
    work()
    assert Reconciliation.objects.get().done
    assert Event.objects.filter(tindakan="reconciliation.run").count() == 1


def test_an_older_register_moves_nobody() -> None:
    enrolments = reconciled.people(["aktif"])
    reconciled.registers(enrolments, ["aktif"])
    old = matched.snapshot(matched.PESERTA, [], date(2026, 8, 31))
    with pytest.raises(Problem, match="REKONSILIASI_REGISTER_LAMA.*31 Agustus 2026"):
        actions.start(old, by=None)


def test_a_later_decision_on_an_ended_membership_is_not_found_again(user) -> None:
    made = world(kinds=["meninggal", "aktif"])
    actions.stop(Finding.objects.filter(kind="meninggal"), "Akta kematian", by=user("operator_kab"))
    actions.start(made.snapshot, by=None)
    work()
    made.refresh_from_db()
    assert made.counts == {"170501": {"aktif": 1}}
    assert finding("meninggal").decision == Decision.STOP
