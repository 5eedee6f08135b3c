"""Partners: a pledge and its use; accessible, and kept as a picture for the guide."""

from collections.abc import Callable
from datetime import date

import pledged
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.partners.use import refresh


def test_a_sponsor_sees_what_its_pledge_has_paid(page: Page, enter: Callable[..., Page]) -> None:
    enter("sponsor", "1705")
    by, approver = (make_user(role, "sandi-uji-0001", role, "1705") for role in ("pengelola", "penyetuju"))
    made = pledged.received(pledged.sponsor(User.objects.get(username="sponsor")), by, approver, people=30)
    pledged.paid(made, 12)
    refresh(date(2026, 11, 27))
    page.goto(f"/mitra/janji/{made.pk}/")
    expect(page.locator("#pakai + .facts")).to_contain_text("10+")
    expect(page.locator(".pledge-steps [aria-current]")).to_have_text("dana masuk")
    accessible(page)
    picture(page, "mitra-janji")
    page.get_by_role("button", name="Perpanjang 12 bulan").click()
    expect(page.get_by_text("Perpanjangan tercatat")).to_be_visible()
