"""The Excel that goes back to the villages: the rows to mend of one list or several, as they now stand."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.intake.actions.reading import as_of, content, opened, read_now
from jangkau.apps.intake.models import ListFile
from jangkau.core.intake import Intake, Tables, write_returns
from jangkau.core.problem_rows import together
from jangkau.core.tables.schema import Frame

FOUND_LATER: list[Callable[[Iterable[ListFile]], Frame]] = []
"""What apps above this one find wrong in lists (MASALAH, `berkas` a list's key); they add themselves here."""


@transaction.atomic
def workbook(files: list[ListFile], *, by: User) -> bytes:
    """The workbook of the problems that these lists still have; who took it is recorded, since it shows whole NIKs."""
    everything = Tables()
    for file in files:
        found = read_now(file, opened(file, content(file)))
        for table in (found.usulan, found.masalah, found.isi, found.judul):
            table["berkas"] = [file.key] * len(table["berkas"])
        found.usulan["id_usulan"] = [file.key + known[len(file.name) :] for known in found.usulan["id_usulan"]]
        everything.extend(found)
    keys = {file.key: file.name for file in files}
    intake = Intake.of(everything, list(keys), max(map(as_of, files)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "masalah.xlsx"
        masalah = together(intake.masalah, [], [find(files) for find in FOUND_LATER])
        write_returns(intake, masalah, path, keys)
        made = path.read_bytes()
    for file in files:
        record("intake.hand_back", by=by, thing=file, after={"faults": file.faults, "warnings": file.warnings})
    return made
