"""The reading of a file that waits: one transaction, so that it is in the database whole or not at all."""

from collections import Counter
from typing import Any

from django.db import DatabaseError, DataError, transaction
from django.utils import timezone

from jangkau.apps.accounts.permissions import scope
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.merge import merge
from jangkau.apps.intake.actions.reading import as_of, content, opened, read_now
from jangkau.apps.intake.actions.store import store
from jangkau.apps.intake.models import FileKind, FileState, ListFile
from jangkau.core.identity.regions import CODE_LENGTHS
from jangkau.core.intake import Tables, read_returned
from jangkau.core.intake.read import unforeseen
from jangkau.core.intake.sheets import Sheet
from jangkau.core.kernel.problems import Problem

_MOST = 0.8  # of the rows in one place, for a list to be that place's


def read_file(pk: int) -> None:
    """Read a file that waits, all of it in one transaction; one that does not wait is left alone."""
    file = ListFile.objects.select_related("shipment__by", "original").get(pk=pk)
    if file.state != FileState.WAITING:
        return
    try:
        _settle(pk, _try(file))
    except (DataError, OverflowError, ValueError) as fault:  # what a database cannot hold must not stop the others
        _settle(pk, unforeseen(fault))


def _try(file: ListFile) -> Tables | list[Sheet] | Problem:
    """What the file gives: rows, the sheets of a returned workbook, or why it cannot be read.

    An error of the disk is no fault of the file: it is raised, and the file goes on waiting.
    """
    data = content(file)
    try:
        sheets = opened(file, data)
        return sheets if read_returned(sheets) else read_now(file, sheets)
    except Problem as problem:
        return problem
    except DatabaseError:
        raise
    except Exception as fault:  # one broken file among hundreds must not stop the others
        return unforeseen(fault)


@transaction.atomic
def _settle(pk: int, found: Tables | list[Sheet] | Problem) -> None:
    """Keep what was found, unless another worker has done so meanwhile."""
    file = ListFile.objects.select_for_update(of=("self",)).select_related("shipment__by", "original").get(pk=pk)
    if file.state != FileState.WAITING:
        return
    file.read_at, file.per, file.problem = timezone.now(), as_of(file), {}
    if isinstance(found, Problem):
        _fail(file, found)
    elif isinstance(found, Tables):
        file.state = FileState.READ
        file.region_code = _region(file, found)
        store(file, found)
    else:
        _merge(file, found)
    counts = {"state": file.state, "people": file.people, "faults": file.faults}
    record("intake.read", by=file.shipment.by, thing=file, after=counts)


def _merge(file: ListFile, sheets: list[Sheet]) -> None:
    file.kind, file.state = FileKind.RETURN, FileState.READ
    try:
        merge(file, sheets)
    except Problem as problem:
        _fail(file, problem)


def _fail(file: ListFile, problem: Problem) -> None:
    """The file cannot be read, and why."""
    file.state = FileState.FAILED
    file.problem = {"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}
    file.save()


def _region(file: ListFile, tables: Tables) -> str:
    """Whose list this is: as chosen, or where most of its rows are, as long as the sender may act there."""
    if file.shipment.meant:
        return file.shipment.meant
    codes = Counter[Any](code for code in tables.usulan["kode_wilayah"] if code)
    rows = len(tables.usulan["kode_wilayah"])
    for length in sorted(CODE_LENGTHS.values(), reverse=True):
        common = Counter[str]()
        for code, count in codes.items():
            common[code[:length] if len(code) >= length else ""] += count
        place, count = max(common.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if place and count >= _MOST * rows and _may_act(file, place):
            return place
    return file.shipment.region_code


def _may_act(file: ListFile, place: str) -> bool:
    by = file.shipment.by
    return by is None or any(place.startswith(code) for code in scope(by, "intake.send"))
