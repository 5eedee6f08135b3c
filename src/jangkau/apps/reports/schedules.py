"""Reports that are made by themselves: once for each period that has ended, also for those that were missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jangkau.apps.regions.models import Region
from jangkau.apps.reports import actions
from jangkau.apps.reports.models import Every, Report, ReportState, Schedule
from jangkau.core.kernel.month import first_day, month_of, month_text
from jangkau.core.kernel.semester import Semester

MOST_AT_ONCE = 24  # periods caught up in one go by one schedule
RETRIED = 7  # days


@dataclass(frozen=True)
class Period:
    """A month or a semester that has ended, with its last day."""

    code: str
    last: date


def ended(every: str, since: date, today: date) -> Iterator[Period]:
    """Periods that began on `since` or later, or hold it, and have ended before `today`, the oldest first."""
    if every == Every.MONTH:
        for month in range(month_of(since), month_of(today)):
            yield Period(month_text(month), first_day(month + 1) - timedelta(days=1))
        return
    semester = Semester.of(since)
    while semester.last < today:
        yield Period(str(semester), semester.last)
        semester = Semester.of(semester.last + timedelta(days=1))


def regions(schedule: Schedule) -> list[str]:
    """The regions that a schedule makes reports of."""
    below = Region.objects.filter(parent=schedule.region_code).order_by("code").values_list("code", flat=True)
    return [schedule.region_code, *(below if schedule.children else [])]


def run_due(today: date | None = None) -> int:
    """Ask for every report that is due; returns how many. Run twice, or killed and run again, it asks for each once."""
    today = today or timezone.localdate()
    return _again(today) + sum(_run(schedule, today) for schedule in Schedule.objects.filter(stopped_at=None))


def _again(today: date) -> int:
    """What failed, or whose job ended without it, is begun again for RETRIED days."""
    since = today - timedelta(days=RETRIED)
    left = Report.objects.filter(schedule__stopped_at=None, schedule__isnull=False, created_at__date__gte=since)
    left = left.filter(state__in=[ReportState.COMPUTING, ReportState.FAILED]).select_related("job")
    stuck = [report for report in left if report.job is None or not report.job.alive]
    if not stuck:
        return 0
    with transaction.atomic():
        found = Report.objects.filter(pk__in=[report.pk for report in stuck])
        found.update(state=ReportState.COMPUTING, problem="", job=actions.start(stuck, by=None))
    return len(stuck)


def _run(schedule: Schedule, today: date) -> int:
    known = set(Report.objects.filter(schedule=schedule).values_list("period", "region_code"))
    places, asked = regions(schedule), 0
    due = [
        (period, missing)
        for period in ended(schedule.every, schedule.since, today)
        if (missing := [code for code in places if (period.code, code) not in known])
    ]
    for period, missing in due[:MOST_AT_ONCE]:
        asked += _ask(schedule, period, missing)
    return asked


def _ask(schedule: Schedule, period: Period, missing: list[str]) -> int:
    """All reports of a period or none; another process that was first keeps its own."""
    about: dict[str, Any] = {"schedule": schedule, "period": period.code, "until": period.last}
    try:
        with transaction.atomic():
            return len(actions.ask(missing, Semester.of(period.last), schedule.kinds, by=None, **about))
    except IntegrityError:
        return 0
