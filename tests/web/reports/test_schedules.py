"""Reports by themselves: once a period, missed ones caught up, never twice, and those who asked are told."""

from datetime import date

import pytest
import reported

from jangkau.apps.jobs.models import Job, State
from jangkau.apps.notices.models import Notice
from jangkau.apps.reports import actions, schedules
from jangkau.apps.reports.models import Report, Schedule
from jangkau.core.kernel.problems import Problem

TODAY = date(2026, 7, 1)


@pytest.fixture
def maker(regions, user, settings, tmp_path):
    settings.DATA = tmp_path
    reported.two_countings()
    return user("pengelola")


def plan(by, every="semester", since=date(2025, 8, 1), **given):
    given = {"children": False, **given}
    return actions.schedule(given.pop("region", "1705"), every, ["excel"], since, by=by, **given)


def periods():
    return sorted(Report.objects.values_list("period", flat=True))


@pytest.mark.parametrize(
    ("every", "today", "codes"),
    [
        ("semester", date(2026, 6, 30), ["2025-2"]),
        ("semester", date(2026, 7, 1), ["2025-2", "2026-1"]),
        ("bulan", date(2025, 9, 30), ["2025-08"]),
        ("bulan", date(2026, 1, 1), ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12"]),
        ("bulan", date(2025, 8, 31), []),
    ],
)
def test_a_period_is_due_once_it_has_ended(every, today, codes):
    assert [period.code for period in schedules.ended(every, date(2025, 8, 1), today)] == codes


def test_the_last_day_of_a_period_is_its_own():
    last = [period.last for period in schedules.ended("bulan", date(2025, 12, 1), date(2026, 3, 5))]
    assert last == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]


def test_missed_periods_are_caught_up_and_nothing_is_made_twice(maker):
    plan(maker)
    assert schedules.run_due(TODAY) == 2
    assert schedules.run_due(TODAY) == 0
    reported.work()
    assert schedules.run_due(TODAY) == 0
    assert periods() == ["2025-2", "2026-1"]
    assert [r.figures[0]["pembilang"] for r in Report.objects.order_by("period")] == [120, 168]


def test_a_month_is_told_up_to_its_last_day(maker):
    plan(maker, every="bulan", since=date(2026, 3, 10))
    schedules.run_due(date(2026, 4, 2))
    reported.work()
    made = Report.objects.get()
    assert (made.period, made.semester, made.last, made.partial) == ("2026-03", "2026-1", date(2026, 3, 31), True)
    assert made.figures[0]["per"] == "2025-12-31"


def test_a_process_that_dies_while_asking_has_asked_for_all_or_nothing(maker, monkeypatch):
    plan(maker, region="17", children=True, since=date(2026, 1, 1))

    def dies(*given, **named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "start", dies)
        with pytest.raises(KeyboardInterrupt):
            schedules.run_due(TODAY)
    assert not Report.objects.exists()
    assert schedules.run_due(TODAY) == 3
    assert Job.objects.filter(kind=actions.MAKE).count() == 1


def test_two_processes_at_once_make_one_report(maker, monkeypatch):
    schedule = plan(maker, since=date(2026, 1, 1))
    period = next(schedules.ended("semester", schedule.since, TODAY))
    assert schedules._ask(schedule, period, ["1705"]) == 1
    assert schedules._ask(schedule, period, ["1705"]) == 0
    assert Report.objects.count() == Job.objects.count() == 1


def test_what_failed_is_tried_again(maker):
    plan(maker, since=date(2026, 1, 1))
    schedules.run_due(TODAY)
    Job.objects.update(state=State.FAILED)
    assert schedules.run_due() >= 1
    reported.work()
    assert Report.objects.get(period="2026-1").state == "jadi"


def test_those_who_asked_are_told_once_a_period(maker, user):
    schedule, reader, outsider = (
        plan(maker, region="17", children=True, since=date(2026, 1, 1)),
        user("evaluator"),
        None,
    )
    outsider = user("operator_kab", "1704")
    for one in (reader, outsider):
        actions.follow(schedule, by=one, on=True)
    schedules.run_due(TODAY)
    reported.work()
    Job.objects.filter(kind=actions.MAKE).update(state=State.WAITING)
    reported.work()
    told = Notice.objects.filter(kind="report_ready")
    assert sorted(told.values_list("user__username", flat=True)) == ["evaluator", "pengelola"]
    assert told.first().values == {"n": 3, "masa": "Semester I 2026", "wilayah": "Bengkulu"}


def test_a_stopped_schedule_makes_no_more(maker):
    schedule = plan(maker)
    actions.stop(schedule, by=maker)
    assert schedules.run_due(TODAY) == 0
    assert Schedule.objects.get().stopped_at


def test_the_same_schedule_runs_once_for_a_region(maker):
    first = plan(maker)
    with pytest.raises(Problem, match="sudah berjalan"):
        plan(maker)
    actions.stop(first, by=maker)
    assert plan(maker).pk != first.pk
