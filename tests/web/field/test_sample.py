"""The demo leaves something to see on the pages of the field."""

from jangkau.apps.field.models import Submission, Task
from jangkau.core.kernel.progress import Silent
from jangkau.web.sample_field import show_field


def test_the_demo_shows_the_field_once(regions, user):
    who = {"by": user("operator_kab"), "collector": user("pendata"), "manager": user("pengelola")}
    for _again in range(2):
        show_field("1705012002", Silent(), **who)
    assert sorted(Submission.objects.values_list("state", flat=True)) == [*["diterima"] * 9, "karantina"]
    assert Task.objects.count() == 2
    assert any("JAUH" in flags for flags in Submission.objects.values_list("flags", flat=True))
    assert not Submission.objects.filter(settled_at=None, state="diterima").exists()
