"""Match review by keyboard, in a real browser."""

from collections.abc import Callable

import matched
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.linkage import effects
from jangkau.apps.linkage.models import Decision, Link


@pytest.fixture
def review(page: Page, enter: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(effects, "is_twice", lambda *pair: False)
    enter("operator_kab")
    matched.registers()
    file = matched.niur(None)
    matched.row(file, 7, "0002", nama="Yuliana Putri")
    matched.row(file, 8, "0004", nama="Dewi Lestarry", nik=None, kode_desa=None, kode_wilayah="1705")
    matched.run()
    page.goto("/tinjauan/")
    return page


def test_a_pair_is_seen_by_everyone(review: Page) -> None:
    expect(review.get_by_role("heading", level=1)).to_have_text("Tinjauan pasangan")
    accessible(review)
    picture(review, "tinjauan")
    review.set_viewport_size({"width": 360, "height": 800})
    picture(review, "tinjauan-360")
    review.set_viewport_size({"width": 1280, "height": 900})
    review.emulate_media(color_scheme="dark")
    picture(review, "tinjauan-gelap")


def test_keys_decide_skip_and_undo(review: Page) -> None:
    first = review.locator(".verdicts form").first.get_attribute("action")
    review.keyboard.press("s")
    expect(review.locator(f".verdicts form[action='{first}']")).to_have_count(0)
    with review.expect_navigation():
        review.keyboard.press("y")
    assert Decision.objects.get().keputusan == "cocok"
    expect(review.get_by_text("Baru diputus")).to_be_visible()
    with review.expect_navigation():
        review.keyboard.press("u")
    assert Decision.objects.get().undone_at
    with review.expect_navigation():
        review.keyboard.press("n")
    last = Decision.objects.last()
    assert last
    assert last.keputusan == "tidak"
    accessible(review)


def test_the_page_of_a_pair_tells_its_history(review: Page) -> None:
    with review.expect_navigation():
        review.keyboard.press("n")
    review.goto(f"/tinjauan/pasangan/{Link.objects.get(cara='petugas').pk}/")
    expect(review.get_by_role("heading", name="Riwayat keputusan")).to_be_visible()
    accessible(review)
    picture(review, "pasangan")
