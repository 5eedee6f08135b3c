"""The dashboard of monitoring in a browser: read, chosen, and followed down to its meaning."""

from collections.abc import Callable

import monitored
import moved
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def test_a_manager_reads_the_dashboard_and_what_a_figure_means(page: Page, enter: Callable[..., Page]) -> None:
    enter("pengelola", "17")
    monitored.counting()
    page.goto("/monev/")
    expect(page.locator(".chart-wide .chart").first).to_be_visible(timeout=60_000)
    expect(page.locator(".chart-later:empty")).to_have_count(0)
    page.reload()
    picture(page, "monev")
    page.emulate_media(color_scheme="dark")
    picture(page, "monev-gelap")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "monev-360")
    page.set_viewport_size({"width": 1280, "height": 900})
    accessible(page)
    page.get_by_role("link", name="Arti dan sumber angka ini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cakupan kepesertaan")
    accessible(page)


def test_a_manager_compares_two_days_and_sees_who_took_a_step(page: Page, enter: Callable[..., Page]) -> None:
    enter("pengelola", "17")
    moved.counting()
    page.goto("/monev/1705/")
    page.get_by_role("link", name="Dua tanggal lain").click()
    page.get_by_label("Dari potret", exact=True).select_option("2026-08-31")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator(".chart-wide .chart")).to_be_visible(timeout=60_000)
    picture(page, "monev-perubahan")
    accessible(page)
    page.get_by_role("row", name="baru").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di balik angka: Perubahan peserta: baru")
    expect(page.get_by_role("cell", name="Warga 21")).to_be_visible()
    picture(page, "monev-orang")
    accessible(page)
