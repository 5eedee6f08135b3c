"""The demo leaves two reports with figures and a schedule."""

import reported

from jangkau.apps.reports.models import Report, Schedule
from jangkau.core.kernel.progress import Silent
from jangkau.web.sample_reports import show_reports


def test_a_demo_has_reports_once(regions, user, settings, tmp_path):
    settings.DATA = tmp_path
    reported.two_countings()
    manager = user("pengelola")
    assert show_reports("17", "1705", Silent(), by=manager) == 2
    assert {(r.region_code, r.state, bool(r.figures)) for r in Report.objects.all()} == {
        ("17", "jadi", True), ("1705", "jadi", True)
    }  # fmt: skip
    assert Schedule.objects.get().children
    assert show_reports("17", "1705", Silent(), by=manager) == 0
