"""What the desk does with a petition. Every step is one that the person can read."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import steps
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.actions.mend import empty_row, mend_cell
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.actions.typed import as_csv
from jangkau.apps.requests import desks
from jangkau.apps.requests.models import OPEN, Did, Kind, Petition, PetitionStep, State
from jangkau.apps.requests.office.following import follow
from jangkau.apps.requests.office.known import known, refuse, welcome
from jangkau.apps.requests.office.telling import nothing_waits, tell_desk
from jangkau.apps.requests.public.actions import forget
from jangkau.apps.requests.words import AFTER, ANSWERS
from jangkau.core.kernel.problems import Problem

REFUSES = "menolak"
ENDS = "reconciliation.decide"  # who may end a membership there may end one here


def _locked(petition: Petition, kind: str | None = None) -> Petition:
    """The petition, open and of the kind. Raises PERMINTAAN_SELESAI, PERMINTAAN_LAIN."""
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.state not in OPEN:
        raise Problem("PERMINTAAN_SELESAI")
    if kind and found.kind != kind:
        raise Problem("PERMINTAAN_LAIN")
    return found


def _did(petition: Petition, did: str, by: User | None, *, note: str = "", answer: str = "") -> None:
    told = {"did": did, "note": note, "answer": answer, "level": petition.level, "by": by}
    PetitionStep.objects.create(petition=petition, due=petition.due if petition.open else None, **told)


@transaction.atomic
def enlist(petition: Petition, *, by: User) -> Petition:
    """Put the person on the list of the village, by the way of every list; one who is there already is only pointed at.

    Raises PERMINTAAN_SELESAI, PERMINTAAN_LAIN and what `receive` raises.
    """
    petition = _locked(petition, Kind.JOIN)
    there = bool(known(petition).rows)
    if petition.shipment_id is None and not there:
        file = Incoming(f"permintaan {petition}.csv", [as_csv([_row(petition)])])
        petition.shipment = receive([file], by=by, meant=petition.region_code)
    welcome(petition)
    petition.state = State.WORKED
    petition.save()
    _did(petition, Did.FOUND if there else Did.LISTED, by)
    record("requests.list", by=by, thing=petition, after={"kiriman": petition.shipment_id, "sudah_ada": there})
    return petition


@transaction.atomic
def mend(petition: Petition, cell: str, content: str, *, by: User) -> Petition:
    """Mend a cell (`row:column`) of a row that names who asked: the list is checked again at once.

    Raises PERMINTAAN_SELESAI, PERMINTAAN_LAIN, PERMINTAAN_PERLU_KABUPATEN where the user may not mend that list, and
    what `mend_cell` raises.
    """
    petition = _locked(petition, Kind.WRONG)
    pk, _, column = cell.partition(":")
    row = next((row for row in known(petition).rows if str(row.pk) == pk), None)
    if row is None or not allowed(by, "intake.mend", row.file.region_code):
        raise Problem("PERMINTAAN_PERLU_KABUPATEN")
    made = mend_cell(row, column, content, by=by)
    petition.state = State.WORKED
    petition.save()
    if made:
        _did(petition, Did.MENDED, by)
    record("requests.mend", by=by, thing=petition, after={"daftar": row.file_id, "berubah": bool(made)})
    return petition


def _row(petition: Petition) -> dict[str, str]:
    names = ("nik", "no_kk", "nama", "jenis_kelamin", "pekerjaan", "no_hp")
    return {name: getattr(petition, name) for name in names} | {"tanggal_lahir": f"{petition.tanggal_lahir:%d-%m-%Y}"}


@transaction.atomic
def stop(petition: Petition, met: str, *, by: User) -> Petition:
    """The person, who was met, takes no part any more: rows of lists name nobody, memberships end as `menolak`.

    Raises PERMINTAAN_SELESAI, PERMINTAAN_LAIN, PERMINTAAN_BEDA_LAHIR, PERMINTAAN_PERLU_KABUPATEN where a membership
    runs that this user may not end, and what `steps.move` and `empty_row` raise.
    """
    petition = _locked(petition, Kind.STOP)
    found = known(petition)
    if found.differs:
        raise Problem("PERMINTAAN_BEDA_LAHIR")
    if not all(allowed(by, ENDS, enrolment.region_code) for enrolment in found.running):
        raise Problem("PERMINTAAN_PERLU_KABUPATEN")
    if not all(allowed(by, "intake.mend", row.file.region_code) for row in found.rows):
        raise Problem("PERMINTAAN_PERLU_KABUPATEN")
    steps.move(found.running, OVER, by=by, reason=REFUSES, why=f"Permintaan {petition}: {met}"[:300])
    for row in found.rows:
        empty_row(row, by=by)
    refuse(petition)
    petition.state = State.WORKED
    petition.save()
    _did(petition, Did.STOPPED, by)
    after = {"baris": len(found.rows), "kepesertaan": len(found.running)}
    record("requests.stop", by=by, thing=petition, after=after, reason=met)
    return petition


@transaction.atomic
def answer(petition: Petition, code: str, note: str, *, by: User) -> Petition:
    """Answer in the plain words of `code`, with a note for the person alone.

    Raises PERMINTAAN_SELESAI, PERMINTAAN_BELUM where the answer says what has not been done.
    """
    petition = _locked(petition)
    if code not in ANSWERS[petition.kind]:
        raise Problem("PERMINTAAN_LAIN")
    if code in AFTER and not petition.steps.filter(did__in=AFTER[code]).exists():
        raise Problem("PERMINTAAN_BELUM")
    petition.state, petition.ended_at = State.ANSWERED, timezone.now()
    petition.save()
    _did(petition, Did.ANSWERED, by, note=note, answer=code)
    nothing_waits(petition)
    record("requests.answer", by=by, thing=petition, after={"jawaban": code})
    return petition


@transaction.atomic
def note(petition: Petition, text: str, *, by: User) -> None:
    """A remark on how far it is, which the person can read. Raises PERMINTAAN_SELESAI."""
    petition = _locked(petition)
    petition.state = State.WORKED
    petition.save()
    _did(petition, Did.NOTED, by, note=text)
    record("requests.note", by=by, thing=petition)


@transaction.atomic
def hand_up(petition: Petition, why: str, *, by: User) -> Petition:
    """To the desk above, which may do more. Raises PERMINTAAN_SELESAI, PERMINTAAN_PALING_ATAS."""
    petition = _locked(petition)
    if petition.level == desks.LEVELS[-1]:
        raise Problem("PERMINTAAN_PALING_ATAS")
    _raise(petition, timezone.localdate(), Did.RAISED, by, why)
    record("requests.raise", by=by, thing=petition, after={"meja": petition.level}, reason=why)
    return petition


def _raise(petition: Petition, today: date, did: str, by: User | None, why: str = "") -> None:
    petition.level = desks.first_desk(petition.region_code, below=petition.level)
    petition.due = desks.last_day("naik", today)
    petition.save()
    _did(petition, did, by, note=why)
    tell_desk(petition, "petition_late" if did == Did.LATE else "petition_new")


def daily(today: date | None = None) -> dict[str, int]:
    """Raise what a desk has let lie beyond its day; tell what became of names on lists; forget who asked, once the time
    of keeping is over."""
    today = today or timezone.localdate()
    late = Petition.objects.filter(state__in=OPEN, due__lt=today, level__gt=desks.LEVELS[-1])
    raised = sum(_raise_late(pk, today) for pk in list(late.values_list("pk", flat=True)))
    over = timezone.now() - timedelta(days=settings.JANGKAU_REQUEST_KEEP_DAYS)
    old = list(Petition.objects.filter(ended_at__lt=over).exclude(nik=""))
    for petition in old:
        forget(petition)
    return {"dinaikkan": raised, "dilupakan": len(old), "dikabari": follow()}


@transaction.atomic
def _raise_late(pk: int, today: date) -> bool:
    petition = Petition.objects.select_for_update().get(pk=pk)
    if petition.state not in OPEN or petition.due >= today:
        return False
    _raise(petition, today, Did.LATE, None)
    record("requests.raise", by=None, thing=petition, after={"meja": petition.level})
    return True
