"""Reading and linking a company's list of workers: the same reading and the same linkage as of village lists."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from jangkau.apps.audit.actions import record
from jangkau.apps.linkage.run import STEPS
from jangkau.apps.partners.companies import check_all
from jangkau.apps.partners.models import WorkerList
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import linkage
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import Intake, read_sheets
from jangkau.core.intake.files import check_kind, open_bytes
from jangkau.core.intake.place import Named, Places
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.linkage.model import with_limits
from jangkau.core.partners.workers import active, counted
from jangkau.core.tables.schema import Frame


def match(given: WorkerList, progress: Progress) -> dict[str, Any]:
    """Count whom of the list the member register has under the company; then look at the company anew. Again, the same.

    What the list says of single people is not kept. Raises the problems of reading, REGISTER_PENDUDUK_BELUM_ADA and
    DAFTAR_PEKERJA_KOSONG; the list keeps them to be shown.
    """
    try:
        given.counts = _counts(given, progress)
    except Problem as problem:
        given.problem = {"pesan": problem.pesan, "saran": problem.saran}
        given.save()
        raise
    given.problem = {}
    given.save()
    check_all([given.company])
    record("partners.matched", by=given.by, thing=given.company, after=given.counts)
    return dict(given.counts)


def _counts(given: WorkerList, progress: Progress) -> dict[str, int]:
    snapshot, files = registry.current(Kind.PESERTA), registry.files()
    if snapshot is None or "penduduk" not in files:
        raise Problem("REGISTER_PENDUDUK_BELUM_ADA")
    programme = registry.settings()
    progress.step(gettext_noop("Membaca daftar pekerja"))
    rows = _read(given, Places(Regions.load(programme.provinsi)))
    registers = {name: registry.register(name) for name in (Kind.PENDUDUK, Kind.PESERTA)}
    model = with_limits(linkage.model_in(Path(settings.DATA) / "tautan"), programme)
    linked = linkage.link(
        rows, registers[Kind.PENDUDUK], registers[Kind.PESERTA], None, programme,
        on_step=lambda name: progress.step(STEPS.get(name, name)), model=model, engine=linkage.kept(files),
    )  # fmt: skip
    live = active(registers[Kind.PESERTA], snapshot.as_of, Book.load())
    return counted(linked.usulan, linked.tautan, live, given.company.npp)


def _read(given: WorkerList, places: Places) -> Frame:
    data = given.path.read_bytes()
    check_kind(given.name, len(data))
    programme = registry.settings()
    tables = read_sheets(given.name, open_bytes(data), places, programme.per, Named())
    if not tables.usulan["id_usulan"]:
        raise Problem("DAFTAR_PEKERJA_KOSONG")
    return Intake.of(tables, [given.name], programme.per).usulan
