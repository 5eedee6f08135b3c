"""A decree is revoked by two persons; what is billed of people who have stopped is settled in sight."""

from collections.abc import Callable
from datetime import date

import enrolled
import pytest
from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment import steps
from jangkau.apps.enrolment.batches import pay, send
from jangkau.apps.enrolment.decrees import draft, issue, revoke
from jangkau.apps.enrolment.models import Batch, BatchState, Decree, DecreeState, Enrolment, PersonMonth
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

Users = Callable[..., User]


@pytest.fixture(autouse=True)
def data(settings, tmp_path, regions):
    settings.DATA = str(tmp_path)


def told(action: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        action()
    return caught.value.kind.kode


def states() -> dict[str, str]:
    return dict(Enrolment.objects.values_list("person__nama", "state"))


def money() -> set[str]:
    return set(PersonMonth.objects.values_list("state", flat=True))


def revoked(user: Users, files: bool = False) -> Decree:
    made = revoke.draft_revocation(Decree.objects.get(), "Anggaran dibatalkan", by=user("pengelola"))
    made = issue.propose(made, "560/30/2027", date(2027, 2, 1), by=user("pengelola"))
    made = enrolled.with_files(made) if files else enrolled.unwritten(made)
    return issue.issue(made, by=user("penyetuju"))


def test_a_revocation_lets_go_of_money_and_people_and_says_who_left(user: Users) -> None:
    old = enrolled.in_force(user)
    made = revoked(user, files=True)
    old.refresh_from_db()
    assert (old.state, made.state) == (DecreeState.REVOKED, DecreeState.IN_FORCE)
    assert [file.name for file in made.files.all()] == ["perubahan.pdf", "perubahan.xlsx"]
    assert made.removals.count() == old.lines.count() == 3
    assert states() == {"ANI CONTOH": "diusulkan", "BUDI CONTOH": "diusulkan"}
    assert money() == {"lepas"}
    assert verify(Fund.objects.all()) == []
    assert told(lambda: draft.new_version(made, by=user("pengelola"))) == "SK_KEADAAN"
    again = draft.draft(old.plan, "1705", "Sekali lagi", by=user("pengelola"))
    assert again.series != old.series


def test_a_revocation_is_prepared_once_and_issued_by_another(user: Users) -> None:
    made, by = enrolled.in_force(user), user("pengelola")
    first = revoke.draft_revocation(made, "Anggaran dibatalkan", by=by)
    assert revoke.draft_revocation(made, "Lagi", by=by) == first
    first = enrolled.unwritten(issue.propose(first, "560/30/2027", date(2027, 2, 1), by=by))
    assert told(lambda: issue.issue(first, by=by)) == "SETUJU_SENDIRI"
    assert money() == {"komitmen"}


def test_nobody_is_revoked_between_two_versions_or_before_the_answer(user: Users) -> None:
    batch, by = enrolled.sent(user), user("pengelola")
    assert told(lambda: revoke.draft_revocation(Decree.objects.get(), "x", by=by)) == "SK_MENUNGGU_JAWABAN"
    send.cancel(batch, "SK dicabut", by=by)
    version = draft.new_version(Decree.objects.get(), by=by)
    old = Decree.objects.get(version=1)
    assert told(lambda: revoke.draft_revocation(old, "x", by=by)) == "SK_VERSI_DISIAPKAN"
    draft.discard(version, by=by, why="tidak jadi")
    assert revoke.draft_revocation(old, "x", by=by).revokes


def test_billed_months_of_a_revoked_decree_wait_in_sight_and_are_dropped(user: Users, sign_in) -> None:
    batch = enrolled.billed(user)
    revoked(user)
    assert states() == {"ANI CONTOH": "ditagih", "BUDI CONTOH": "diusulkan"}
    assert money() == {"ditagih", "lepas"}
    client = sign_in("pengelola")
    assert "orang yang sudah berhenti masih ditagih" in client.get("/kepesertaan/").content.decode()
    page = reverse("batch", args=[batch.pk])
    assert "Keluarkan dari tagihan" in client.get(page).content.decode()
    assert client.post(reverse("batch_drop", args=[batch.pk]), {"keluar-sebab": ""}).status_code == 422
    client.post(reverse("batch_drop", args=[batch.pk]), {"keluar-sebab": "SK dicabut"})
    assert money() == {"lepas"}
    assert states()["ANI CONTOH"] == "diusulkan"
    assert "masih ditagih" not in client.get("/kepesertaan/").content.decode()
    assert verify(Fund.objects.all()) == []


def test_a_bill_taken_back_lets_those_who_stopped_go(user: Users) -> None:
    batch = enrolled.billed(user)
    steps.move(Enrolment.objects.filter(person__nama="ANI CONTOH"), "selesai", by=user("pengelola"), why="akta",
               reason="meninggal")  # fmt: skip
    assert revoke.to_settle(Batch.objects.all()) == [(batch, 1, 6)]
    pay.unbill(batch, "salah kode", by=user("pengelola"))
    ani = PersonMonth.objects.filter(person__nama="ANI CONTOH", month__gte=enrolled.START + 6)
    assert set(ani.values_list("state", flat=True)) == {"lepas"}
    assert states()["ANI CONTOH"] == "selesai"
    assert verify(Fund.objects.all()) == []


def test_a_bill_with_its_proof_is_not_changed(user: Users) -> None:
    batch = enrolled.entered(user)
    revoked(user)
    assert told(lambda: revoke.drop(batch, "SK dicabut", by=user("pengelola"))) == "PENGAJUAN_KEADAAN"
    assert pay.approve(batch, by=user("penyetuju")).state == BatchState.PAID
    assert money() == {"dibayar", "lepas"}


def test_the_page_prepares_a_revocation(user: Users, sign_in) -> None:
    made = enrolled.in_force(user)
    client = sign_in("pengelola")
    assert "Cabut SK ini" in client.get(reverse("decree", args=[made.pk])).content.decode()
    answer = client.post(reverse("decree_revoke", args=[made.pk]), {"sebab": "Anggaran dibatalkan"}, follow=True)
    page = answer.content.decode()
    assert "Pencabutan: Pekerja rentan Seluma" in page
    assert "3 baris keluar, 0 baris masuk" in page
