"""The page for enumerators on a phone: a day without signal, and what may go wrong; nothing is lost or there twice."""

import json
import re
from pathlib import Path

import pytest
from handheld import PIN, begun, identity, on, opened, short_form, titled
from playwright.sync_api import BrowserContext, Locator, Page, expect
from seeing import accessible, picture

from jangkau.apps.field.actions import devices
from jangkau.apps.field.models import Device, Submission
from jangkau.apps.field.openrosa import receive


def worker(page: Page, *, look: bool = False) -> None:
    """Our own form from the consent to the last page."""
    page.get_by_role("button", name="Pendataan pekerja").click()
    titled(page, "Persetujuan")
    page.get_by_label("Sudah dibacakan").check()
    page.get_by_label("Ya", exact=True).check()
    on(page)
    identity(page, look=look)
    on(page)
    titled(page, "Rumah tangga")
    page.get_by_label("Kepala keluarga", exact=True).check()
    page.get_by_role("button", name="Tambah tanggungan").click()
    expect(page.get_by_role("heading", name="Tanggungan 2")).to_be_visible()
    on(page)
    titled(page, "Pekerjaan")
    page.get_by_label("Cari dalam daftar").fill("sawit")
    page.get_by_label("Petani sawit").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": bytes(page.evaluate("uji.photo()"))}
    )
    page.locator(".taken img").wait_for()
    on(page)
    titled(page, "Penghasilan")


def test_a_day_without_signal_loses_nothing(phone: BrowserContext, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(phone, token, new=True)
    assert token not in page.url, "the key stays neither in the bar nor in the history"
    phone.set_offline(True)
    page.close()

    page = opened(phone)  # a cold start without signal
    expect(page.get_by_text("Tidak ada sinyal.")).to_be_visible()
    page.evaluate("uji.many(30)")
    worker(page, look=True)
    assert "Siti Contoh" not in page.evaluate("uji.everything()")
    page.goto("about:blank")
    page.close()  # the window is gone in the middle of a form

    page = opened(phone)
    accessible(page)
    picture(page, "isian-beranda")
    expect(page.locator("li.record.wait")).to_have_count(30)
    page.get_by_role("button", name="Teruskan mengisi").click()
    titled(page, "Penghasilan")
    finished(page)

    lost, kept = iter([True]), receive.answer  # the first answer is lost on its way: the phone sends the same again
    away = receive.HttpResponse(status=502)
    monkeypatch.setattr(receive, "answer", lambda row, **told: away if next(lost, False) else kept(row, **told))
    phone.set_offline(False)
    page.wait_for_timeout(500)
    page.get_by_role("button", name=re.compile("Kirim")).click()
    expect(page.locator("li.record.good")).to_have_count(31, timeout=30_000)
    told = Submission.objects.values_list("state", "missing", "form_id")
    assert sorted(told) == [("diterima", 0, "catatan")] * 30 + [("diterima", 0, "pendataan-pekerja")]
    sent = Submission.objects.get(form_id="pendataan-pekerja")
    assert sent.row["nik"] == "1705014803850002"
    assert sent.lat == -4.05
    assert sent.attachments.get().size < 200_000
    expect(page.get_by_text(sent.receipt)).to_be_visible()


def finished(page: Page) -> None:
    page.locator(".card input").first.check()
    on(page)
    titled(page, "Keadaan rumah tangga")
    on(page)
    titled(page, "Lokasi")
    page.get_by_role("button", name="Ambil titik").click()
    page.get_by_text("Titik tersimpan").wait_for()
    on(page)
    titled(page, "Periksa dan kirim")
    on(page)
    page.locator(".tiles").wait_for()


def test_what_goes_wrong_is_told_and_mended(phone: BrowserContext, token: str, tmp_path: Path) -> None:
    phone.add_init_script("uji.slowClock()")
    page = opened(phone, token, new=True)
    expect(page.get_by_text("Jam HP ini 2 tahun terlambat.")).to_be_visible()

    # the memory is full: told, and saved once there is room
    begun(page, "Budi")
    page.evaluate("uji.full = true")
    page.get_by_label("Nama").fill("Budi Contoh")
    page.get_by_label("Nama").blur()
    expect(page.get_by_text("Memori HP penuh")).to_be_visible()
    page.evaluate("uji.full = false")
    page.get_by_role("button", name="Coba simpan lagi").click()
    expect(page.get_by_text("Tersimpan di HP ini")).to_be_visible()
    page.go_back()

    # a newer version of the form: the draft keeps its own
    short_form("2")
    page.get_by_role("button", name="Setelan").click()
    page.get_by_role("button", name="Perbarui formulir").click()
    expect(page.get_by_text("Catatan, versi 2")).to_be_visible()
    page.get_by_role("button", name="Kembali").click()
    page.get_by_role("button", name="Teruskan mengisi").click()
    expect(page.get_by_text("Versi 1")).to_be_visible()

    # the key is barred: the record waits, and goes with a new key
    device = Device.objects.latest("pk")
    devices.revoke(device, by=device.user)
    on(page)
    on(page)
    expect(page.get_by_text("Kunci HP ini tidak berlaku lagi.")).to_be_visible()
    left_only_with_a_copy(page, tmp_path)
    page.close()
    page = opened(phone, devices.renew(device, by=device.user))
    expect(page.locator("li.record.good")).to_have_count(1)
    sent = Submission.objects.latest("pk")
    assert (sent.version, sent.state) == ("1", "diterima")
    put_right_after_it_was_sent(page, sent)
    pressed_while_it_is_drawn(page, page.get_by_role("button", name="Setelan"))
    page.get_by_role("button", name="Keluar dari HP ini").click()
    page.get_by_role("button", name="Ya, hapus").click()
    expect(page.get_by_role("heading", name="Buka tautan dari kantor")).to_be_visible()
    assert "pendata" not in page.evaluate("uji.everything()")


def put_right_after_it_was_sent(page: Page, sent: Submission) -> None:
    """What was sent is put right by another submission that stands for it; looking alone leaves nothing behind."""
    page.get_by_role("button", name="Perbaiki yang terkirim").click()
    on(page)
    expect(page.get_by_role("button", name="Kirim", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Simpan dan tutup").click()
    expect(page.get_by_role("button", name="Teruskan mengisi")).to_have_count(0)
    page.get_by_role("button", name="Perbaiki yang terkirim").click()
    page.get_by_label("Nama").fill("Budi Benar")
    page.get_by_label("Nama").blur()
    expect(page.get_by_text("Tersimpan di HP ini")).to_be_visible()
    page.get_by_role("button", name="Simpan dan tutup").click()
    expect(page.get_by_role("button", name="Perbaiki yang terkirim")).to_have_count(0)
    page.get_by_role("button", name="Teruskan mengisi").click()
    on(page)
    on(page)
    expect(page.locator("li.record.good")).to_contain_text("Budi Benar (perbaikan)")
    new = Submission.objects.latest("pk")
    sent.refresh_from_db()
    assert (new.deprecated_id, new.replaces, new.state, sent.state) == (sent.instance_id, sent, "diterima", "diganti")


def pressed_while_it_is_drawn(page: Page, button: Locator) -> None:
    """A tap counts also where the page has news between finger down and finger up."""
    button.hover()
    page.mouse.down()
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.mouse.up()


def left_only_with_a_copy(page: Page, folder: Path) -> None:
    """Leaving is refused while something waits; a copy in a file is sealed, and is taken in once."""
    page.get_by_role("button", name="Setelan").click()
    page.get_by_role("button", name="Keluar dari HP ini").click()
    expect(page.get_by_text("1 isian belum terkirim.", exact=True)).to_be_visible()
    with page.expect_download() as told:
        page.get_by_role("button", name="Simpan isian ke berkas").click()
    copy = folder / "isian.jangkau"
    told.value.save_as(copy)
    assert json.loads(copy.read_text().splitlines()[0])["kind"] == "jangkau-isian-1"
    assert "Budi" not in copy.read_text()
    page.get_by_role("button", name="Keluar dari HP ini").click()
    expect(page.get_by_role("button", name="Ya, hapus")).to_be_visible()
    accessible(page)
    page.get_by_text("Ambil isian dari berkas").click()
    page.get_by_label("Berkas isian").set_input_files(copy)
    page.get_by_label("PIN berkas itu").fill(PIN)
    page.get_by_role("button", name="Ambil", exact=True).click()
    expect(page.get_by_text("0 isian diambil. 1 sudah ada di HP ini.")).to_be_visible()


def test_a_wrong_pin_waits_longer_each_time(phone: BrowserContext, token: str) -> None:
    page = opened(phone, token, new=True)
    page.reload()
    for _ in range(3):
        page.get_by_label("PIN").fill("999999")
        page.get_by_role("button", name="Buka").click()
        expect(page.get_by_label("PIN")).to_have_value("")
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Buka").click()
    expect(page.get_by_text("Terlalu sering salah.")).to_be_visible()
