"""Building a plan with its live answer, saving it, proposing and approving it."""

from collections.abc import Callable

import matched
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Person
from jangkau.apps.planning import actions
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Fund

VILLAGES = ("1705012002", "1705012003", "1705022001", "1705032001", "1705042001", "1705052001", "1705062001")
JOBS = ("TANI", "SAWIT", "NELAYAN", "DAGANG", "BANGUNAN")


def crowd(number: int = 1_200) -> None:
    """People of several kecamatan, each on a row, found and eligible; those of the small province stay."""
    people = [
        Person(pk=at, id_pekerja=f"p{2 * at:016x}", region_code=VILLAGES[at % 7], nama=f"WARGA {at} CONTOH",
               nik=f"{VILLAGES[at % 7][:6]}0101{80 + at % 20}{at:04}", tanggal_lahir=f"{1970 + at % 30}-01-01",
               jenis_kelamin="LP"[at % 2], kode_desa=VILLAGES[at % 7], pekerjaan=JOBS[at % 5], desil=1 + at * 7 % 6,
               hubungan="KEPALA", status_tautan="cocok")
        for at in range(1_000, 1_000 + number)
    ]  # fmt: skip
    Person.objects.bulk_create(people)


@pytest.fixture
def office(page: Page, enter: Callable[..., Page]) -> Page:
    enter("operator_kab")
    matched.registers()
    matched.niur(None)
    matched.run()
    crowd()
    for kode, nama, jenis, money, more in (
        ("APBD-1705", "APBD Kabupaten Seluma", "APBD_KAB", 90_000_000, {}),
        ("DBH-SAWIT", "DBH Sawit", "DBH_SAWIT", 24_000_000, {"pekerjaan": "SAWIT"}),
        ("ZIS", "Zakat Baznas", "ZAKAT", 9_000_000, {"syarat": "desil<=2"}),
    ):
        Fund.objects.create(kode=kode, nama=nama, jenis=jenis, anggaran=money, wilayah="1705",
                            berlaku_dari="2026-12", berlaku_sampai="2027-11", **more)  # fmt: skip
    Fund.objects.create(kode="DD", nama="Dana Desa Niur", jenis="DANA_DESA", anggaran=1_300_000, wilayah=VILLAGES[0],
                        berlaku_dari="2026-12", berlaku_sampai="2027-11")  # fmt: skip
    return page


def test_a_plan_is_built_saved_and_proposed(office: Page) -> None:
    office.goto("/rencana/")
    accessible(office)
    office.get_by_role("link", name="Rencana baru").click()
    expect(office.get_by_text("semuanya JKM penuh mulai bulan ke-4")).to_be_visible()
    accessible(office)
    picture(office, "rencana-susun")
    slider = office.get_by_role("slider")
    slider.fill("2")
    expect(office.locator("#bulan-tampil")).to_have_text("2")
    expect(office.get_by_text("2 bulan terlalu pendek")).to_be_visible()
    picture(office, "rencana-terlalu-pendek")
    slider.fill("12")
    expect(office.get_by_text("12 bulan: ")).to_be_visible()
    office.get_by_label("Judul rancangan").fill("Perlindungan Seluma 2027")
    office.get_by_role("button", name="Simpan sebagai rancangan").click()
    expect(office.get_by_role("heading", name="Rencana sedang dihitung")).to_be_visible()
    run_job.call(Job.objects.get(kind=actions.MAKE).pk)
    expect(office.get_by_role("heading", name="Dibanding cara sekarang")).to_be_visible()
    accessible(office)
    picture(office, "rencana")
    office.emulate_media(color_scheme="dark")
    picture(office, "rencana-gelap")
    office.emulate_media(color_scheme="light")
    office.set_viewport_size({"width": 360, "height": 800})
    picture(office, "rencana-360")
    office.set_viewport_size({"width": 1280, "height": 900})
    office.get_by_role("button", name="Usulkan rencana").click()
    expect(
        office.get_by_text("orang lain yang memutusnya").or_(office.get_by_text("Menunggu persetujuan"))
    ).to_be_visible()
    assert Plan.objects.get().state == PlanState.PROPOSED
    office.get_by_role("link", name="Mengapa bukan saya?").click()
    office.get_by_label("Nama atau NIK").fill("warga 1003")
    office.get_by_role("button", name="Cari").click()
    office.get_by_role("link", name="WARGA 1003 CONTOH").click()
    expect(office.get_by_text("Poin ").first).to_be_visible()
    accessible(office)
    picture(office, "rencana-mengapa")
    office.goto(f"/dampak/{Plan.objects.get().pk}/")
    office.get_by_role("button", name="Hitung dampak").click()
    expect(office.get_by_role("heading", name="Dampak sedang dihitung")).to_be_visible()
    run_job.call(Job.objects.get(kind="impact.estimate").pk)
    expect(office.get_by_role("heading", name="Bacalah bersama angkanya")).to_be_visible()
    accessible(office)
    picture(office, "dampak")
    office.goto("/dampak/keluarga/?wilayah=1705&desil=1&anggota=4&peristiwa=MENINGGAL&bulan=2027-01&dibayar=12")
    accessible(office)
    picture(office, "dampak-keluarga")
