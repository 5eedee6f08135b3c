"""What a browser test looks at on every page."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PICTURES = os.environ.get("JANGKAU_PICTURES")
_RUN = "options => axe.run(document, options).then(found => found.violations)"
_EVERYTHING = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Of what axe looks at, only these can differ between light and dark.
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def accessible(page: Page) -> None:
    """No fault of WCAG 2.2 A or AA that axe can see, light and dark, wide and at 360 px; nothing runs off the side."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for theme, rules in (("dark", _COLOURS), ("light", _EVERYTHING)):
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(_RUN, {"runOnly": rules, "resultTypes": ["violations"]})
        told = [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found]
        assert not told, (page.url, theme, told)
    before = page.viewport_size
    _within(page, before["width"])
    page.set_viewport_size({"width": 360, "height": 800})
    _within(page, 360)
    page.set_viewport_size(before)


def _within(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is wider than {width} px"


def picture(page: Page, name: str) -> None:
    """The page as a PNG, for the guides and for looking at, where JANGKAU_PICTURES names a folder for them."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
