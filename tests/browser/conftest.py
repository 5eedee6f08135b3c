"""A real browser against a live server: Debian's Chromium, or the one that Playwright installs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from handheld import another, phone, token  # noqa: F401  fixtures of phones
from playwright.sync_api import Browser, Page, sync_playwright
from worlds import BACKEND, PASSWORD

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.regions.actions import load_province

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the test
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]))


# The first is the same engine without a window: half the work.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def _chromium() -> str | None:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", _PROGRAMS[0]], check=False, stdout=subprocess.DEVNULL)
        return shutil.which(_PROGRAMS[0])
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    """A page in Indonesian, 1280 wide; an error in its console fails the test."""
    cache.clear()
    context = browser.new_context(
        locale="id-ID", reduced_motion="reduce", viewport={"width": 1280, "height": 900}, base_url=str(live_server)
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    refused = "status of 422"  # a form with a mistake is answered so
    page.on(
        "console", lambda told: wrong.append(told.text) if told.type == "error" and refused not in told.text else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert not wrong, wrong


@pytest.fixture
def enter(page: Page, live_server: object, transactional_db: None) -> Callable[..., Page]:
    """Sign in as a user of the role (through the form: test_accounts), and stand at home."""

    def sign_in(role: str, region: str = "1705") -> Page:
        load_province("17")
        client = Client()
        client.force_login(make_user(role, PASSWORD, role, region), backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server)}])
        page.goto("/")
        return page

    return sign_in
