"""A phone with the page for enumerators, and what is pressed on it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import fielding
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from seeing import accessible, picture
from sheets_of_forms import book, survey

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.field.actions import forms
from jangkau.apps.field.models import FormState, FormVersion
from jangkau.apps.regions.actions import load_province

PIN = "482915"
LOST = "ERR_INTERNET_DISCONNECTED|Failed to load resource"
INSIDE = Path(__file__).parent / "browser" / "phone.js"


def short_form(version: str) -> FormVersion:
    """A form of two questions, open."""
    questions = survey(("text", "nama", "Nama"), ("note", "pesan", f"Versi {version}"))
    settings = [["form_id", "version", "form_title"], ["catatan", version, "Catatan"]]
    made = forms.upload(book(questions, settings=settings), {}, by=None)
    assert isinstance(made, FormVersion), made
    forms.move(made, FormState.OPEN, by=None)
    return made


@pytest.fixture
def token(transactional_db: None) -> str:
    load_province("17")
    fielding.form()
    short_form("1")
    return fielding.phone(make_user("pendata", "sandi-uji-0001", "pendata", "1705012002"))[1]


@pytest.fixture
def another(browser: Browser, live_server: object) -> Iterator[Callable[[], BrowserContext]]:
    """Makes phones with a place; an error on their pages, but for the lack of signal, fails the test."""
    wrong: list[str] = []
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        context = browser.new_context(
            locale="id-ID", reduced_motion="reduce", viewport={"width": 360, "height": 740}, base_url=str(live_server),
            permissions=["geolocation"], geolocation={"latitude": -4.05, "longitude": 102.5, "accuracy": 8},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        context.add_init_script(path=INSIDE)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    wrong = [words for words in wrong if not re.search(LOST, words)]
    assert not wrong, wrong


@pytest.fixture
def phone(another: Callable[[], BrowserContext]) -> BrowserContext:
    return another()


def opened(phone: BrowserContext, token: str = "", *, new: bool = False) -> Page:
    """The page behind its PIN, in a new window."""
    page = phone.new_page()
    page.goto(f"/isi/#k={token}" if token else "/isi/")
    if new:
        page.get_by_label("Buat PIN").fill(PIN)
        page.get_by_label("Ulangi PIN").fill(PIN)
        page.get_by_role("button", name="Mulai").click()
        page.get_by_role("button", name="Pendataan pekerja").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    else:
        page.get_by_label("PIN").fill(PIN)
        page.get_by_role("button", name="Buka").click()
        page.locator(".tiles").wait_for()
    return page


def on(page: Page) -> None:
    page.locator(".foot .main").click()


def titled(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def identity(page: Page, *, look: bool) -> None:
    titled(page, "Sesuai KTP")
    page.get_by_label("NIK").fill("17050148038500")
    on(page)
    expect(page.get_by_text("NIK harus 16 angka")).to_be_visible()
    page.get_by_label("NIK").fill("1705014803850002")
    page.get_by_label("Nama lengkap").fill("Siti Contoh")
    page.get_by_label("Tanggal", exact=True).fill("8")
    page.get_by_label("Bulan").select_option("Maret")
    page.get_by_label("Tahun").fill("1958")
    page.get_by_label("Perempuan").check()
    expect(page.get_by_text("Tanggal lahir beda dengan NIK")).to_be_visible()
    if look:
        accessible(page)
        picture(page, "isian-formulir")
    page.get_by_label("Tahun").fill("1985")
    page.get_by_label("Cari dalam daftar").fill("niur")
    page.get_by_label("Niur", exact=True).click()
    expect(page.get_by_text("Tanggal lahir beda dengan NIK")).to_have_count(0)


def begun(page: Page, name: str) -> None:
    page.get_by_role("button", name="Catatan").click()
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Nama").blur()
    expect(page.get_by_text("Tersimpan di HP ini")).to_be_visible()
