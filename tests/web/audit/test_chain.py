"""Tampering with the log is refused by the database; where someone gets past it, it shows."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.models import Event, Head
from jangkau.apps.audit.seal import seal, unseal
from jangkau.apps.audit.selectors import verify


@pytest.fixture
def three(user: Callable[..., User]) -> None:
    for number in range(3):
        record("uji", by=user("auditor"), after={"nik": "1705010101900001", "ke": number})


@pytest.fixture
def opened(three: None) -> Iterator[None]:
    """The triggers taken away, as whoever owns the database can."""
    unseal(connection)
    yield
    seal(connection)


def test_an_untouched_log_holds(three: None) -> None:
    verdict = verify()
    assert (verdict.broken, verdict.jumlah, verdict.hash) == (None, 3, Event.objects.get(nomor=3).hash)


def test_an_empty_log_holds(db: None) -> None:
    assert verify().broken is None


def test_long_numbers_are_masked_and_secrets_left_out(user: Callable[..., User]) -> None:
    event = record("uji", by=user("admin"), before={"nama": "x 1705010101900001", "password": "rahasia"})
    assert event.sebelum == {"nama": "x 1705••••••••0001"}


@pytest.mark.parametrize(
    "change",
    [lambda: Event.objects.update(alasan="lain"), lambda: Event.objects.filter(nomor=2).delete()],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_or_delete_an_event(three: None, change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Event.objects.count() == 3


@pytest.mark.parametrize(("change", "nomor", "sebab"), [
    (lambda: Event.objects.filter(nomor=2).update(alasan="lain"), 2, "diubah"),
    (lambda: Event.objects.filter(nomor=1).update(sesudah={}), 1, "diubah"),
    (lambda: Event.objects.filter(nomor=2).delete(), 2, "hilang"),
    (lambda: Event.objects.filter(nomor=3).delete(), 3, "ujung"),
    (lambda: Head.objects.update(nomor=2), 3, "ujung"),
])  # fmt: skip
def test_change_loss_and_cut_are_found(opened: None, change: Callable[[], object], nomor: int, sebab: str) -> None:
    change()
    broken = verify().broken
    assert broken
    assert (broken.nomor, broken.sebab) == (nomor, sebab)


def test_a_chain_written_anew_is_found_by_what_was_noted_outside(user: Callable[..., User], opened: None) -> None:
    noted = (3, verify().hash)
    Event.objects.all().delete()
    Head.objects.all().delete()
    for _ in range(4):
        record("uji", by=user("auditor"))
    assert verify().broken is None
    broken = verify(noted).broken
    assert broken
    assert (broken.nomor, broken.sebab) == (3, "ditulis ulang")


def test_the_command_says_whole_and_what_to_note(three: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "verify")
    told = capsys.readouterr().out
    assert "Utuh: 3 peristiwa" in told
    call_command("audit", "verify", "--expect", told.rsplit(": ", 1)[1].strip())


def test_the_command_says_where_it_breaks_and_exits_1(opened: None, capsys: pytest.CaptureFixture[str]) -> None:
    Event.objects.filter(nomor=2).update(alasan="lain")
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["putus"] == {"nomor": 2, "sebab": "diubah"}


def test_a_note_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="NOMOR:SIDIK"):
        call_command("audit", "verify", "--expect", "tiga")


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_leave_one_unbroken_chain() -> None:
    def write(writer: int) -> None:
        for number in range(12):
            record("uji", by=None, after={"penulis": writer, "ke": number})
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    verdict = verify()
    assert (verdict.broken, verdict.jumlah) == (None, 8 * 12)
