"""The audit log, as an auditor sees it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.audit.actions import record


def test_an_auditor_finds_an_event_and_sees_what_changed(page: Page, enter: Callable[..., Page]) -> None:
    enter("auditor", "17")
    record("settings.edit", by=None, region_code="1705012002", before={"usia_min": 18}, after={"usia_min": 21},
           reason="Perda nomor contoh")  # fmt: skip
    page.goto("/audit/")
    accessible(page)
    picture(page, "audit")
    page.get_by_label("Melakukan apa").select_option(label="mengubah pengaturan")
    page.get_by_role("button", name="Saring").click()
    page.locator("tbody a").first.click()
    expect(page.get_by_role("cell", name="21")).to_be_visible()
    accessible(page)
    picture(page, "audit-peristiwa")
