"""What is written on a phone outlives a change of the phone, of the page and of the language."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from handheld import PIN, begun, identity, on, opened, titled
from playwright.sync_api import BrowserContext, Page, expect

from jangkau.apps.field.models import Submission
from jangkau.apps.field.openrosa import receive
from jangkau.apps.field.views import web


def taken_in(page: Page, file: Path, pin: str, words: str) -> None:
    page.get_by_label("Berkas isian").set_input_files(file)
    page.get_by_label("PIN berkas itu").fill(pin)
    page.get_by_role("button", name="Ambil", exact=True).click()
    expect(page.get_by_text(words)).to_be_visible()


def test_records_are_carried_to_another_phone_and_are_there_once(
    another: Callable[[], BrowserContext], phone: BrowserContext, token: str, tmp_path: Path
) -> None:
    page = opened(phone, token, new=True)
    phone.set_offline(True)
    page.evaluate("uji.many(2)")
    begun(page, "Belum selesai")
    page.go_back()
    page.get_by_role("button", name="Setelan").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="Simpan isian ke berkas").click()
    whole, cut, other = (tmp_path / f"{name}.jangkau" for name in ("utuh", "terpotong", "lain"))
    told.value.save_as(whole)
    cut.write_text(whole.read_text()[:-200])
    other.write_text("bukan isian")

    second = opened(another(), token, new=True)
    second.get_by_role("button", name="Setelan").click()
    second.get_by_text("Ambil isian dari berkas").click()
    taken_in(second, other, PIN, "Ini bukan berkas isian")
    taken_in(second, whole, "999999", "PIN berkas itu salah.")
    taken_in(second, cut, PIN, "2 isian diambil. 1 rusak atau terpotong")
    taken_in(second, whole, PIN, "1 isian diambil. 2 sudah ada di HP ini.")
    taken_in(second, whole, PIN, "0 isian diambil. 3 sudah ada di HP ini.")
    second.get_by_role("button", name="Kembali").click()
    expect(second.locator("li.record.good")).to_have_count(2)
    second.get_by_role("button", name="Teruskan mengisi").click()
    expect(second.get_by_label("Nama")).to_have_value("Belum selesai")

    phone.set_offline(False)
    page.get_by_role("button", name="Kembali").click()
    expect(page.locator("li.record.good")).to_have_count(2)
    assert Submission.objects.count() == 2, "sent from both phones, there once"


def installable(phone: BrowserContext, page: Page) -> None:
    """By the browser's own rules."""
    told = phone.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in told if one["errorId"] != "in-incognito"] == []
    size = "async (src) => (await createImageBitmap(await (await fetch(src)).blob())).width"
    icons = page.evaluate("fetch('/isi/manifest.webmanifest').then((told) => told.json())")["icons"]
    sizes = {page.evaluate(size, icon["src"]): icon["sizes"] for icon in icons if icon["type"] == "image/png"}
    assert sizes == {192: "192x192", 512: "512x512"}


def told_at_once(page: Page) -> None:
    """In the language that is chosen, whether someone is covered, before the page is turned."""
    page.get_by_role("button", name="Pendataan pekerja").click()
    page.get_by_label("Sudah dibacakan").check()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_label("Bahasa pertanyaan").select_option(label="English")
    titled(page, "Consent")
    expect(page.get_by_label("Yes", exact=True)).to_be_checked()
    page.get_by_label("Bahasa pertanyaan").select_option(label="Indonesia")
    on(page)
    identity(page, look=False)
    expect(page.locator(".cover")).to_contain_text("Belum dikenal sebagai peserta")
    page.get_by_role("button", name="Simpan dan tutup").click()


def test_a_new_version_of_the_page_keeps_what_is_written(
    phone: BrowserContext, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(phone, token, new=True)
    installable(phone, page)
    told_at_once(page)
    phone.set_offline(True)
    page.evaluate("uji.many(1)")
    begun(page, "Belum selesai")
    page.close()

    def newer(name: str, kind: str, built: Callable[..., HttpResponse] = web.built) -> HttpResponse:
        answer = built(name, kind)
        answer.content = re.sub(rb"isi-[0-9a-f]{12}(?=[\"'`])", b"isi-baru", answer.content)
        answer.content = re.sub(rb'name="versi" content="\w+"', b'name="versi" content="baru"', answer.content)
        return answer

    monkeypatch.setattr(web, "built", newer)
    phone.set_offline(False)
    monkeypatch.setattr(receive, "answer", lambda row, **told: HttpResponse(status=502))  # the record waits meanwhile
    page = opened(phone)
    page.get_by_role("button", name="Perbarui sekarang").click()
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Buka").click()
    expect(page.locator("li.record.wait")).to_have_count(1)
    expect(page.get_by_text("Siti Contoh")).to_be_visible()
    page.get_by_role("button", name="Setelan").click()
    expect(page.get_by_text("Versi halaman baru")).to_be_visible()
    page.close()
    phone.set_offline(True)
    page = opened(phone)
    page.locator("li.record", has_text="Belum selesai").get_by_role("button", name="Teruskan mengisi").click()
    expect(page.get_by_label("Nama")).to_have_value("Belum selesai")
    assert page.evaluate("caches.keys()") == ["isi-baru"]
