"""A request from the phone of somebody whose browser runs no script, and the desk that answers it, with axe."""

import re

import asked
from playwright.sync_api import Browser, Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.requests.models import Petition
from tests.web.conftest import make_regions


def test_somebody_asks_without_a_script_and_the_village_answers(
    page: Page, browser: Browser, enter, live_server, transactional_db: None
) -> None:
    make_regions()
    make_user("desa", "sandi-uji-0001", "operator_desa", asked.NIUR)
    plain = browser.new_context(java_script_enabled=False, locale="id-ID", base_url=str(live_server)).new_page()
    plain.route(re.compile(r"\.(png|jpe?g|webp|svg)$"), lambda route: route.abort())
    plain.goto("/portal/permintaan/masuk/170501/")
    plain.get_by_label("Nama lengkap di KTP").fill("Siti Contoh")
    plain.get_by_label("NIK").fill(asked.NIK)
    plain.get_by_label("Tanggal lahir").fill("1990-05-05")
    plain.get_by_label("Jenis kelamin").select_option("P")
    plain.get_by_label("Pekerjaan").select_option("TANI")
    plain.get_by_label("Desa atau kelurahan").select_option(asked.NIUR)
    plain.get_by_label("Saya setuju").check()
    plain.get_by_role("button", name="Kirim").click()
    code = plain.locator(".code").inner_text()
    plain.goto("/portal/permintaan/cek/")
    plain.get_by_label("Kode tanda terima").fill(code)
    plain.get_by_role("button", name="Lihat").click()
    expect(plain.get_by_text("Permintaan diterima.").first).to_be_visible()
    for address in ("/portal/permintaan/", "/portal/permintaan/masuk/170501/", "/portal/klaim/"):
        page.goto(address)
        accessible(page)
    enter("operator_desa", asked.NIUR)
    page.goto(f"/permintaan/{Petition.objects.get().pk}/")
    accessible(page)
    picture(page, "permintaan")
