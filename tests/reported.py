"""A province with two countings of coverage, and reports as the site makes them."""

from datetime import date

import monitored

from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.reports import actions
from jangkau.apps.reports.models import Report
from jangkau.core.kernel.semester import Semester

HALF = Semester(2026, 1)
PLACES = {"17": ("Bengkulu", 1000), "1705": ("Kabupaten Seluma", 400), "1704": ("Kabupaten Kaur", 600)}


def counting(per: date, share: float) -> Counting:
    """All that was counted before, and coverage of the province and two kabupaten on a day."""
    before = reading.newest()
    known = reading.angka(before).rows(named=True) if before else []
    rows = [row for row in known if row["per"] != per]
    rows += [
        monitored.row(code, place, per, round(share * whole), whole, nama_penyebut="penduduk bekerja",
                      sumber_pembilang=f"register/peserta per {per}", sumber_penyebut="Sakernas")
        for place, (_, whole) in PLACES.items() for code in ("cakupan", "cakupan_informal")
    ]  # fmt: skip
    return monitored.counting(rows, f"{per}-{share}")


def two_countings() -> None:
    counting(date(2025, 12, 31), 0.30)
    counting(date(2026, 6, 30), 0.42)


def work() -> None:
    """Do what waits, as a worker does."""
    for job in Job.objects.filter(state=State.WAITING).order_by("pk"):
        run_job.call(job.pk)


def a_report(by, region: str = "1705", kinds: tuple[str, ...] = ("excel",), half: Semester = HALF) -> Report:
    """A report, made."""
    (made,) = actions.ask([region], half, kinds, by=by)
    work()
    made.refresh_from_db()
    return made
