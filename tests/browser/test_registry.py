"""Registers, funds, targets, settings in a browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.registry.actions import set_programme
from jangkau.apps.registry.models import Fund, Target
from jangkau.core.tables.settings import Settings


def test_pages_of_data_are_accessible(enter: Callable[..., Page]) -> None:
    page = enter("pengelola", "17")
    set_programme(Settings(provinsi="17", per="2026-11-22", mulai="2026-12", bobot={"desil": {1: 100}}), by=None)
    Fund.objects.create(kode="APBD-17", nama="APBD Provinsi", jenis="APBD_PROV", anggaran=10**9, wilayah="17")
    Target.objects.create(wilayah="1705", indikator="cakupan", tahun=2027, persen=45)
    for address, name in (("", "register"), ("unggah/", "unggah"), ("dana/", "dana"), ("dana/baru/", "dana-baru"),
                          ("target/", "target"), ("wilayah/", "wilayah"),
                          ("pengaturan/", "pengaturan")):  # fmt: skip
        page.goto(f"/data/{address}")
        accessible(page)
        picture(page, f"data-{name}")


def test_a_mistake_in_a_form_keeps_what_was_typed(enter: Callable[..., Page]) -> None:
    page = enter("pengelola", "17")
    page.goto("/data/dana/baru/")
    page.get_by_label("Kode", exact=True).fill("CSR-1")
    page.get_by_label("Nama").fill("CSR Contoh")
    page.get_by_label("Jenis").select_option("CSR")
    page.get_by_label("Anggaran, rupiah").fill("5000000")
    page.get_by_label("Kode wilayah yang boleh dibayar").fill("9999")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Kode wilayah ini tidak ada.")).to_be_visible()
    page.get_by_label("Kode wilayah yang boleh dibayar").fill("1705")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("cell", name="CSR Contoh")).to_be_visible()
