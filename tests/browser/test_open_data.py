"""Open data: looked through and published by another person, then read by everybody."""

from collections.abc import Callable
from pathlib import Path

import published
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.opendata import actions


def test_an_edition_is_published_and_read(
    page: Page, enter: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    enter("penyetuju", "17")
    published.count(monkeypatch, published.figures())
    maker = make_user("pengelola", "sandi-uji-0001", "pengelola", "17")
    edition = actions.propose(published.made(maker), by=maker)
    page.goto(f"/monev/data-terbuka/{edition.pk}/")
    accessible(page)
    picture(page, "data-terbuka")
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(page.get_by_role("status")).to_contain_text("Edisi terbit")
    page.context.clear_cookies()
    page.goto("/terbuka/")
    accessible(page)
    page.get_by_role("link", name="Cakupan kepesertaan").click()
    expect(page.get_by_role("rowheader", name="Kabupaten Seluma")).to_be_visible()
    accessible(page)
    picture(page, "data-terbuka-publik")
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "data-terbuka-360")
