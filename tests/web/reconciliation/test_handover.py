"""A payer hands people to the next: the same months, one transaction, two persons."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import reconciled
from django.test import Client
from reconciled import NOV, RATE, fund

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.decrees import annex
from jangkau.apps.enrolment.models import Account, Batch, BatchLine, Decree, DecreeLine, MonthState, PersonMonth
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.reconciliation import handover
from jangkau.apps.reconciliation.handover import Asked
from jangkau.apps.reconciliation.models import Handover
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

pytestmark = pytest.mark.usefixtures("regions", "_data")


@pytest.fixture
def _data(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path


def asked(first: int = NOV + 1, target: str = "BAZNAS", **terms: object) -> Asked:
    reconciled.books(reconciled.people(["aktif", "aktif"]))
    made = fund(target, "ZAKAT", "17")
    for name, value in terms.items():
        setattr(made, name, value)
    made.save()
    return Asked(fund(), made, "1705", first)


def proposed(user: Callable[..., User], what: Asked) -> Handover:
    return handover.propose(what, "560/9/2026", date(2026, 11, 20), by=user("operator_kab"))


def live(kode: str) -> list[int]:
    found = PersonMonth.objects.filter(fund__kode=kode, state=MonthState.COMMITTED, person=0)
    return sorted(found.values_list("month", flat=True))


def test_the_next_fund_promises_what_the_other_lets_go(user) -> None:
    what = asked()
    assert live("SELUMA") == [NOV + n for n in range(1, 7)]
    done = handover.approve(proposed(user, what), by=user("penyetuju"))
    assert (done.people, done.months, done.released) == (2, 12, 12 * RATE)
    assert (live("SELUMA"), live("BAZNAS")) == ([], [NOV + n for n in range(1, 7)])
    # zakat has the relief of half while it lasts: December, then in full
    assert done.committed == 2 * (8_400 + 5 * RATE)
    annex.write(done.decree)
    assert {file.name for file in done.decree.files.all()} == {"1705.pdf", "1705.xlsx"}
    line = DecreeLine.objects.get(decree=done.decree, enrolment__person=0)
    assert (line.first, line.months, line.price) == (NOV + 1, 6, 8_400)
    assert verify(Fund.objects.all()) == []


def test_nothing_moves_before_another_person_approves(user) -> None:
    what = asked()
    made = proposed(user, what)
    with pytest.raises(Problem, match="SERAH_TERIMA_SENDIRI"):
        handover.approve(made, by=user("operator_kab"))
    assert live("BAZNAS") == []
    handover.refuse(made, "Dananya belum pasti", by=user("penyetuju"))
    with pytest.raises(Problem, match="SERAH_TERIMA_SELESAI"):
        handover.approve(made, by=user("penyetuju"))


def test_a_fund_that_is_short_takes_nobody_and_nobody_is_let_go(user) -> None:
    what = asked(anggaran=2 * RATE)
    with pytest.raises(Problem, match="DANA_KURANG"):
        handover.approve(proposed(user, what), by=user("penyetuju"))
    assert live("SELUMA") == [NOV + n for n in range(1, 7)]
    assert Decree.objects.count() == 1
    assert verify(Fund.objects.all()) == []


@pytest.mark.parametrize(
    ("terms", "cause"),
    [({"wilayah": "1704"}, "luar wilayahnya"), ({"pekerjaan": "NELAYAN"}, "pekerjaannya lain"),
     ({"berlaku_sampai": "2027-01"}, "di luar masa berlakunya")],
)  # fmt: skip
def test_a_fund_takes_only_whom_it_may_pay(terms: dict, cause: str) -> None:
    with pytest.raises(Problem, match=f"SERAH_TERIMA_DANA.*2 orang.*{cause}"):
        handover.preview(asked(**terms))


def test_months_on_their_way_to_the_insurer_stay(user) -> None:
    what = asked()
    line = DecreeLine.objects.get(enrolment__person=0)
    sent = Batch.objects.create(fund=fund(), month=NOV + 1, year=2026, number=7, region_code="1705", state="diajukan")
    BatchLine.objects.create(batch=sent, enrolment=line.enrolment, line=line, row=1, signature="x", first=NOV + 1,
                             months=1, amount=RATE)  # fmt: skip
    handover.approve(proposed(user, what), by=user("penyetuju"))
    assert live("SELUMA") == [NOV + 1]
    assert Account.objects.get(fund=fund(), kind="komitmen").balance == RATE


def test_a_gap_that_is_there_already_is_told() -> None:
    what = asked(first=NOV + 3)
    assert handover.preview(what).gaps == 0
    ledger.release(PersonMonth.objects.filter(month=NOV + 2, person=0), by=None)
    assert handover.preview(what).gaps == 1


def test_it_is_counted_then_proposed_then_approved_on_the_page(sign_in: Callable[..., Client]) -> None:
    what = asked()
    form = {"dari": what.source.pk, "ke": what.target.pk, "wilayah": "1705", "mulai": "2026-12", "nomor": "560/9",
            "tanggal": "2026-11-20"}  # fmt: skip
    clerk = sign_in("operator_kab")
    page = clerk.post("/kepesertaan/serah-terima/usulkan/", form).content.decode()
    assert "2 orang, 12 bulan" in page
    assert not Handover.objects.exists()
    clerk.post("/kepesertaan/serah-terima/usulkan/", {**form, "yakin": "ya"})
    made = Handover.objects.get()
    wrong = clerk.post("/kepesertaan/serah-terima/usulkan/", {**form, "ke": what.source.pk})
    assert (wrong.status_code, "Pilih dana lain" in wrong.content.decode()) == (422, True)
    answer = sign_in("penyetuju").post(
        f"/kepesertaan/serah-terima/{made.pk}/putuskan/", {"putusan": "setuju"}, follow=True
    )
    assert "tidak ada bulan tanpa pembayar" in answer.content.decode()
    assert live("BAZNAS") == [NOV + n for n in range(1, 7)]
