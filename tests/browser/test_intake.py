"""Lists sent and mended in a real browser."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import ListFile
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job

sys.path.append(str(Path(__file__).parents[1] / "web" / "intake"))
import lists  # noqa: E402

ROWS = [
    [1, "Ani Contoh", "1705014101900001", "1/1/1990", "P", "petani"],
    [2, "Budi Contoh", "170501020190002", "31/2/1990", "L", "nelayan"],
    [3, "Cici Contoh", "17050143019", "3/1/1990", "P", "dagang"],
    [4, "Dedi Contoh", "", "4/1/1990", "X", "tukang ojek"],
    [5, "Euis Contoh", "1705014501900005", "5/1/1990", "P", "sopir"],
]


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> None:
    settings.DATA = tmp_path


def read_all() -> None:
    for job in Job.objects.filter(kind="intake.read", state="antre"):
        run_job.func(job.pk)


def test_a_list_is_sent_followed_and_mended_by_keyboard(page: Page, enter: Callable[..., Page], tmp_path: Path) -> None:
    enter("operator_kab")
    page.goto("/pendataan/")
    accessible(page)
    picture(page, "pendataan-kosong")
    file = tmp_path / "Daftar Niur 2026.xlsx"
    file.write_bytes(lists.xlsx(*ROWS))
    page.get_by_label("Berkas Excel, CSV atau zip").set_input_files(file)
    expect(page.get_by_text("1 berkas dipilih.")).to_be_visible()
    page.get_by_role("button", name="Kirim dan baca").click()
    expect(page.get_by_role("heading", name="Sedang membaca")).to_be_visible()
    accessible(page)
    picture(page, "pendataan-membaca")
    read_all()
    expect(page.get_by_role("heading", name="Selesai dibaca")).to_be_visible()
    accessible(page)
    picture(page, "pendataan-kiriman")
    page.get_by_role("link", name="Niur").first.click()
    accessible(page)
    picture(page, "pendataan-daftar")
    page.get_by_role("link", name="Ubah NIK baris 4").focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Isi NIK baris 4")
    expect(box).to_be_focused()
    expect(box).to_have_value("170501020190002")
    accessible(page)
    picture(page, "pendataan-perbaiki")
    page.keyboard.type("1705010201900002")
    page.keyboard.press("Tab")
    born = page.get_by_label("Isi Tgl Lahir baris 4")
    expect(born).to_be_focused()
    expect(page.locator("#hitungan")).to_contain_text("Wajib diperbaiki3")
    page.keyboard.type("2/1/1990")
    page.keyboard.press("Enter")
    expect(page.get_by_text("beres")).to_have_count(2)
    expect(page.get_by_role("link", name="Ubah NIK baris 5")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Isi NIK baris 5")).to_be_focused()
    page.keyboard.type("apa saja")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Ubah NIK baris 5")).to_be_focused()
    assert ListFile.objects.get().mends.count() == 2
    page.get_by_role("button", name="Batalkan perbaikan NIK baris 4").click()
    expect(page.get_by_text("hanya 15 angka").last).to_be_visible()
    accessible(page)
    picture(page, "pendataan-beres")


def test_row_missing_villages_and_dark_are_accessible(page: Page, enter: Callable[..., Page]) -> None:
    enter("operator_kab")
    by = User.objects.get(username="operator_kab")
    file = lists.send({"niur.xlsx": lists.xlsx(*ROWS), "rusak.pdf": b"%PDF"}, by).files.get(name="niur.xlsx")
    lists.send({"niur baru.xlsx": lists.xlsx(*ROWS[:4])}, by)
    for address, name in (
        ("/pendataan/", "pendataan"), (f"/pendataan/daftar/{file.pk}/isi/", "pendataan-isi"),
        (f"/pendataan/baris/{file.rows.get(baris=4).pk}/", "pendataan-baris"),
        ("/pendataan/belum-kirim/?kecamatan=170501", "pendataan-belum"),
        (f"/pendataan/daftar/{file.pk}/cabut/", "pendataan-cabut"),
        (f"/pendataan/baris/{file.rows.get(baris=4).pk}/sel/C/", "pendataan-sel"),
    ):  # fmt: skip
        page.goto(address)
        accessible(page)
        picture(page, name)
    page.goto("/pendataan/belum-kirim/?kecamatan=170501")
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    for part in (".bar", ".filter", ".reminder", ".acts"):
        expect(page.locator(part)).to_be_hidden()
    page.emulate_media(media="screen", color_scheme="dark")
    page.goto(f"/pendataan/daftar/{file.pk}/")
    picture(page, "pendataan-daftar-gelap")
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "pendataan-daftar-360")


def test_everything_works_without_javascript(page: Page, enter: Callable[..., Page], browser: object) -> None:
    enter("operator_kab")
    cookies = page.context.cookies()
    file = lists.send({"niur.xlsx": lists.xlsx(*ROWS)}, User.objects.get(username="operator_kab")).files.get()
    base = page.url.split("/", 3)
    plain = browser.new_context(java_script_enabled=False, locale="id-ID", base_url="/".join(base[:3]))
    plain.add_cookies(cookies)
    tab = plain.new_page()
    tab.goto(f"/pendataan/daftar/{file.pk}/")
    tab.get_by_role("link", name="Ubah NIK baris 4").click()
    tab.get_by_label("Isi NIK baris 4").fill("1705010201900002")
    tab.get_by_role("button", name="Simpan").click()
    expect(tab.get_by_role("heading", name="Perbaikan terakhir")).to_be_visible()
    assert file.rows.get(baris=4).nik == "1705010201900002"
    tab.get_by_role("button", name="Batalkan perbaikan sel C4").click()
    assert file.rows.get(baris=4).nik is None
    plain.close()
