"""Scorecards: an answer saves itself and moves the score; comparison; both accessible."""

from collections.abc import Callable

import scored
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.scorecards import actions
from jangkau.apps.scorecards.models import Answer, Instrument
from jangkau.web.sample_scorecards import CODE, show_scorecards


def test_a_card_is_filled_and_compared(page: Page, enter: Callable[..., Page]) -> None:
    enter("pengelola", "17")
    clerk, judge = (make_user(role, scored.NOW.name, role, "17") for role in ("operator_kab", "evaluator"))
    show_scorecards("1705", by=clerk, judge=judge)
    card = actions.open_card(Instrument.objects.get(code=CODE), "1704", scored.NOW.before, by=clerk)
    page.goto(f"/monev/kartu/{card.pk}/")
    first = page.locator("#soal-A1")
    first.get_by_label("Ya", exact=True).check()
    expect(first.get_by_role("status")).to_contain_text("Tersimpan")
    expect(page.locator("#jumlah .figure")).to_contain_text("5")
    expect(page.locator("#soal-A2").get_by_role("radio")).to_have_count(3)
    page.locator("#soal-A2").get_by_text("Imbauan umum").click()
    expect(page.locator("#soal-A2").get_by_role("status")).to_contain_text("Tersimpan")
    assert Answer.objects.filter(card=card).count() == 2
    accessible(page)
    picture(page, "kartu-nilai")
    page.goto("/monev/kartu/banding/?wilayah=1705")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bandingkan kartu nilai")
    expect(page.locator(".chart-wide .chart").first).to_be_visible(timeout=60_000)
    accessible(page)
    picture(page, "kartu-banding")
