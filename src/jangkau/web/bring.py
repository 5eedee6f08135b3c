"""A province ready to work: regions, settings, registers, funds, targets; then its lists, read and matched."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions.read import read_file
from jangkau.apps.intake.actions.receive import MOST_FILES, Incoming, receive
from jangkau.apps.intake.models import FileState, ListFile
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage import actions as linkage
from jangkau.apps.linkage.models import LinkRun
from jangkau.apps.monitoring.actions import count as count_figures
from jangkau.apps.regions.actions import load_province
from jangkau.apps.registry.workspace import bring
from jangkau.core.kernel.progress import Progress
from jangkau.web.cover import publish_newest


def ready(province: str) -> int:
    """A migrated database with the regions of a province; returns how many there are. Raises PROVINSI_TIDAK_ADA."""
    call_command("migrate", verbosity=0)
    return load_province(province)


def bring_everything(folder: Path, progress: Progress, *, by: User) -> dict[str, int]:
    """A workspace folder brought in whole, its lists sent by a user who may; again, it changes nothing.

    Raises the problems of `open_workspace` and of `receive`.
    """
    counts = bring(folder, progress, by=by)
    count_figures(progress)
    publish_newest()
    lists = _lists(folder / "usulan", progress, by)
    _link(progress, by)
    return {**counts, "daftar": lists}


def _lists(folder: Path, progress: Progress, by: User) -> int:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    progress.step("Menerima daftar", len(paths))
    for start in range(0, len(paths), MOST_FILES):
        part = paths[start : start + MOST_FILES]
        receive((Incoming(path.relative_to(folder).as_posix(), _bytes(path)) for path in part), by=by)
        progress.advance(len(part))
    waiting = list(ListFile.objects.filter(state=FileState.WAITING).values_list("pk", flat=True))
    progress.step("Membaca daftar", len(waiting))
    for pk in waiting:
        read_file(pk)
        progress.advance()
    return len(paths)


def _bytes(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()


def _link(progress: Progress, by: User) -> None:
    """Match what has been read, as the site would in the background, unless the last run knew all of it."""
    last = LinkRun.objects.first()
    if last and not ListFile.objects.filter(read_at__gt=last.created_at).exists():
        return
    progress.step("Mencocokkan")
    run_job.call(linkage.start(by=by).pk)
