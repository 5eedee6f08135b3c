"""The frame of every page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from seeing import accessible, picture


def test_sign_in_and_home_are_accessible(page: Page, enter: Callable[..., Page]) -> None:
    page.goto("/masuk/")
    accessible(page)
    picture(page, "masuk")
    enter("operator_kab")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Seluma")
    accessible(page)
    picture(page, "beranda")


def test_the_look_is_chosen_without_javascript(page: Page, enter: Callable[..., Page]) -> None:
    enter("auditor")
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Tampilan gelap").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    picture(page, "beranda-gelap")


def test_the_system_s_wish_for_dark_is_followed_until_a_look_is_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/masuk/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(15, 22, 28)"
