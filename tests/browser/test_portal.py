"""The public's pages with axe, wide and on a phone, light and dark."""

from datetime import date

from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.portal import cover
from jangkau.core.kernel.month import month_of


def test_a_widow_reads_what_her_family_gets_and_asks(page: Page, transactional_db: None) -> None:
    now = month_of(date.today())
    cover.publish([("1705014101900001", date(1990, 1, 1), now - 6, now + 2)], date.today())
    page.goto("/portal/")
    accessible(page)
    picture(page, "portal")
    page.get_by_role("link", name="Cek kepesertaan").click()
    page.get_by_label("NIK").fill("1705014101900001")
    page.get_by_label("Tanggal lahir").fill("1990-01-01")
    page.get_by_role("button", name="Cek").click()
    expect(page.get_by_text("Terlindungi sampai akhir")).to_be_visible()
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "portal-cek-360")
