"""The files of a plan: their sum, and whether they are still those that were made."""

import hashlib
from pathlib import Path

from jangkau.apps.planning.models import Plan
from jangkau.core.kernel.problems import Problem


def sum_of(folder: Path) -> str:
    """sha256 over the names and bytes of all files of a folder but hidden ones; of an absent folder as of an empty."""
    total = hashlib.sha256()
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name, path in sorted(paths.items()):
        if not name.startswith("."):
            with path.open("rb") as handle:
                total.update(f"{name}\0{hashlib.file_digest(handle, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def untouched(plan: Plan) -> bool:
    """Whether the files are byte for byte those that were made."""
    return sum_of(plan.folder) == plan.sha256


def demand_untouched(plan: Plan) -> None:
    """Raises RENCANA_BERKAS_DIUBAH where the files are not those that were made."""
    if not untouched(plan):
        raise Problem("RENCANA_BERKAS_DIUBAH", nomor=plan.number)


def freeze(folder: Path) -> None:
    """Take the right to write from the files: a slip of the hand changes nothing, and what does shows in the sum."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
