"""Telling those who asked that the reports of a schedule are there: once a period, how many and where."""

from collections.abc import Sequence

from django.urls import reverse

from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.notices.actions import tell
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.reports.models import Report, ReportState, Schedule


def of_finished(keys: Sequence[int]) -> int:
    """Tell the followers of the schedules that these reports belong to; returns how many are told anew."""
    ready = Report.objects.filter(pk__in=keys, schedule__isnull=False, state=ReportState.READY).order_by("pk")
    groups: dict[tuple[int | None, str], list[Report]] = {}
    for report in ready.select_related("schedule"):
        groups.setdefault((report.schedule_id, report.period), []).append(report)
    return sum(_tell(reports) for reports in groups.values())


def _tell(reports: list[Report]) -> int:
    first = reports[0]
    assert isinstance(first.schedule, Schedule)
    place = first.schedule.region_code
    alone, several = reverse("report", args=[first.pk]), f"{reverse('reports')}?semester={first.semester}"
    key, told = f"laporan-{first.schedule_id}-{first.period}", 0
    for user in first.schedule.followers.filter(is_active=True):
        if allowed(user, "reports.view", place):
            told += tell(
                "report_ready", region_code=place, link=several if len(reports) > 1 else alone, key=key, to=user,
                n=len(reports), masa=first.half.name, wilayah=region_name(place),
            )  # fmt: skip
    return told
