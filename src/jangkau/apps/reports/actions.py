"""What is done with reports: asked for, made, noted on, withdrawn; schedules: begun, stopped, followed."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running
from jangkau.apps.regions.models import Region
from jangkau.apps.reports import told
from jangkau.apps.reports.material import material
from jangkau.apps.reports.models import Report, ReportState, Schedule
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.semester import KINDS, Semester
from jangkau.core.publish import staging
from jangkau.core.reporting.semester import key_numbers, write_semester

MAKE = "reports.make"


@transaction.atomic
def ask(
    regions: Sequence[str], semester: Semester, kinds: Sequence[str], *, by: User | None, note: str = "", **about: Any
) -> list[Report]:
    """A new report of each region, made in one go in the background; numbers follow one another by region and semester.

    `about`: `until`, and of a scheduled one `schedule` and `period`.
    """
    list(Region.objects.select_for_update().filter(code__in=regions).order_by("code"))  # one asks after the other
    chosen = [kind for kind in KINDS if kind in kinds]
    made = [
        Report.objects.create(
            region_code=code, semester=str(semester), number=_next(code, semester), kinds=chosen, note=note, made_by=by,
            **about,
        )
        for code in regions
    ]  # fmt: skip
    job = start(made, by=by)
    for report in made:
        told_of = {"semester": report.semester, "nomor": report.number, "jenis": chosen}
        record("reports.ask", by=by, thing=report, after=told_of)
    Report.objects.filter(pk__in=[report.pk for report in made]).update(job=job)
    return made


def start(reports: Sequence[Report], *, by: User | None) -> Job:
    """Queue the making of reports that have been asked for."""
    region = min((report.region_code for report in reports), key=len)
    return jobs.start(MAKE, {"reports": [report.pk for report in reports]}, by=by, region_code=region)


def _next(code: str, semester: Semester) -> int:
    known = Report.objects.filter(region_code=code, semester=str(semester)).aggregate(last=Max("number"))
    return int(known["last"] or 0) + 1


def work_out(running: Running) -> dict[str, Any]:
    """Make every report of a job that is not made yet. Killed half way, the rest is made when it is begun again."""
    waiting = Report.objects.filter(pk__in=running.args["reports"], state=ReportState.COMPUTING).order_by("pk")
    running.step(gettext_noop("Membuat laporan"), len(waiting))
    for report in waiting:
        _make(report)
        running.advance()
    told.of_finished(running.args["reports"])
    states = Report.objects.filter(pk__in=running.args["reports"]).values_list("state", flat=True)
    return {"jadi": sum(state != ReportState.FAILED for state in states), "semua": len(states)}


def _make(report: Report) -> None:
    try:
        values = _written(report)
    except Problem as problem:
        values = {"state": ReportState.FAILED, "problem": f"{problem.pesan} {problem.saran}"[:300]}
    with transaction.atomic():
        left = Report.objects.filter(pk=report.pk, state=ReportState.COMPUTING)
        if left.update(**values, made_at=timezone.now()):
            told_of = {"keadaan": values["state"], "sidik": values.get("inputs_sha256", "")}
            record("reports.made", by=report.made_by, thing=report, after=told_of)


def _written(report: Report) -> dict[str, Any]:
    """The documents written; what the database keeps of them. Again, the same for the same data."""
    known = material(report.region_code, report.half, timezone.localdate(), report.last)
    with staging(report.folder) as draft:
        names = {kind: path.name for kind, path in write_semester(known, draft, tuple(report.kinds)).items()}
    files = {kind: _kept(report.folder / name) for kind, name in names.items()}
    return {
        "state": ReportState.READY, "frozen_on": known.beku, "inputs_sha256": known.sidik, "files": files,
        "figures": key_numbers(known),
    }  # fmt: skip


def _kept(path: Path) -> dict[str, Any]:
    """Name, sum and size of a document, which nobody writes to from now on."""
    path.chmod(0o444)
    return {"nama": path.name, "sha256": sum_of(path), "besar": path.stat().st_size}


def sum_of(path: Path) -> str:
    """sha256 of a file; empty where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def document(report: Report, kind: str) -> Path:
    """A document as it was made. Raises LAPORAN_BERKAS_DIUBAH where its sum is another now."""
    kept = report.files[kind]
    path = report.folder / str(kept["nama"])
    if sum_of(path) != kept["sha256"]:
        raise Problem("LAPORAN_BERKAS_DIUBAH", nama=kept["nama"])
    return path


@transaction.atomic
def note(report: Report, text: str, *, by: User) -> None:
    """What the maker wants read with the report; the documents stay as they are."""
    before, report.note = report.note, text
    report.save(update_fields=["note"])
    record("reports.note", by=by, thing=report, before={"catatan": before}, after={"catatan": text})


@transaction.atomic
def withdraw(report: Report, reason: str, *, by: User) -> None:
    """No longer valid: it stays, marked with who withdrew it and why. Raises LAPORAN_LANGKAH."""
    values = {"withdrawn_by": by, "withdrawn_at": timezone.now(), "reason": reason}
    ready = Report.objects.filter(pk=report.pk, state=ReportState.READY)
    if not ready.update(state=ReportState.WITHDRAWN, **values):
        raise Problem("LAPORAN_LANGKAH")
    record("reports.withdraw", by=by, thing=report, reason=reason)


@transaction.atomic
def schedule(region: str, every: str, kinds: Sequence[str], since: date, *, children: bool, by: User) -> Schedule:
    """Reports by themselves from now on, and of the periods since `since`; who asks is told. Raises LAPORAN_JADWAL."""
    try:
        with transaction.atomic():
            made = Schedule.objects.create(
                region_code=region, every=every, kinds=list(kinds), since=since, children=children, made_by=by
            )
    except IntegrityError:
        raise Problem("LAPORAN_JADWAL") from None
    made.followers.add(by)
    record("reports.schedule", by=by, thing=made, after={"berapa_kali": every, "mulai": since.isoformat()})
    return made


@transaction.atomic
def stop(found: Schedule, *, by: User) -> None:
    """No more reports by themselves; those made stay."""
    if Schedule.objects.filter(pk=found.pk, stopped_at=None).update(stopped_at=timezone.now()):
        record("reports.unschedule", by=by, thing=found)


def follow(found: Schedule, *, by: User, on: bool) -> None:
    """Be told of new reports of a schedule, or no longer."""
    (found.followers.add if on else found.followers.remove)(by)
