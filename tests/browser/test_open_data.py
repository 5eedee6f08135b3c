"""Open data: looked through and published by another person, then read by everybody."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import published
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.opendata import actions
from jangkau.apps.surveys import actions as surveys


def survey(by: User) -> None:
    rows = [f"{1704 + n % 2},{n % 4 // 2},{n // 10},100,{int(n % 3 > 0)}" for n in range(80)]
    told = {"nilai": "ikut", "bobot": "w", "strata": "s", "psu": "p", "domain": "kab", "arti": "wilayah"}
    file = SimpleUploadedFile("s.csv", "\n".join(["kab,s,p,w,ikut", *rows]).encode())
    asked = {"title": "Sakernas", "source": "Sakernas 2026", "per": date(2026, 8, 31), "measured": "cakupan",
             "columns": {**told, "psu_tunggal": "gagal"}}  # fmt: skip
    run_job.call(surveys.receive(file, asked, by=by, region_code="17").job_id)


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
    survey(maker)
    page.goto("/monev/survei/")
    page.get_by_role("link", name="Sakernas").click()
    page.get_by_text("Tabel", exact=True).first.click()
    expect(page.get_by_role("cell", name="Seluma").first).to_be_visible()
    accessible(page)
    picture(page, "survei")
    page.context.clear_cookies()
    page.goto("/terbuka/")
    accessible(page)
    page.get_by_role("link", name="Cakupan kepesertaan").click()
    expect(page.get_by_role("rowheader", name="Kabupaten Seluma")).to_be_visible()
    accessible(page)
    picture(page, "data-terbuka-publik")
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "data-terbuka-360")
