"""A report of desa Niur and a schedule of it, as rows only."""

import hashlib
from datetime import date

import matched
from examples import example

from jangkau.apps.reports.models import Report, Schedule


def make(user, **given) -> Report:
    return Report.objects.create(
        region_code=matched.NIUR, semester="2026-1", number=Report.objects.count() + 1, state="jadi",
        frozen_on=date(2026, 7, 1), made_by=user("operator_kab"), **given,
    )  # fmt: skip


@example("report", "report_compare", "report_note", "report_withdraw")
def report(user) -> dict:
    return {"pk": make(user).pk}


@example("report_download")
def document(user) -> dict:
    kept = {"nama": "laporan.pdf", "sha256": hashlib.sha256(b"isi").hexdigest(), "besar": 3}
    made = make(user, files={"laporan": kept})
    made.folder.mkdir(parents=True, exist_ok=True)
    (made.folder / "laporan.pdf").write_bytes(b"isi")
    return {"pk": made.pk, "kind": "laporan"}


@example("report_schedule_stop", "report_schedule_follow")
def schedule(user) -> dict:
    made = Schedule.objects.create(
        region_code=matched.NIUR, kinds=["laporan"], since=date(2026, 1, 1), made_by=user("operator_kab")
    )
    return {"pk": made.pk}
