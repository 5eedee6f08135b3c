"""Reconciling, deciding on a finding, and the lapse radar."""

from collections.abc import Callable

import pytest
import reconciled
from playwright.sync_api import Page, expect
from reconciled import KINDS
from seeing import accessible, picture


@pytest.fixture
def office(page: Page, enter: Callable[..., Page]) -> Page:
    enter("operator_kab")
    kinds = [*KINDS, *["aktif"] * 5, *["menunggak"] * 2]
    first = reconciled.people(kinds)
    reconciled.books(first)
    more = reconciled.people(["zakat"] * 3, start=50)
    reconciled.books(more, months=9, dana=reconciled.fund("BAZNAS", "ZAKAT", "17"))
    reconciled.actions.start(reconciled.registers([*first, *more], [*kinds, *["zakat"] * 3]), by=None)
    reconciled.work()
    return page


def test_a_finding_is_read_decided_and_undone(office: Page) -> None:
    office.goto("/kepesertaan/rekonsiliasi/")
    accessible(office)
    office.get_by_role("link", name="30 November 2026").click()
    accessible(office)
    picture(office, "rekonsiliasi")
    office.set_viewport_size({"width": 360, "height": 800})
    picture(office, "rekonsiliasi-360")
    office.set_viewport_size({"width": 1280, "height": 900})
    office.get_by_label("Pilih MENINGGAL CONTOH").check()
    office.get_by_role("button", name="Hentikan").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Hentikan 1 orang?")
    accessible(office)
    picture(office, "rekonsiliasi-putuskan")
    office.get_by_label("Sebab atau nomor surat").fill("Akta kematian 474.3/12/2026")
    office.get_by_role("button", name="Ya, hentikan").click()
    expect(office.get_by_role("status")).to_contain_text("1 orang diputuskan")
    office.get_by_role("button", name="Batalkan").click()
    expect(office.get_by_role("status")).to_contain_text("seperti semula")


def test_the_radar_shows_who_ends_when(office: Page) -> None:
    office.goto("/kepesertaan/radar/")
    accessible(office)
    picture(office, "radar")
    office.get_by_label("Berakhir", exact=True).select_option(label="September 2027")
    office.get_by_label("Jembatan", exact=True).select_option("6")
    office.get_by_role("button", name="Saring").click()
    expect(office.get_by_text("Jembatan 6 bulan").first).to_be_visible()
    office.set_viewport_size({"width": 360, "height": 800})
    picture(office, "radar-360")
    office.goto("/")
    office.set_viewport_size({"width": 1280, "height": 900})
    picture(office, "beranda-lapse")


def test_a_handover_is_counted_before_it_is_proposed(office: Page) -> None:
    office.goto("/kepesertaan/serah-terima/")
    accessible(office)
    office.get_by_label("Dari dana").select_option(label="Dana SELUMA")
    office.get_by_label("Ke dana").select_option(label="Dana BAZNAS")
    office.get_by_label("Mulai bulan").fill("2026-12")
    office.get_by_label("Nomor SK").fill("560/12/2026")
    office.get_by_label("Tanggal SK").fill("2026-11-20")
    office.get_by_role("button", name="Hitung").click()
    expect(office.get_by_text("15 orang, 90 bulan")).to_be_visible()
    accessible(office)
    picture(office, "serah-terima")
    office.get_by_role("button", name="Ya, usulkan").click()
    expect(office.get_by_role("status")).to_contain_text("penyetuju memutuskannya")
