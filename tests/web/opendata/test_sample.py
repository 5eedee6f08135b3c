"""The demo leaves one published edition."""

from pathlib import Path

import published

from jangkau.apps.opendata import making
from jangkau.apps.opendata.models import Edition
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Silent
from jangkau.web.sample_opendata import show_open_data


def test_a_demo_has_one_edition_once(regions: None, user, tmp_path: Path, settings: object, monkeypatch) -> None:
    settings.DATA = tmp_path
    people = {"by": user("pengelola"), "approver": user("penyetuju", "17")}

    def nothing() -> None:
        raise Problem("TERBUKA_TANPA_REGISTER")

    monkeypatch.setattr(making, "figures", nothing)
    assert not show_open_data("17", Silent(), **people)
    Edition.objects.all().delete()
    published.count(monkeypatch, published.figures())
    assert show_open_data("17", Silent(), **people)
    assert not show_open_data("17", Silent(), **people)
    assert Edition.objects.get().state == "terbit"
