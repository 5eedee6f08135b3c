"""Tampering with the log shows."""

from collections.abc import Callable

import pytest

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.chain import check
from jangkau.apps.audit.models import Event, Head


def verdict() -> object:
    head = Head.objects.get()
    return check(Event.objects.order_by("nomor"), (head.nomor, head.hash))


@pytest.fixture
def three(user: Callable[..., User]) -> None:
    for number in range(3):
        record("uji", by=user("auditor"), after={"nik": "1705010101900001", "ke": number})


def test_an_untouched_log_holds(three: None) -> None:
    assert verdict() is None


def test_long_numbers_are_masked_and_secrets_left_out(user: Callable[..., User]) -> None:
    event = record("uji", by=user("admin"), before={"nama": "x 1705010101900001", "password": "rahasia"})
    assert event.sebelum == {"nama": "x 1705••••••••0001"}


@pytest.mark.parametrize(("change", "nomor", "sebab"), [
    (lambda: Event.objects.filter(nomor=2).update(alasan="lain"), 2, "diubah"),
    (lambda: Event.objects.filter(nomor=2).delete(), 2, "hilang"),
    (lambda: Event.objects.filter(nomor=3).delete(), 3, "ujung"),
])  # fmt: skip
def test_change_loss_and_cut_are_found(three: None, change: Callable[[], object], nomor: int, sebab: str) -> None:
    change()
    broken = verdict()
    assert (broken.nomor, broken.sebab) == (nomor, sebab)
