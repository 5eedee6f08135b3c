"""Outreach: a village records who came; reach, effect and a message, accessible and kept as pictures for the guide."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import outreached
from django.utils import timezone
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.regions.models import Region


def test_a_campaign_from_the_invitation_to_what_it_changed(
    page: Page, enter: Callable[..., Page], settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    enter("operator_kab", "1705")
    villages = list(Region.objects.filter(code__startswith="1705", level="desa").values_list("code", flat=True)[:14])
    made = outreached.everything(make_user("pengelola", "sandi-uji-0001", "pengelola", "17"), villages)
    outreached.counts(villages)
    waiting = outreached.planned(made, villages[0], on=timezone.localdate() - timedelta(days=1))
    page.goto(f"/mitra/sosialisasi/acara/{waiting.pk}/")
    page.get_by_label("Perempuan yang hadir").fill("12")
    page.get_by_label("Laki-laki yang hadir").fill("9")
    page.get_by_label("Di antaranya belum terlindungi").fill("30")
    page.get_by_role("button", name="Simpan kehadiran").click()
    expect(page.get_by_text("lebih banyak daripada 21 orang")).to_be_visible()
    accessible(page)
    page.get_by_label("Di antaranya belum terlindungi").fill("15")
    page.get_by_role("button", name="Simpan kehadiran").click()
    expect(page.get_by_text("Kehadiran tercatat.")).to_be_visible()
    for part, name in (("", ""), ("jangkauan/", "sosialisasi-jangkauan"), ("hasil/", "sosialisasi-hasil")):
        page.goto(f"/mitra/sosialisasi/{made.pk}/{part}")
        if part:
            expect(page.locator(".chart-wide .chart").first).to_be_visible(timeout=60_000)
        accessible(page)
        if name:
            picture(page, name)
    expect(page.get_by_text("tidak diundi")).to_be_visible()
    page.goto(f"/mitra/sosialisasi/pesan/undangan/?acara={waiting.pk}")
    expect(page.locator(".message")).to_contain_text("Balai desa")
    accessible(page)
