"""Search and the page of a person."""

from collections.abc import Callable

import matched
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.linkage.models import Member


@pytest.fixture
def office(page: Page, enter: Callable[..., Page]) -> Page:
    enter("operator_kab")
    matched.registers()
    matched.niur(None)
    matched.run()
    return page


def test_a_person_is_found_and_told(office: Page) -> None:
    office.goto("/pekerja/")
    accessible(office)
    office.get_by_label("Nama atau NIK").fill("Achmad Soeryadi")
    office.get_by_role("button", name="Cari").click()
    expect(office.get_by_role("heading", level=2)).to_have_text("1 orang")
    accessible(office)
    picture(office, "cari")
    office.get_by_role("link", name="AHMAD SURYADI").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("AHMAD SURYADI")
    accessible(office)
    picture(office, "pekerja")
    office.set_viewport_size({"width": 360, "height": 800})
    picture(office, "pekerja-360")
    office.set_viewport_size({"width": 1280, "height": 900})
    office.emulate_media(color_scheme="dark")
    picture(office, "pekerja-gelap")


def test_a_number_is_opened_in_place(office: Page) -> None:
    person = Member.objects.get(id_usulan__endswith="#2").person
    office.goto(f"/pekerja/{person.id_pekerja}/")
    office.get_by_text("Buka NIK, dengan alasan").click()
    office.get_by_label("Alasan membuka nomor lengkap").fill("Mencocokkan dengan kartu di balai desa")
    office.get_by_role("button", name="Tampilkan nomor").click()
    expect(office.locator(".revealed")).to_have_text(matched.nik("0001"))
    accessible(office)
