"""What a browser test looks at on every page."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(os.environ.get("JANGKAU_PICTURES", "build/pictures"))


def accessible(page: Page) -> None:
    """No fault of WCAG 2.2 A or AA that axe can see, light and dark, wide and at 360 px; nothing runs off the side."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        told = [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found.response["violations"]]
        assert not told, (page.url, theme, told)
    page.emulate_media(color_scheme="light")
    before = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{page.url} is wider than a phone"
    page.set_viewport_size(before)


def picture(page: Page, name: str) -> None:
    """The page as a PNG, for the guides and for looking at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
