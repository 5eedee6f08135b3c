"""Which of the lists that were read count: one may be withdrawn, put back, or replaced by a corrected one."""

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.receive import resume
from jangkau.apps.intake.changes import changed
from jangkau.apps.intake.models import FileState, ListFile
from jangkau.core.kernel.problems import Problem


def withdraw(file: ListFile, reason: str, *, by: User) -> None:
    """The list counts no more; everything about it stays to be seen."""
    _move(file, FileState.READ, FileState.WITHDRAWN, by=by, reason=reason)


def restore(file: ListFile, *, by: User) -> None:
    """A withdrawn or replaced list counts again; what replaced it goes on counting too, until it is withdrawn."""
    state = FileState.REPLACED if file.state == FileState.REPLACED else FileState.WITHDRAWN
    _move(file, state, FileState.READ, by=by)


def replace(old: ListFile, new: ListFile, *, by: User) -> None:
    """The corrected list counts instead of the earlier one. Raises DAFTAR_TIDAK_BERLAKU where either does not count."""
    with transaction.atomic():
        if not ListFile.objects.select_for_update().filter(pk=new.pk, state=FileState.READ).exists():
            raise Problem("DAFTAR_TIDAK_BERLAKU")
        _move(old, FileState.READ, FileState.REPLACED, by=by, new=new)


@transaction.atomic
def read_again(file: ListFile, *, by: User) -> None:
    """A file that could not be read waits again, for a newer Jangkau may read it. Raises DAFTAR_TIDAK_BERLAKU."""
    _move(file, FileState.FAILED, FileState.WAITING, by=by)
    resume(file.shipment, by=by)


@transaction.atomic
def _move(
    file: ListFile, before: FileState, after: FileState, *, by: User, reason: str = "", new: ListFile | None = None
) -> None:
    locked = ListFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != before:
        raise Problem("DAFTAR_TIDAK_BERLAKU")
    locked.state, locked.reason, locked.replaced_by = after, reason, new
    locked.save()
    if FileState.READ in (before, after):
        changed(by)
    told = {"state": after} | ({"replaced_by": new.pk} if new else {})
    record("intake.state", by=by, thing=locked, before={"state": before}, after=told, reason=reason)
