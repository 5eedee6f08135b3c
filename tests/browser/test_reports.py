"""Making a report, reading it, laying two versions side by side, and a schedule."""

from collections.abc import Callable
from datetime import date

import reported
from playwright.sync_api import Page, expect
from seeing import accessible, picture


def test_a_report_is_made_read_compared_and_scheduled(page: Page, enter: Callable[..., Page]) -> None:
    enter("operator_kab")
    reported.two_countings()
    page.goto("/monev/laporan/")
    page.get_by_label("Semester").first.select_option("2026-1")
    page.get_by_label("Catatan").fill("Untuk rapat evaluasi Juli")
    page.get_by_role("button", name="Buat laporan").click()
    reported.work()
    expect(page.get_by_role("heading", level=2, name="Unduh")).to_be_visible()
    accessible(page)
    reported.counting(date(2026, 6, 30), 0.5)
    reported.a_report(reported.Report.objects.get().made_by)
    page.goto("/monev/laporan/")
    accessible(page)
    picture(page, "laporan")
    page.get_by_role("link", name="Kabupaten Seluma").first.click()
    picture(page, "laporan-satu")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("+8,0 poin").first).to_be_visible()
    accessible(page)
    picture(page, "laporan-banding")
    page.goto("/monev/laporan/jadwal/")
    page.get_by_label("Sejak").fill("2026-01-01")
    page.get_by_role("button", name="Simpan jadwal").click()
    expect(page.get_by_role("status")).to_contain_text("Jadwal disimpan")
    accessible(page)
    picture(page, "laporan-jadwal")
