"""Background work on lists."""

from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext_noop

from jangkau.apps.intake.actions.read import read_file
from jangkau.apps.intake.models import FileState, ListFile
from jangkau.apps.jobs.running import Running, work
from jangkau.core.kernel.problems import Problem


@work("intake.read")
def read(running: Running) -> dict[str, Any]:
    """Read the files of a shipment that wait; begun again after a crash it goes on with those that still do."""
    files = ListFile.objects.filter(shipment=running.args["shipment"]).order_by("pk")
    waiting = list(files.filter(state=FileState.WAITING).values_list("pk", flat=True))
    total = files.count()
    running.step(gettext_noop("Membaca daftar"), total)
    running.advance(total - len(waiting))
    for pk in waiting:
        _read(pk)
        running.advance()
    people = sum(files.values_list("people", flat=True))
    return {"berkas": total, "orang": people}


def _read(pk: int) -> None:
    try:
        read_file(pk)
    except OperationalError as error:
        if "full" in str(error) or "No space left" in str(error):  # of SQLite, of PostgreSQL
            raise Problem("PENYIMPANAN_PENUH") from error
        raise
