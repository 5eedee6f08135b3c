"""Claims: the list, a case from the first visit on, a report from a telephone, and what users are told."""

from collections.abc import Callable

import mourning
import pictures
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.claims.models import Case
from jangkau.apps.linkage import bulk
from jangkau.apps.linkage.models import PersonWord
from jangkau.core.law.benefits import UNABLE

PHONE = {"width": 360, "height": 800}


@pytest.fixture
def office(page: Page, enter: Callable[..., Page]) -> Page:
    enter("operator_kab")
    mourning.registers()
    mourning.ahmad()
    mourning.found()
    return page


def test_a_family_is_visited_and_its_papers_are_gathered(office: Page) -> None:
    office.goto("/klaim/")
    accessible(office)
    picture(office, "klaim")
    office.get_by_role("link", name="AHMAD SURYADI").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("AHMAD SURYADI")
    office.locator("#id_langkah").select_option("diperiksa")
    office.get_by_label("Catatan").fill("Istrinya ditemui di rumah; akta kematian sedang diurus.")
    office.get_by_role("button", name="Simpan").click()
    expect(office.locator(".story strong").first).to_have_text("Keluarga dikunjungi, berkas diperiksa")
    paper = office.locator(".papers li").filter(has_text="Akta kematian")
    paper.locator("input[type=file]").set_input_files(
        {"name": "akta.jpg", "mimeType": "image/jpeg", "buffer": pictures.JPG}
    )
    paper.get_by_role("button", name="Sudah ada").click()
    expect(paper.get_by_role("link", name="Lihat berkas")).to_be_visible()
    accessible(office)
    picture(office, "klaim-kasus")
    office.set_viewport_size(PHONE)
    picture(office, "klaim-kasus-360")


def test_a_clerk_reports_an_accident_from_a_telephone(page: Page, enter: Callable[..., Page]) -> None:
    enter("operator_desa", "1705012002")
    mourning.registers()
    person = mourning.ahmad()
    bulk.insert(PersonWord, ("word", "region_code", "person"), [("AMAD", person.region_code, person.pk)])
    page.set_viewport_size(PHONE)
    page.goto("/klaim/lapor/")
    accessible(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("Nama, atau NIK di KTP").fill(mourning.AHMAD[-8:])
    page.get_by_role("button", name="Cari").click()
    accessible(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Pilih AHMAD").click()
    page.get_by_label("Apa yang terjadi").select_option(UNABLE)
    page.get_by_label("Tanggal kejadian").fill(mourning.ago(1).isoformat())
    page.get_by_label("Jam kejadian").fill("09:30")
    page.get_by_label("Di mana dan bagaimana").fill("Tertimpa pelepah di kebun.")
    accessible(page)
    page.set_viewport_size(PHONE)
    picture(page, "klaim-lapor-360")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Lapor kecelakaan kerja, 2 x 24 jam")).to_be_visible()
    assert Case.objects.get().happening == UNABLE


def test_what_waits_is_told(office: Page) -> None:
    office.goto("/pemberitahuan/")
    expect(office.locator(".bell strong")).to_have_text("1 kabar")
    accessible(office)
    picture(office, "pemberitahuan")
    office.get_by_role("button", name="Buka").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Klaim")


def test_a_proof_of_work_is_kept_and_channels_are_chosen(office: Page) -> None:
    office.goto(f"/bukti/orang/{mourning.ahmad().id_pekerja}/")
    accessible(office)
    office.get_by_label("Tanggal pada bukti").fill(mourning.ago(300).isoformat())
    office.get_by_label("Foto atau PDF").set_input_files(
        {"name": "kerja.jpg", "mimeType": "image/jpeg", "buffer": pictures.JPG}
    )
    office.get_by_role("button", name="Simpan bukti").click()
    expect(office.get_by_role("link", name="Lihat")).to_be_visible()
    accessible(office)
    picture(office, "bukti-kerja")
    office.goto("/pemberitahuan/saluran/")
    accessible(office)
    office.locator("#id_email").check()
    office.get_by_label("Alamat surel").fill("dinas@contoh.id")
    office.get_by_role("button", name="Simpan").click()
    expect(office.get_by_text("Saluran tersimpan.")).to_be_visible()
    picture(office, "saluran")
