"""From a draft to a frozen plan: two persons, one way, every step on record."""

import shutil

import planned
import pytest
import worlds
from django.test import override_settings
from django.urls import reverse

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.audit.models import Event
from jangkau.apps.notices.selectors import unread
from jangkau.apps.planning import actions, selectors
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem
from tests.web.conftest import make_regions


def verbs():
    return list(
        Event.objects.filter(tindakan__startswith="plans.").order_by("nomor").values_list("tindakan", flat=True)
    )


def post(client, plan, step, **data):
    return client.post(reverse(f"plan_{step}", args=[plan.pk]), data)


_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def made(module_db, tmp_path_factory):
    """A plan and the folder that its files are in."""
    make_regions()
    with override_settings(DATA=str(tmp_path_factory.mktemp("rencana"))):
        made = planned.a_plan(make_user("pengelola", worlds.PASSWORD, "pengelola", "17"), PlanState.READY)
        return made.pk, made.folder


@pytest.fixture
def draft(made, db):
    plan = Plan.objects.get(pk=made[0])
    shutil.copytree(made[1], plan.folder)
    return plan


def test_a_plan_is_proposed_by_one_and_frozen_by_another(draft, sign_in):
    assert post(sign_in("operator_kab"), draft, "propose").status_code == 302
    approver = sign_in("penyetuju")
    assert "Rencana menunggu persetujuan Anda" in approver.get("/").content.decode()
    assert post(approver, draft, "approve").status_code == 302
    draft.refresh_from_db()
    assert draft.frozen
    assert (draft.proposed_by.username, draft.approved_by.username) == ("operator_kab", "penyetuju")
    assert draft.checked_well
    assert verbs() == ["plans.propose", "plans.approve"]
    assert not any(path.stat().st_mode & 0o222 for path in draft.folder.iterdir())
    assert len(selectors.paid_rows(draft)) == 3


def test_who_approves_is_told_of_another_plan_that_wants_the_same_money_and_people(draft, sign_in, user):
    made_by = user("pengelola")
    fund = {"jenis": "APBD_KAB", "wilayah": "1705"}
    Fund.objects.create(kode="DANA_A", nama="Dana A", anggaran=30 * planned.RATE, **fund)
    Fund.objects.create(kode="DANA_B", nama="Dana B", anggaran=12 * planned.RATE, **fund)
    actions.propose(draft, by=user("operator_kab"))
    approver = sign_in("penyetuju")
    page = reverse("plan", args=[draft.pk])
    assert "bentrok" not in approver.get(page).content.decode()
    planned.a_plan(made_by, PlanState.APPROVED, title="Rencana lama")
    told = approver.get(page).content.decode().replace("\N{NO-BREAK SPACE}", "")
    assert "Dana A kurang Rp100.800" in told  # 18 and 18 months of 16.800, where there is money for 30
    assert "Dana B kurang" not in told
    assert "2 orang dibayar untuk bulan yang sama oleh" in told
    post(approver, draft, "approve")
    event = Event.objects.filter(tindakan="plans.approve").get()
    assert event.sesudah["bentrok"]["dana"] == {"DANA_A": 6 * planned.RATE}


def test_whoever_made_or_proposed_it_never_approves_even_with_both_roles(draft, user):
    both = user("operator_kab")
    both.assignments.create(role="penyetuju", region_code="1705")
    actions.propose(draft, by=both)
    for own in (both, draft.made_by):
        with pytest.raises(Problem) as told:
            actions.approve(draft, by=own)
        assert told.value.kind.kode == "RENCANA_PENGUSUL_SAMA"
    assert draft not in selectors.waiting(both)
    assert draft in selectors.waiting(user("penyetuju"))


def test_a_plan_is_refused_with_a_reason_only(draft, sign_in, user):
    actions.propose(draft, by=user("operator_kab"))
    client = sign_in("penyetuju")
    assert post(client, draft, "refuse", alasan="tidak").status_code == 422
    post(client, draft, "refuse", alasan="Dana zakat belum cair sampai Maret")
    draft.refresh_from_db()
    assert draft.state == PlanState.REFUSED
    assert "Dana zakat belum cair sampai Maret" in client.get(reverse("plan", args=[draft.pk])).content.decode()
    with pytest.raises(Problem):
        actions.propose(draft, by=user("operator_kab", "17"))
    assert verbs() == ["plans.propose", "plans.refuse"]


def test_a_proposal_is_taken_back_and_made_again(draft, sign_in):
    client = sign_in("operator_kab")
    for step in ("propose", "withdraw", "propose"):
        post(client, draft, step)
    assert Plan.objects.get().state == PlanState.PROPOSED
    assert verbs() == ["plans.propose", "plans.withdraw", "plans.propose"]
    assert post(client, draft, "propose").status_code == 409


def test_approvers_are_told_of_each_proposal_until_it_is_decided(draft, user):
    clerk, approver = user("operator_kab"), user("penyetuju")
    actions.propose(draft, by=clerk)
    actions.withdraw(draft, by=clerk)
    assert unread(approver) == 0
    actions.propose(draft, by=clerk)
    assert (unread(approver), unread(clerk)) == (1, 0)
    actions.refuse(draft, "Uangnya tidak cukup", by=approver)
    assert unread(approver) == 0


def test_a_tampered_plan_is_not_approved_and_says_so(draft, sign_in, user):
    actions.propose(draft, by=user("operator_kab"))
    path = draft.folder / "rencana.parquet"
    path.write_bytes(path.read_bytes() + b"\0")
    client = sign_in("penyetuju")
    assert post(client, draft, "approve").status_code == 409
    draft.refresh_from_db()
    assert draft.state == PlanState.PROPOSED
    page = client.get(reverse("plan", args=[draft.pk])).content.decode()
    assert "Berkas rencana ini telah diubah" in page
    assert "RENCANA_BERKAS_DIUBAH" in page
    assert "Setujui dan bekukan" not in page
    assert verbs() == ["plans.propose", "plans.check"]


def test_a_plan_forged_with_its_sum_is_found_by_the_check(draft, user):
    path = draft.folder / "rencana.json"
    path.write_text(path.read_text().replace('"tujuan": 180', '"tujuan": 181'))
    draft.sha256 = actions.sum_of(draft.folder)
    draft.state = PlanState.PROPOSED
    draft.save()
    with pytest.raises(Problem) as told:
        actions.approve(draft, by=user("penyetuju"))
    assert told.value.kind.kode == "RENCANA_TIDAK_LOLOS"
    draft.refresh_from_db()
    assert "SERTIFIKAT_SALAH" in {one["kode"] for one in draft.checked["temuan"]}


def test_a_frozen_plan_is_checked_again_at_any_time(regions, user, sign_in):
    plan, client = planned.a_plan(user("operator_kab")), sign_in("auditor")
    assert "tidak ada satu rupiah" in client.post(reverse("plan_check", args=[plan.pk]), follow=True).content.decode()
    (plan.folder / "kas.csv").unlink()
    told = client.post(reverse("plan_check", args=[plan.pk]), follow=True).content.decode()
    assert "tidak lolos" in told
    assert Plan.objects.get(pk=plan.pk).state == PlanState.APPROVED


def test_of_two_decisions_at_once_the_second_is_refused(draft, user):
    actions.propose(draft, by=user("operator_kab"))
    same, other = Plan.objects.get(), Plan.objects.get()
    actions.refuse(same, "Uangnya belum ada tahun ini", by=user("penyetuju"))
    with pytest.raises(Problem) as told:
        actions.approve(other, by=user("penyetuju", "17"))
    assert told.value.kind.kode == "RENCANA_LANGKAH"
